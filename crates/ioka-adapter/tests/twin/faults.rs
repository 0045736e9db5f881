//! Every fault of the twin's, and what the caller may do next.

use std::time::Duration;

use domain::ports::{CreateOrder, GatewayError, NewRefund, OrderStatus, PaymentGateway as _, RefundOutcome};
use domain::{ExternalId, OrderId, RefundStatus, ReportedAmount, Tenge};
use ioka_simulator::Options;
use serde_json::{Value, json};

use crate::support::{Twin, new_order};

/// What asking for an order came to under `fault`, with how many orders there then are. The same call, made again, must
/// always lead to the one order.
async fn create_under(fault: Value, timeout: Duration) -> (Result<CreateOrder, GatewayError>, usize) {
    let twin = Twin::start_with(Options::default(), timeout).await;
    twin.fault(fault).await;
    let order = new_order("don-1");
    let answer = twin.gateway.create_order(&order).await;
    let orders = twin.orders().await;
    let again = twin.gateway.create_order(&order).await.unwrap();
    assert_eq!(matches!(again, CreateOrder::AlreadyExists), orders == 1);
    assert!(twin.gateway.order_by_external_id(&order.external_id).await.unwrap().is_some());
    assert_eq!(twin.orders().await, 1);
    (answer, orders)
}

const PATIENT: Duration = Duration::from_secs(20);

#[tokio::test]
async fn refusals_of_the_gateway_are_cut_by_what_may_be_done_next() {
    let (answer, orders) = create_under(json!({ "kind": "error", "status": 400 }), PATIENT).await;
    assert!(matches!(answer, Err(GatewayError::Refused(_))), "{answer:?}");
    assert_eq!(orders, 0);
    for status in [429, 500, 502, 503] {
        let (answer, _) = create_under(json!({ "kind": "error", "status": status }), PATIENT).await;
        assert!(matches!(answer, Err(GatewayError::Unavailable(_))), "{status}: {answer:?}");
    }
    let (answer, _) = create_under(json!({ "kind": "error", "status": 504 }), PATIENT).await;
    assert!(matches!(answer, Err(GatewayError::OutcomeUnknown(_))), "{answer:?}");
}

#[tokio::test]
async fn an_answer_that_comes_too_late_leaves_the_outcome_unknown() {
    let fault = json!({ "kind": "latency", "seconds": 3 });
    let (answer, _) = create_under(fault, Duration::from_millis(400)).await;
    assert!(matches!(answer, Err(GatewayError::OutcomeUnknown(_))), "{answer:?}");
}

#[tokio::test]
async fn a_cut_answer_is_unusable_but_its_order_is_found() {
    let (answer, orders) = create_under(json!({ "kind": "broken_json" }), PATIENT).await;
    assert!(matches!(answer, Err(GatewayError::Refused(_))), "{answer:?}");
    assert_eq!(orders, 1);
}

#[tokio::test]
async fn a_connection_closed_before_or_after_the_work_may_be_asked_again() {
    let (before, none) = create_under(json!({ "kind": "close_before" }), PATIENT).await;
    let (after, one) = create_under(json!({ "kind": "close_after" }), PATIENT).await;
    assert!(matches!(before, Err(GatewayError::Unavailable(_))), "{before:?}");
    assert!(matches!(after, Err(GatewayError::Unavailable(_))), "{after:?}");
    assert_eq!((none, one), (0, 1));
}

#[tokio::test]
async fn an_expired_key_is_refused() {
    let twin = Twin::start().await;
    twin.fault(json!({ "kind": "key_expired" })).await;
    let answer = twin.gateway.check().await;
    assert!(matches!(&answer, Err(GatewayError::Refused(why)) if why.contains("key")), "{answer:?}");
    twin.gateway.check().await.unwrap();
}

#[tokio::test]
async fn a_payment_that_waits_for_the_bank_is_not_paid_yet() {
    let twin = Twin::start().await;
    let id = order(&twin).await;
    twin.fault(json!({ "kind": "pending", "seconds": 60 })).await;
    twin.press(&id, "pay").await;
    assert_eq!(twin.gateway.order(&id).await.unwrap().unwrap().status, OrderStatus::Payable);
    twin.advance_clock(61).await;
    let status = twin.gateway.order(&id).await.unwrap().unwrap().status;
    assert!(matches!(status, OrderStatus::Paid(_)), "{status:?}");
}

#[tokio::test]
async fn an_amount_that_differs_is_told_as_it_is() {
    let twin = Twin::start().await;
    let id = order(&twin).await;
    twin.fault(json!({ "kind": "captured_amount", "amount": 123_456 })).await;
    twin.press(&id, "pay").await;
    let OrderStatus::Paid(report) = twin.gateway.order(&id).await.unwrap().unwrap().status else { panic!() };
    assert_eq!(report.ordered, ReportedAmount::Tenge(Tenge::new(5000)));
    assert_eq!(report.captured, ReportedAmount::NotWholeTenge("1234.56 KZT".to_owned()));
}

#[tokio::test]
async fn a_refund_is_never_called_unexecuted_unless_it_provably_is() {
    for (fault, may_repeat_blindly) in [
        (json!({ "kind": "error", "status": 503 }), true),
        (json!({ "kind": "error", "status": 429 }), true),
        (json!({ "kind": "error", "status": 500 }), false),
        (json!({ "kind": "error", "status": 504 }), false),
        (json!({ "kind": "broken_json" }), false),
        (json!({ "kind": "close_before" }), false),
        (json!({ "kind": "close_after" }), false),
    ] {
        let twin = Twin::start().await;
        let id = order(&twin).await;
        twin.press(&id, "pay").await;
        twin.fault(fault.clone()).await;
        let answer = twin.gateway.create_refund(&refund(&id)).await;
        let expected = match &answer {
            Err(GatewayError::Unavailable(_)) => may_repeat_blindly,
            Err(GatewayError::OutcomeUnknown(_)) => !may_repeat_blindly,
            _ => false,
        };
        assert!(expected, "{fault}: {answer:?}");
        // The repeat under the same name is harmless either way.
        twin.gateway.create_refund(&refund(&id)).await.unwrap();
        let refunds = twin.gateway.refunds(&id).await.unwrap();
        assert_eq!(refunds.len(), 1, "{fault}");
    }
}

#[tokio::test]
async fn a_refund_that_the_bank_declines_is_failed() {
    let twin = Twin::start().await;
    let id = order(&twin).await;
    twin.press(&id, "pay").await;
    twin.fault(json!({ "kind": "refund_declined" })).await;
    let RefundOutcome::Made(refund) = twin.gateway.create_refund(&refund(&id)).await.unwrap() else { panic!() };
    assert_eq!(refund.status, RefundStatus::Failed);
}

async fn order(twin: &Twin) -> OrderId {
    match twin.gateway.create_order(&new_order("don-1")).await.unwrap() {
        CreateOrder::Created(order) => order.id,
        CreateOrder::AlreadyExists => panic!("a new twin has no orders"),
    }
}

fn refund(order: &OrderId) -> NewRefund {
    NewRefund { order: order.clone(), external_id: ExternalId::new("r-1"), amount: Tenge::new(1000), reason: None }
}
