//! What the fake does beside its promises: pay at once, and follow a script.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

use std::sync::Arc;

use domain::donation::CaptureReport;
use domain::ports::{
    CreateOrder, GatewayError, GatewayMode, GatewayOrder, NewOrder, NewRefund, OrderStatus, PaymentGateway,
    RefundOutcome, ReturnUrls,
};
use domain::{ExternalId, Instant, OrderId, RefundStatus, ReportedAmount, Tenge};
use fake_gateway::{Behaviour, Call, FakeGateway, Pause};

const SUCCESS: &str = "https://example.kz/donations/1?result=success";

fn order(name: &str) -> NewOrder {
    NewOrder {
        external_id: ExternalId::new(name),
        amount: Tenge::new(5000),
        description: String::new(),
        due_at: Instant::UNIX_EPOCH,
        return_urls: ReturnUrls { success: SUCCESS.into(), failure: String::new(), back: String::new() },
    }
}

async fn create(gateway: &FakeGateway, name: &str) -> GatewayOrder {
    match gateway.create_order(&order(name)).await.unwrap() {
        CreateOrder::Created(made) => made,
        CreateOrder::AlreadyExists => panic!("{name} exists"),
    }
}

fn capture(order: &GatewayOrder) -> &CaptureReport {
    match &order.status {
        OrderStatus::Paid(report) => report,
        other => panic!("not paid: {other:?}"),
    }
}

#[tokio::test]
async fn without_a_script_an_order_is_paid_at_once_and_leads_back_to_the_donors_page() {
    let gateway = FakeGateway::new();
    assert_eq!(gateway.mode(), GatewayMode::Test);
    let made = create(&gateway, "a").await;
    assert_eq!(made.checkout_url, SUCCESS);
    assert!(capture(&made).captured.is(Tenge::new(5000)) && capture(&made).ordered.is(Tenge::new(5000)));
    assert_eq!(gateway.order(&made.id).await.unwrap(), Some(made.clone()));
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a")).await.unwrap(), Some(made.clone()));
    assert_eq!(gateway.create_order(&order("a")).await.unwrap(), CreateOrder::AlreadyExists);
    assert_eq!((gateway.orders().len(), gateway.calls(Call::CreateOrder)), (1, 2));
    assert_eq!(create(&FakeGateway::new(), "a").await, made, "another run gives the same answers");
}

#[tokio::test]
async fn a_payment_made_at_once_is_known_after_a_restart() {
    let before = create(&FakeGateway::new(), "a").await;
    let gateway = FakeGateway::new();
    let after = gateway.order(&before.id).await.unwrap().unwrap();
    assert_eq!((after.status, after.amount), (before.status, before.amount));
    let refund = NewRefund {
        order: before.id.clone(),
        external_id: ExternalId::new("r-1"),
        amount: Tenge::new(5000),
        reason: None,
    };
    assert!(matches!(gateway.create_refund(&refund).await, Ok(RefundOutcome::Made(_))));
    for stranger in
        ["ord_fake_", "ord_fake_a", "ord_fake_a_05000", "ord_fake_a_-1", "ord_fake_a_1x", "ord_a_5000", "ord_fake_a_1"]
    {
        assert_eq!(gateway.order(&OrderId::new(stranger)).await, Ok(None), "{stranger}");
    }
    let waiting = FakeGateway::that_waits().order(&before.id).await;
    assert_eq!(waiting, Ok(None), "where payers wait an id says nothing");
}

#[tokio::test]
async fn a_script_is_followed_call_by_call() {
    let gateway = FakeGateway::new();
    gateway.next(Call::CreateOrder, Behaviour::Refuse);
    gateway.next(Call::CreateOrder, Behaviour::BeUnavailable);
    gateway.next(Call::CreateOrder, Behaviour::LoseRequest);
    gateway.next(Call::CreateOrder, Behaviour::LoseAnswer);
    let mut failures = Vec::new();
    for _ in 0..4 {
        assert_eq!(gateway.orders(), []);
        failures.push(gateway.create_order(&order("a")).await.unwrap_err());
    }
    assert!(matches!(
        failures.as_slice(),
        [
            GatewayError::Refused(_),
            GatewayError::Unavailable(_),
            GatewayError::OutcomeUnknown(_),
            GatewayError::OutcomeUnknown(_)
        ]
    ));
    assert_eq!(gateway.orders().len(), 1, "the answer was lost, not the order");
    assert_eq!(gateway.create_order(&order("a")).await.unwrap(), CreateOrder::AlreadyExists);
    assert_eq!(gateway.calls(Call::CreateOrder), 5);
}

