//! The port's promises.

use async_trait::async_trait;
use domain::contract::payment_gateway::{self, GatewayUnderTest};
use domain::ports::{GatewayRefund, PaymentGateway};
use domain::{OrderId, Tenge};
use serde_json::json;

use crate::support::Twin;

#[async_trait]
impl GatewayUnderTest for Twin {
    fn gateway(&self) -> &dyn PaymentGateway {
        &self.gateway
    }

    async fn pay(&self, order: &OrderId, captured: Tenge) {
        self.fault(json!({ "kind": "captured_amount", "amount": captured.get() * 100 })).await;
        self.press(order, "pay").await;
    }

    async fn decline(&self, order: &OrderId) {
        self.press(order, "decline").await;
    }

    async fn expire(&self, order: &OrderId) {
        self.press(order, "expire").await;
    }

    async fn lose_next_answer(&self) {
        self.fault(json!({ "kind": "close_after" })).await;
    }

    async fn be_unavailable_once(&self) {
        self.fault(json!({ "kind": "error", "status": 503 })).await;
    }

    async fn keep_next_refund_pending(&self) {
        self.fault(json!({ "kind": "pending", "seconds": 60 })).await;
    }

    async fn approve_refund(&self, _: &GatewayRefund) {
        self.advance_clock(61).await;
    }

    async fn decline_next_refund(&self) {
        self.fault(json!({ "kind": "refund_declined" })).await;
    }
}

macro_rules! tests {
    ($($promise:ident)*) => {
        mod unknown_names_are_404 { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::payment_gateway::$promise(&super::Twin::start().await).await;
            }
        )* }

        mod unknown_names_are_an_empty_list { $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $promise() {
                super::payment_gateway::$promise(&super::Twin::with_empty_lists().await).await;
            }
        )* }
    };
}

domain::payment_gateway_promises!(tests);
