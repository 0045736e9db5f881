//! [`PaymentGateway`] over Ioka's API.
//!
//! No call sends an `idempotency-key`: the uniqueness of `external_id` is what guards against a second order or refund, and
//! it does not end after an hour, nor replay an old answer.

use std::fmt;

use async_trait::async_trait;
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, Listing, NewOrder,
    NewRefund, PaymentGateway, RefundOutcome, TimeSpan,
};
use domain::{ExternalId, GatewayRefundId, OrderId};
use reqwest::StatusCode;

use crate::client::{Answer, Call, IokaClient};
use crate::config::{IokaConfig, IokaConfigError};
use crate::failure::{Failure, Repeat};
use crate::listing;
use crate::mapping::{OrderMapping, gateway_refund, new_order, new_refund, show_a_capture};
use crate::wire::{IokaCreatedOrder, IokaOrder, IokaPayment, IokaRefund};

/// An order allows at most 50 tries to pay, so that one page has all its payments. More is not promised to be allowed.
const FULL_PAGE: usize = 50;
const BY_FIFTIES: (&str, &str) = ("limit", "50");

/// Ioka. One of them serves the whole process, and keeps its connections open between calls.
pub struct IokaGateway {
    client: IokaClient,
    mapping: OrderMapping,
}

impl IokaGateway {
    /// A gateway with these settings. Asks nothing of Ioka yet.
    ///
    /// # Errors
    /// [`IokaConfigError`] for settings that no call could succeed with.
    pub fn new(config: &IokaConfig) -> Result<Self, IokaConfigError> {
        Ok(Self {
            client: IokaClient::new(config)?,
            mapping: OrderMapping { auto_redirect_ms: config.auto_redirect_ms },
        })
    }

    /// The order in our words. Not every answer that has an order has its payments; when a paid one does not show who paid,
    /// they are asked for.
    async fn complete(&self, answer: &Answer, order: &IokaOrder) -> Result<GatewayOrder, Failure> {
        let shown = order.payments.as_deref().unwrap_or_default();
        let asked = match (order.status.as_deref(), order.id.as_deref()) {
            (Some("PAID"), Some(id)) if !show_a_capture(shown) => self.payments(id).await?,
            _ => Vec::new(),
        };
        let payments = if asked.is_empty() { shown } else { &asked };
        self.mapping.order(order, payments).map_err(|why| answer.unusable(why))
    }

    async fn payments(&self, order_id: &str) -> Result<Vec<IokaPayment>, Failure> {
        let call = Call {
            name: "payments",
            path: &["orders", order_id, "payments"],
            query: &[BY_FIFTIES],
            order_id: Some(order_id),
            ..Call::default()
        };
        let answer = self.client.get(call).await?;
        Ok(answer.json_if_found()?.unwrap_or_default())
    }

    async fn ask_order(&self, id: &str) -> Result<Option<GatewayOrder>, Failure> {
        let call = Call { name: "order", path: &["orders", id], order_id: Some(id), ..Call::default() };
        let answer = self.client.get(call).await?;
        match answer.json_if_found::<IokaOrder>()? {
            None => Ok(None),
            Some(order) => self.complete(&answer, &order).await.map(Some),
        }
    }

    /// Ioka answers a name that it does not know with 404 or with an empty list; and a filter that it did not know
    /// would list every order of the shop, so the name is compared.
    async fn find_order(&self, external_id: &str) -> Result<Option<GatewayOrder>, Failure> {
        let call = Call {
            name: "order_by_external_id",
            path: &["orders"],
            query: &[("external_id", external_id), BY_FIFTIES],
            external_id: Some(external_id),
            ..Call::default()
        };
        let answer = self.client.get(call).await?;
        let orders: Vec<IokaOrder> = answer.json_if_found()?.unwrap_or_default();
        match orders.iter().find(|order| order.external_id.as_deref() == Some(external_id)) {
            None => Ok(None),
            Some(order) => self.complete(&answer, order).await.map(Some),
        }
    }

    async fn make_order(&self, order: &NewOrder) -> Result<CreateOrder, Failure> {
        let body = new_order(order).ok_or_else(|| Failure::Unsendable("the amount is too large".to_owned()))?;
        let call =
            Call { name: "create_order", path: &["orders"], external_id: Some(body.external_id), ..Call::default() };
        let answer = self.client.post(call, &body).await?;
        if answer.status() == StatusCode::CONFLICT && answer.code() == Some("OrderExists") {
            return Ok(CreateOrder::AlreadyExists);
        }
        let IokaCreatedOrder { order } = answer.json()?;
        self.complete(&answer, &order).await.map(CreateOrder::Created)
    }

