//! The promises of [`PaymentGateway`](crate::ports::PaymentGateway).
//!
//! Each function is one of them and wants a gateway of its own, with no orders yet, whose orders wait for their payer. A
//! test of an adapter implements [`GatewayUnderTest`] and lists nothing itself:
//!
//! ```text
//! macro_rules! tests {
//!     ($($promise:ident)*) => { $(
//!         #[tokio::test]
//!         async fn $promise() {
//!             domain::contract::payment_gateway::$promise(&MyGateway::start().await).await;
//!         }
//!     )* };
//! }
//! domain::payment_gateway_promises!(tests);
//! ```

mod listings;
mod orders;
mod refunds;

use async_trait::async_trait;

use crate::donation::CaptureReport;
use crate::ports::{
    CreateOrder, GatewayOrder, GatewayRefund, NewOrder, NewRefund, OrderStatus, PaymentGateway, RefundOutcome,
    ReturnUrls,
};
use crate::{ExternalId, Instant, OrderId, ReportedAmount, Tenge};

pub use listings::*;
pub use orders::*;
pub use refunds::*;

/// Hands the names of all promises to a macro that makes tests of them.
#[macro_export]
macro_rules! payment_gateway_promises {
    ($tests:ident) => {
        $tests! {
            a_new_order_can_be_paid_and_is_found_by_both_names
            an_unknown_order_is_none
            a_name_has_one_order
            names_that_begin_alike_are_different_orders
            one_name_asked_for_twenty_times_at_once_is_one_order
            a_paid_order_says_who_took_what
            an_amount_captured_that_differs_is_reported
            a_declined_payment_leaves_the_order_payable
            an_expired_order_can_no_longer_be_paid
            an_order_whose_answer_was_lost_is_found_by_its_name
            a_gateway_that_is_unavailable_makes_no_order
            the_check_tells_whether_it_answers
            a_whole_refund_leaves_the_order_paid
            refunds_in_parts_add_up_to_the_payment
            more_than_was_paid_is_not_given_back
            an_unpaid_or_unknown_order_has_nothing_to_give_back
            a_refunds_name_is_used_once
            two_refunds_at_once_do_not_exceed_the_payment
            one_refund_asked_for_twenty_times_at_once_is_one_refund
            a_refund_that_waits_for_the_bank_becomes_final
            a_refund_that_the_bank_declines_gives_nothing_back
            a_refund_whose_answer_was_lost_is_found_among_the_orders
            a_gateway_that_is_unavailable_makes_no_refund
            an_unknown_refund_is_none
            orders_made_are_listed_with_where_they_stand
            many_orders_are_listed_page_by_page
            refunds_made_are_listed_with_their_orders
            many_refunds_are_listed_page_by_page
            a_list_is_of_its_span
            a_gateway_that_is_unavailable_lists_nothing
        }
    };
}

/// A gateway, and the hand of whoever is on its other side.
#[async_trait]
pub trait GatewayUnderTest: Send + Sync {
    /// The adapter.
    fn gateway(&self) -> &dyn PaymentGateway;

    /// The payer pays, and this much is taken.
    async fn pay(&self, order: &OrderId, captured: Tenge);

    /// The payer tries to pay, and the bank declines.
    async fn decline(&self, order: &OrderId);

    /// The order's due date passes.
    async fn expire(&self, order: &OrderId);

    /// The next call is carried out, and its answer does not come.
    async fn lose_next_answer(&self);

    /// The next call is turned away before anything is done.
    async fn be_unavailable_once(&self);

    /// The next refund waits for the bank.
    async fn keep_next_refund_pending(&self);

    /// The bank approves the refund that waits.
    async fn approve_refund(&self, refund: &GatewayRefund);

    /// The next refund is declined by the bank.
    async fn decline_next_refund(&self);
}

fn order_named(name: &str, amount: u32) -> NewOrder {
    NewOrder {
        external_id: ExternalId::new(name),
        amount: Tenge::new(amount),
        description: "Қайырымдылық / пожертвование".to_owned(),
        due_at: far_away(),
        return_urls: ReturnUrls {
            success: "https://example.kz/donations/1?result=success".to_owned(),
            failure: "https://example.kz/donations/1?result=failure".to_owned(),
            back: "https://example.kz/donations/1?result=back".to_owned(),
        },
    }
}

/// 2100-01-01, which no clock of a gateway has reached.
fn far_away() -> Instant {
    Instant::from_timestamp(4_102_444_800, 0).unwrap()
}

fn refund_named(name: &str, order: &OrderId, amount: u32) -> NewRefund {
    NewRefund {
        order: order.clone(),
        external_id: ExternalId::new(name),
        amount: Tenge::new(amount),
        reason: Some("asked for by the donor".to_owned()),
    }
}

async fn created(gateway: &dyn PaymentGateway, order: &NewOrder) -> GatewayOrder {
    match gateway.create_order(order).await {
        Ok(CreateOrder::Created(made)) => made,
        other => panic!("the order was not made: {other:?}"),
    }
}

async fn made(gateway: &dyn PaymentGateway, refund: &NewRefund) -> GatewayRefund {
    match gateway.create_refund(refund).await {
        Ok(RefundOutcome::Made(made)) => made,
        other => panic!("the refund was not made: {other:?}"),
    }
}

/// An order of this amount that has been paid in full.
async fn paid(under_test: &dyn GatewayUnderTest, name: &str, amount: u32) -> OrderId {
    let order = created(under_test.gateway(), &order_named(name, amount)).await;
    under_test.pay(&order.id, Tenge::new(amount)).await;
    order.id
}

async fn known(gateway: &dyn PaymentGateway, id: &OrderId) -> GatewayOrder {
    let order = gateway.order(id).await.unwrap();
    order.unwrap_or_else(|| panic!("the gateway has forgotten the order {id}"))
}

fn capture(order: &GatewayOrder) -> &CaptureReport {
    match &order.status {
        OrderStatus::Paid(report) => report,
        other => panic!("the order is not paid: {other:?}"),
    }
}

fn tenge(amount: &ReportedAmount) -> Tenge {
    match amount {
        ReportedAmount::Tenge(amount) => *amount,
        ReportedAmount::NotWholeTenge(text) => panic!("not whole tenge: {text}"),
    }
}
