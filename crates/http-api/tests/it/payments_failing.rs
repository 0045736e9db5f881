//! When the gateway does not do it.

use domain::Tenge;
use fake_gateway::{Behaviour, Call};

use crate::support::App;

on_both_databases!(
    a_refusal_leaves_the_donation_as_it_was_and_may_be_repeated,
    a_gateway_that_is_down_may_be_asked_again,
    an_order_whose_answer_was_lost_is_found_and_not_made_twice,
    an_order_whose_request_was_lost_is_made_by_the_repeat,
    an_order_made_before_a_crash_is_found_after_the_restart,
    looking_up_an_order_may_fail_too,
    asking_after_an_order_may_fail_too,
    an_order_of_another_amount_is_not_offered,
);

async fn a_refusal_leaves_the_donation_as_it_was_and_may_be_repeated(app: App) {
    fails(&app, Behaviour::Refuse, (502, "gateway_rejected")).await;
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn a_gateway_that_is_down_may_be_asked_again(app: App) {
    fails(&app, Behaviour::BeUnavailable, (502, "gateway_unavailable")).await;
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn an_order_whose_answer_was_lost_is_found_and_not_made_twice(app: App) {
    fails(&app, Behaviour::LoseAnswer, (504, "gateway_timeout")).await;
    assert_eq!(app.gateway.orders().len(), 1);
    assert_eq!(app.gateway.calls(Call::OrderByExternalId), 1);
}

async fn an_order_whose_request_was_lost_is_made_by_the_repeat(app: App) {
    fails(&app, Behaviour::LoseRequest, (504, "gateway_timeout")).await;
    assert_eq!(app.gateway.orders().len(), 1);
}

/// The first call fails like this, the donation is as it was, and the repeat finds or makes the one order.
async fn fails(app: &App, behaviour: Behaviour, (status, code): (u16, &str)) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, behaviour);
    let problem = app.pay(&id).await.problem(status, code);
    assert!(!problem.to_string().contains("scripted"), "{problem}");
    let shown = app.shown(&id).await;
    assert_eq!(shown["status"], "pending");
    assert!(shown["payment_order_id"].is_null() && shown["checkout_url"].is_null(), "{shown}");
    let started = app.pay(&id).await.expect(200);
    assert_eq!(started["order_id"], app.gateway.orders()[0].id.as_str());
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn an_order_made_before_a_crash_is_found_after_the_restart(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseAnswer);
    app.pay(&id).await.problem(504, "gateway_timeout");
    let order = app.gateway.orders()[0].id.clone();
    let app = app.restarted();
    assert_eq!(app.pay(&id).await.expect(200)["order_id"], order.as_str());
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn looking_up_an_order_may_fail_too(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseAnswer);
    app.pay(&id).await.problem(504, "gateway_timeout");
    app.gateway.next(Call::OrderByExternalId, Behaviour::BeUnavailable);
    app.pay(&id).await.problem(502, "gateway_unavailable");
    app.gateway.next(Call::OrderByExternalId, Behaviour::LoseAnswer);
    app.pay(&id).await.problem(504, "gateway_timeout");
    app.pay(&id).await.expect(200);
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn asking_after_an_order_may_fail_too(app: App) {
    let (id, order) = app.awaiting().await;
    app.post(&format!("/api/guest-donations/{id}/cancel")).await.expect(200);
    app.gateway.next(Call::Order, Behaviour::BeUnavailable);
    app.pay(&id).await.problem(502, "gateway_unavailable");
    assert_eq!(app.shown(&id).await["status"], "cancelled");
    assert_eq!(app.pay(&id).await.expect(200)["order_id"], order.as_str());
}

async fn an_order_of_another_amount_is_not_offered(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::Capture(Tenge::new(4999)));
    let answer = app.pay(&id).await;
    assert!(answer.status >= 400, "{answer:?}");
    assert_ne!(app.shown(&id).await["status"], "completed");
    app.pay(&id).await.problem(409, "already_paid");
    assert_eq!(app.gateway.orders().len(), 1);
}
