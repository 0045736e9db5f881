//! The adapter keeps the promises of a gateway when Ioka keeps its own.

use async_trait::async_trait;
use domain::contract::payment_gateway::{self, GatewayUnderTest};
use domain::ports::{GatewayRefund, PaymentGateway};
use domain::{OrderId, Tenge};
use ioka_adapter::IokaGateway;

use crate::support::gateway;
use crate::support::mini_ioka::{Fault, MiniIoka};

struct OverHttp {
    ioka: MiniIoka,
    gateway: IokaGateway,
}

impl OverHttp {
    async fn start() -> Self {
        let ioka = MiniIoka::start().await;
        let gateway = gateway(&ioka.server.url);
        Self { ioka, gateway }
    }
}

#[async_trait]
impl GatewayUnderTest for OverHttp {
    fn gateway(&self) -> &dyn PaymentGateway {
        &self.gateway
    }

    async fn pay(&self, order: &OrderId, captured: Tenge) {
        self.ioka.books().pay(order.as_str(), Some(captured.get() * 100));
    }

    async fn decline(&self, order: &OrderId) {
        self.ioka.books().pay(order.as_str(), None);
    }

    async fn expire(&self, order: &OrderId) {
        self.ioka.books().expire(order.as_str());
    }

    async fn lose_next_answer(&self) {
        self.ioka.books().faults.push_back(Fault::LoseAnswer);
    }

    async fn be_unavailable_once(&self) {
        self.ioka.books().faults.push_back(Fault::Unavailable);
    }

    async fn keep_next_refund_pending(&self) {
        self.ioka.books().next_refund = Some("PENDING");
    }

    async fn approve_refund(&self, refund: &GatewayRefund) {
        self.ioka.books().approve_refund(refund.id.as_str());
    }

    async fn decline_next_refund(&self) {
        self.ioka.books().next_refund = Some("DECLINED");
    }
}

macro_rules! tests {
    ($($promise:ident)*) => { $(
        #[tokio::test]
        async fn $promise() {
            payment_gateway::$promise(&OverHttp::start().await).await;
        }
    )* };
}
domain::payment_gateway_promises!(tests);
