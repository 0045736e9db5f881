//! Mistakes in how the gateway is called.

use std::sync::Arc;

use application::House;
use async_trait::async_trait;
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, ListedOrder, ListedRefund, Listing, NewOrder,
    NewRefund, OrderStatus, PaymentGateway, RefundOutcome, TimeSpan,
};
use domain::{ExternalId, GatewayRefundId, OrderId};
use flow_simulation::product::Product;

use crate::assert_caught;
use crate::webhooks::{Reader, ReaderMistake};

/// A gateway with one mistake.
struct Gateway {
    inner: Arc<dyn PaymentGateway>,
    mistake: GatewayMistake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GatewayMistake {
    /// An order whose answer was lost is asked for again, under another name.
    OrderedBlindlyAgain,
    /// Whoever wants to pay again is not told that the order before can still be paid.
    OrderBeforeForgotten,
    /// What was captured is taken to be what was ordered.
    CapturedAmountNotLookedAt,
    /// A refund whose answer was lost is asked for again, under another name.
    RefundedBlindlyAgain,
}

#[async_trait]
impl PaymentGateway for Gateway {
    fn mode(&self) -> GatewayMode {
        self.inner.mode()
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        let made = self.inner.create_order(order).await;
        match (&made, self.mistake) {
            (Err(GatewayError::OutcomeUnknown(_)), GatewayMistake::OrderedBlindlyAgain) => {
                let name = ExternalId::new(format!("{}-again", order.external_id));
                self.inner.create_order(&NewOrder { external_id: name, ..order.clone() }).await
            }
            _ => made,
        }
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        let told = self.inner.order(id).await?;
        Ok(told.map(|order| self.mistaken(order)))
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        let told = self.inner.order_by_external_id(external_id).await?;
        Ok(told.map(|order| self.mistaken(order)))
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        let made = self.inner.create_refund(refund).await;
        match (&made, self.mistake) {
            (Err(GatewayError::OutcomeUnknown(_)), GatewayMistake::RefundedBlindlyAgain) => {
                let name = ExternalId::new(format!("{}-again", refund.external_id));
                self.inner.create_refund(&NewRefund { external_id: name, ..refund.clone() }).await
            }
            _ => made,
        }
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        self.inner.refund(order, id).await
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        self.inner.refunds(order).await
    }

    async fn orders_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedOrder>, GatewayError> {
        self.inner.orders_made(span, page).await
    }

    async fn refunds_made(&self, span: &TimeSpan, page: u32) -> Result<Listing<ListedRefund>, GatewayError> {
        self.inner.refunds_made(span, page).await
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.inner.check().await
    }
}

impl Gateway {
    fn mistaken(&self, mut order: GatewayOrder) -> GatewayOrder {
        match (&mut order.status, self.mistake) {
            (status @ OrderStatus::Payable, GatewayMistake::OrderBeforeForgotten) => *status = OrderStatus::Ended,
            (OrderStatus::Paid(report), GatewayMistake::CapturedAmountNotLookedAt) => {
                report.captured.clone_from(&report.ordered);
            }
            _ => {}
        }
        order
    }
}

impl Product for GatewayMistake {
    fn furnish(&self, mut house: House) -> House {
        house.gateway = Arc::new(Gateway { inner: house.gateway, mistake: *self });
        if *self == Self::CapturedAmountNotLookedAt {
            house.webhooks =
                Arc::new(Reader { inner: house.webhooks, mistake: ReaderMistake::CapturedAmountNotLookedAt });
        }
        house
    }
}

#[test]
fn an_order_asked_for_again_under_another_name_after_a_lost_answer() {
    assert_caught(GatewayMistake::OrderedBlindlyAgain, "two orders of one donation can be paid");
}

#[test]
fn a_new_order_without_asking_about_the_one_before() {
    assert_caught(GatewayMistake::OrderBeforeForgotten, "two orders of one donation can be paid");
}

#[test]
fn a_captured_amount_that_nobody_looks_at() {
    assert_caught(GatewayMistake::CapturedAmountNotLookedAt, "by the gateway's books it is unpaid");
}

#[test]
fn a_refund_asked_for_again_under_another_name_after_a_lost_answer() {
    assert_caught(GatewayMistake::RefundedBlindlyAgain, "-again");
}
