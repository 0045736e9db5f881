//! The fake keeps every promise that a real gateway has to keep.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

use async_trait::async_trait;
use domain::contract::payment_gateway::{self, GatewayUnderTest};
use domain::ports::{GatewayRefund, PaymentGateway};
use domain::{OrderId, RefundStatus, Tenge};
use fake_gateway::{Behaviour, Call, FakeGateway};

struct Fake(FakeGateway);

/// A gateway that knows what time it is.
fn fake() -> Fake {
    let gateway = FakeGateway::that_waits();
    gateway.it_is(domain::Instant::from_timestamp(1_800_000_000, 123_456_000).unwrap());
    Fake(gateway)
}

#[async_trait]
impl GatewayUnderTest for Fake {
    fn gateway(&self) -> &dyn PaymentGateway {
        &self.0
    }

    async fn pay(&self, order: &OrderId, captured: Tenge) {
        self.0.pay(order, captured).unwrap();
    }

    async fn decline(&self, order: &OrderId) {
        self.0.decline(order).unwrap();
    }

    async fn expire(&self, order: &OrderId) {
        self.0.expire(order).unwrap();
    }

    async fn lose_next_answer(&self) {
        self.0.next_of_any(Behaviour::LoseAnswer);
    }

    async fn be_unavailable_once(&self) {
        self.0.next_of_any(Behaviour::BeUnavailable);
    }

    async fn keep_next_refund_pending(&self) {
        self.0.next(Call::CreateRefund, Behaviour::RefundPending);
    }

    async fn approve_refund(&self, refund: &GatewayRefund) {
        for order in self.0.orders() {
            self.0.settle_refund(&order.id, &refund.id, RefundStatus::Succeeded);
        }
    }

    async fn decline_next_refund(&self) {
        self.0.next(Call::CreateRefund, Behaviour::RefundDeclined);
    }
}

macro_rules! tests {
    ($($promise:ident)*) => { $(
        #[tokio::test]
        async fn $promise() {
            payment_gateway::$promise(&fake()).await;
        }
    )* };
}
domain::payment_gateway_promises!(tests);
