//! The gateway, watched.

use std::sync::Arc;
use std::time::Instant as Started;

use async_trait::async_trait;
use domain::ports::{
    Clock, CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, Listing,
    NewOrder, NewRefund, PaymentGateway, RefundOutcome, TimeSpan,
};
use domain::{ExternalId, GatewayRefundId, OrderId};
use tracing::Instrument as _;
use tracing::field::Empty;

use super::last_seen::LastSeen;
use super::meter::Meter;
use super::names::{GATEWAY_CALLS, GATEWAY_DURATION};
use crate::telemetry::SPANS;

pub(super) struct MeteredGateway {
    pub(super) inner: Arc<dyn PaymentGateway>,
    pub(super) meter: Arc<Meter>,
    pub(super) seen: Arc<LastSeen>,
    pub(super) clock: Arc<dyn Clock>,
}

/// The port's calls.
const OPERATIONS: [&str; 9] = [
    "create_order",
    "order",
    "order_by_external_id",
    "create_refund",
    "refund",
    "refunds",
    "orders_made",
    "refunds_made",
    "check",
];

const OUTCOMES: [&str; 4] = ["ok", "refused", "unavailable", "outcome_unknown"];

/// Every combination, at 0.
pub(super) fn begin(meter: &Meter) {
    for operation in OPERATIONS {
        for outcome in OUTCOMES {
            meter.begin(GATEWAY_CALLS, [("operation", operation), ("outcome", outcome)]);
        }
    }
}

impl MeteredGateway {
    async fn watch<T>(
        &self,
        operation: &'static str,
        call: impl Future<Output = Result<T, GatewayError>> + Send,
    ) -> Result<T, GatewayError> {
        let started = Started::now();
        let span = tracing::info_span!(
            target: SPANS,
            "gateway.call",
            otel.name = format!("gateway {operation}"),
            otel.kind = "client",
            gateway.operation = operation,
            gateway.outcome = Empty,
        );
        let answer = call.instrument(span.clone()).await;
        self.meter.took(GATEWAY_DURATION, [("operation", operation)], started.elapsed());
        let outcome = match &answer {
            Ok(_) => "ok",
            Err(GatewayError::Refused(_)) => "refused",
            Err(GatewayError::Unavailable(_)) => "unavailable",
            Err(GatewayError::OutcomeUnknown(_)) => "outcome_unknown",
        };
        span.record("gateway.outcome", outcome);
        self.meter.count(GATEWAY_CALLS, [("operation", operation), ("outcome", outcome)]);
        // A refusal counts too: a key that is no longer good is refused, and nobody can pay.
        match &answer {
            Ok(_) => self.seen.ok(self.clock.now()),
            Err(_) => self.seen.failed(self.clock.now()),
        }
        answer
    }
}

#[async_trait]
impl PaymentGateway for MeteredGateway {
    fn mode(&self) -> GatewayMode {
        self.inner.mode()
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        self.watch("create_order", self.inner.create_order(order)).await
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        self.watch("order", self.inner.order(id)).await
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        self.watch("order_by_external_id", self.inner.order_by_external_id(external_id)).await
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        self.watch("create_refund", self.inner.create_refund(refund)).await
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        self.watch("refund", self.inner.refund(order, id)).await
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        self.watch("refunds", self.inner.refunds(order)).await
    }

    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError> {
        self.watch("orders_made", self.inner.orders_made(span, page)).await
    }

    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError> {
        self.watch("refunds_made", self.inner.refunds_made(span, page)).await
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.watch("check", self.inner.check()).await
    }
}