#[tokio::test]
async fn a_standing_behaviour_lasts_until_another_is_asked_for() {
    let gateway = FakeGateway::new();
    gateway.always(Call::Order, Behaviour::BeUnavailable);
    gateway.next(Call::Order, Behaviour::Ordinary);
    let id = OrderId::new("ord_fake_a");
    assert_eq!(gateway.order(&id).await, Ok(None));
    for _ in 0..2 {
        assert!(gateway.order(&id).await.is_err());
    }
    gateway.always(Call::Order, Behaviour::Ordinary);
    assert_eq!(gateway.order(&id).await, Ok(None));
}

#[tokio::test]
async fn orders_can_be_scripted_one_by_one() {
    let gateway = FakeGateway::new();
    gateway.next(Call::CreateOrder, Behaviour::LeavePending);
    gateway.next(Call::CreateOrder, Behaviour::Capture(Tenge::new(4000)));
    let waiting = create(&gateway, "a").await;
    let short = create(&gateway, "b").await;
    assert_eq!(gateway.payable_orders().as_slice(), std::slice::from_ref(&waiting));
    assert!(capture(&short).captured.is(Tenge::new(4000)) && capture(&short).ordered.is(Tenge::new(5000)));
    assert_eq!(gateway.decline(&waiting.id), Some(1));
    assert_eq!(gateway.decline(&waiting.id), Some(2));
    assert_eq!(gateway.expire(&waiting.id).unwrap().status, OrderStatus::Ended);
    let late = gateway.pay(&waiting.id, Tenge::new(5000)).unwrap();
    assert_eq!(capture(&gateway.order(&waiting.id).await.unwrap().unwrap()), &late);
    assert_eq!(gateway.expire(&waiting.id).unwrap().status, OrderStatus::Paid(late));

    let patient = FakeGateway::that_waits();
    patient.next(Call::CreateOrder, Behaviour::PayAtOnce);
    let paid = create(&patient, "a").await;
    capture(&paid);
    let unpaid = create(&patient, "b").await;
    assert_eq!(unpaid.status, OrderStatus::Payable);
    assert_eq!(unpaid.checkout_url, "https://checkout.invalid/orders/ord_fake_b_5000");
}

#[tokio::test]
async fn a_paused_call_has_done_its_work_before_it_answers() {
    let gateway = Arc::new(FakeGateway::that_waits());
    let pause = Pause::new();
    gateway.next(Call::CreateOrder, Behaviour::Pause(pause.clone()));
    let call = tokio::spawn({
        let gateway = Arc::clone(&gateway);
        async move { create(&gateway, "a").await }
    });
    pause.reached().await;
    let [made] = gateway.orders().try_into().unwrap();
    gateway.pay(&made.id, Tenge::new(5000)).unwrap();
    assert!(!call.is_finished());
    pause.let_go();
    assert_eq!(call.await.unwrap(), made, "the answer is as old as the work");
}

#[tokio::test]
async fn a_call_paused_before_its_work_has_done_nothing_yet() {
    let gateway = Arc::new(FakeGateway::new());
    let pause = Pause::new();
    gateway.next(Call::CreateOrder, Behaviour::PauseBefore(pause.clone()));
    let call = tokio::spawn({
        let gateway = Arc::clone(&gateway);
        async move { gateway.create_order(&order("a")).await }
    });
    pause.reached().await;
    assert_eq!(gateway.orders(), []);
    create(&gateway, "a").await;
    pause.let_go();
    assert_eq!(call.await.unwrap(), Ok(CreateOrder::AlreadyExists));
}

#[tokio::test]
async fn the_panel_and_the_bank_have_their_say_about_refunds() {
    let gateway = FakeGateway::new();
    let id = create(&gateway, "a").await.id;
    let by_hand = gateway.refund_in_panel(&id, Tenge::new(1000)).unwrap();
    assert_eq!(by_hand.amount, ReportedAmount::Tenge(Tenge::new(1000)));
    assert_eq!(gateway.refund_in_panel(&id, Tenge::new(4001)), None);
    gateway.next(Call::CreateRefund, Behaviour::RefundPending);
    let wanted =
        NewRefund { order: id.clone(), external_id: ExternalId::new("r-1"), amount: Tenge::new(4000), reason: None };
    let RefundOutcome::Made(waiting) = gateway.create_refund(&wanted).await.unwrap() else {
        panic!("not made");
    };
    assert_eq!(waiting.status, RefundStatus::Pending);
    let settled = gateway.settle_refund(&id, &waiting.id, RefundStatus::Failed).unwrap();
    assert_eq!(settled.status, RefundStatus::Failed);
    let decided = gateway.settle_refund(&id, &waiting.id, RefundStatus::Succeeded).unwrap();
    assert_eq!(decided.status, RefundStatus::Failed);
    let refunds = gateway.refunds(&id).await.unwrap();
    assert_eq!(refunds.iter().map(|refund| refund.external_id.is_some()).collect::<Vec<_>>(), [false, true]);
}
