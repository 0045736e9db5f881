//! The scripted gateway, taken for a real one.

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, Listing, NewOrder,
    NewRefund, PaymentGateway, RefundOutcome, TimeSpan,
};
use domain::{ExternalId, GatewayRefundId, OrderId};
use fake_gateway::FakeGateway;

/// The fake gateway, but its money counts as real, so that the server behaves as it does with Ioka.
#[derive(Debug)]
pub struct RealMoney(pub Arc<FakeGateway>);

#[async_trait]
impl PaymentGateway for RealMoney {
    fn mode(&self) -> GatewayMode {
        GatewayMode::Real
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        self.0.create_order(order).await
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        self.0.order(id).await
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        self.0.order_by_external_id(external_id).await
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        self.0.create_refund(refund).await
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        self.0.refund(order, id).await
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        self.0.refunds(order).await
    }

    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError> {
        self.0.orders_made(span, page).await
    }

    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError> {
        self.0.refunds_made(span, page).await
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.0.check().await
    }
}