    async fn make_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, Failure> {
        let body = new_refund(refund).ok_or_else(|| Failure::Unsendable("the amount is too large".to_owned()))?;
        let order = refund.order.as_str();
        let call = Call {
            name: "create_refund",
            path: &["orders", order, "refunds"],
            order_id: Some(order),
            external_id: Some(body.external_id),
            ..Call::default()
        };
        let answer = self.client.post(call, &body).await?;
        match answer.code() {
            Some("PaymentRefundAmountExceededError") => return Ok(RefundOutcome::ExceedsPaid),
            // How Ioka calls a refund that is there already is not documented; `OrderExists` and `CustomerExists` are.
            Some(code) if answer.status() == StatusCode::CONFLICT && code.ends_with("Exists") => {
                return Ok(RefundOutcome::AlreadyExists);
            }
            _ => {}
        }
        let made: IokaRefund = answer.json()?;
        let made = gateway_refund(&made).map_err(|why| answer.unusable(why))?;
        Ok(RefundOutcome::Made(made))
    }

    async fn ask_refund(&self, order: &str, id: &str) -> Result<Option<GatewayRefund>, Failure> {
        let call =
            Call { name: "refund", path: &["orders", order, "refunds", id], order_id: Some(order), ..Call::default() };
        let answer = self.client.get(call).await?;
        let refund = answer.json_if_found::<IokaRefund>()?;
        let refund = refund.as_ref().map(gateway_refund).transpose();
        refund.map_err(|why| answer.unusable(why))
    }

    /// Nothing says whether this list comes in pages, as the others do. A full one is followed by a question for the next,
    /// until one brings nothing new.
    async fn list_refunds(&self, order: &str) -> Result<Vec<GatewayRefund>, Failure> {
        let mut known: Vec<GatewayRefund> = Vec::new();
        for page in 1.. {
            let page = page.to_string();
            let call = Call {
                name: "refunds",
                path: &["orders", order, "refunds"],
                query: &[("page", &page), BY_FIFTIES],
                order_id: Some(order),
                ..Call::default()
            };
            let answer = self.client.get(call).await?;
            let refunds: Vec<IokaRefund> = answer.json_if_found()?.unwrap_or_default();
            let refunds: Result<Vec<_>, _> = refunds.iter().map(gateway_refund).collect();
            let refunds = refunds.map_err(|why| answer.unusable(why))?;
            let full = refunds.len() >= FULL_PAGE;
            let before = known.len();
            for refund in refunds {
                if known.iter().all(|other| other.id != refund.id) {
                    known.push(refund);
                }
            }
            if !full || known.len() == before {
                break;
            }
        }
        Ok(known)
    }

    async fn ask_anything(&self) -> Result<(), Failure> {
        let call = Call { name: "check", path: &["orders"], query: &[("limit", "1")], ..Call::default() };
        let answer = self.client.get(call).await?;
        // A shop without orders may answer 404, which it only does to a key that it knows.
        answer.json_if_found::<Vec<IokaOrder>>().map(drop)
    }
}

#[async_trait]
impl PaymentGateway for IokaGateway {
    fn mode(&self) -> GatewayMode {
        GatewayMode::Real
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        self.make_order(order).await.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        let asked = self.ask_order(id.as_str()).await;
        asked.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        let asked = self.find_order(external_id.as_str()).await;
        asked.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        self.make_refund(refund).await.map_err(|failure| failure.cut(Repeat::Dangerous))
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        let asked = self.ask_refund(order.as_str(), id.as_str()).await;
        asked.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        let asked = self.list_refunds(order.as_str()).await;
        asked.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError> {
        let listed = listing::orders_made(&self.client, span, page).await;
        listed.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError> {
        let listed = listing::refunds_made(&self.client, span, page).await;
        listed.map_err(|failure| failure.cut(Repeat::Harmless))
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.ask_anything().await.map_err(|failure| failure.cut(Repeat::Harmless))
    }
}

impl fmt::Debug for IokaGateway {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IokaGateway").finish_non_exhaustive()
    }
}
