//! Refunds of which it is not known at once what became of them.

use chrono::TimeDelta;
use domain::{RefundStatus, Tenge};
use fake_gateway::{Behaviour, Call, Pause};
use serde_json::{Value, json};

use crate::support::{App, webhook};

on_both_databases!(
    a_refund_that_the_bank_thinks_about_is_asked_about_until_it_is_final,
    a_refund_that_the_bank_declines_later_frees_its_amount,
    the_webhook_of_a_pending_refund_settles_it,
    a_refund_whose_answer_was_lost_is_found_and_not_made_twice,
    a_refund_whose_request_was_lost_is_made_once,
    a_refund_that_could_not_be_asked_for_is_asked_for_later,
    a_refund_in_the_dark_is_not_given_up_when_the_gateway_refuses_to_list,
    a_refund_that_was_only_written_down_is_carried_out,
    a_repeat_that_finds_no_answer_kept_gives_back_once,
    a_repeat_after_the_gateway_refused_asks_anew_and_no_other_request_has_its_key,
    sync_learns_of_refunds_made_in_the_panel_and_of_lost_payments,
    nothing_is_asked_while_nothing_is_pending,
);

async fn ask(app: &App, id: &str, tenge: u32) -> Value {
    let admin = app.admin().await;
    app.refund(&admin, id, &json!({"amount": tenge, "reason": "x"})).await.expect(201)
}

/// Half of it, so that there is something to compare with.
async fn asked_with(app: &App, behaviour: Behaviour) -> (String, domain::OrderId, Value) {
    let (id, order) = app.completed().await;
    app.gateway.next(Call::CreateRefund, behaviour);
    let refund = ask(app, &id, 2500).await;
    assert_eq!(refund["status"], "pending", "{refund}");
    assert_eq!(app.shown(&id).await["status"], "completed");
    (id, order, refund)
}

async fn refunded_amount(app: &App, id: &str) -> Value {
    app.shown(id).await["refunded_amount"].clone()
}

async fn a_refund_that_the_bank_thinks_about_is_asked_about_until_it_is_final(app: App) {
    let (id, order, refund) = asked_with(&app, Behaviour::RefundPending).await;
    app.clock.advance(TimeDelta::minutes(1));
    let round = app.settle_refunds().await;
    assert_eq!((round.asked, round.settled, round.failed), (1, 0, 0));
    assert_eq!(app.settle_refunds().await.asked, 0, "not again at once");

    let name = domain::GatewayRefundId::new(refund["gateway_refund_id"].as_str().unwrap());
    app.gateway.settle_refund(&order, &name, RefundStatus::Succeeded).unwrap();
    app.clock.advance(TimeDelta::hours(6));
    let round = app.settle_refunds().await;
    assert_eq!((round.asked, round.settled), (1, 1));
    assert_eq!(refunded_amount(&app, &id).await, 2500);
    app.clock.advance(TimeDelta::days(30));
    assert_eq!(app.settle_refunds().await.asked, 0, "it is final");
    assert_eq!(app.gateway.calls(Call::CreateRefund), 1);
}

async fn a_refund_that_the_bank_declines_later_frees_its_amount(app: App) {
    let (id, order, refund) = asked_with(&app, Behaviour::RefundPending).await;
    let name = domain::GatewayRefundId::new(refund["gateway_refund_id"].as_str().unwrap());
    app.gateway.settle_refund(&order, &name, RefundStatus::Failed).unwrap();
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.settled, 1);
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("completed"), &json!(0)));
    let token = app.log_in("admin@charity.kz", "correct horse").await.expect(200)["token"].clone();
    let all = app.post(&format!("/api/admin/donations/{id}/refund")).bearer(token.as_str().unwrap());
    assert_eq!(all.json(&json!({"reason": "x"})).await.expect(201)["amount"], 5000);
}

async fn the_webhook_of_a_pending_refund_settles_it(app: App) {
    let (id, order, refund) = asked_with(&app, Behaviour::RefundPending).await;
    let name = refund["gateway_refund_id"].as_str().unwrap();
    let body = webhook::refund("REFUND_APPROVED", order.as_str(), (name, 2500));
    assert_eq!(app.ioka(&body).await.expect(200)["outcome"], "applied");
    assert_eq!(refunded_amount(&app, &id).await, 2500);
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.settle_refunds().await.asked, 0);
}

async fn a_refund_whose_answer_was_lost_is_found_and_not_made_twice(app: App) {
    let (id, order, refund) = asked_with(&app, Behaviour::LoseAnswer).await;
    assert_eq!(refund["gateway_refund_id"], Value::Null);
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.settled, 1);
    assert_eq!(refunded_amount(&app, &id).await, 2500);
    let there = domain::ports::PaymentGateway::refunds(app.gateway.as_ref(), &order).await.unwrap();
    assert_eq!((there.len(), app.gateway.calls(Call::CreateRefund)), (1, 1));
    let kept = app.kept(&id).await;
    assert_eq!((kept.refunds.len(), kept.refunds[0].id.to_string()), (1, refund["id"].as_str().unwrap().to_owned()));
}

async fn a_refund_whose_request_was_lost_is_made_once(app: App) {
    let (id, order, _) = asked_with(&app, Behaviour::LoseRequest).await;
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.settled, 1);
    assert_eq!(refunded_amount(&app, &id).await, 2500);
    let there = domain::ports::PaymentGateway::refunds(app.gateway.as_ref(), &order).await.unwrap();
    assert_eq!(there.len(), 1);
}

async fn a_refund_that_could_not_be_asked_for_is_asked_for_later(app: App) {
    let (id, _, _) = asked_with(&app, Behaviour::BeUnavailable).await;
    app.gateway.next(Call::Refunds, Behaviour::BeUnavailable);
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.failed, 1);
    app.clock.advance(TimeDelta::minutes(2));
    assert_eq!(app.settle_refunds().await.settled, 1);
    assert_eq!(refunded_amount(&app, &id).await, 2500);
}

/// The answer was lost, then the key was changed: every call is refused. The refund may have been made all the same.
async fn a_refund_in_the_dark_is_not_given_up_when_the_gateway_refuses_to_list(app: App) {
    let (id, order, _) = asked_with(&app, Behaviour::LoseAnswer).await;
    app.gateway.next(Call::Refunds, Behaviour::Refuse);
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.failed, 1);
    let kept = app.kept(&id).await;
    assert_eq!(kept.refunds[0].status, RefundStatus::Pending);
    assert_eq!(kept.unreserved_of(1), Tenge::new(2500), "its amount is still spoken for");
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(app.settle_refunds().await.settled, 1);
    let there = domain::ports::PaymentGateway::refunds(app.gateway.as_ref(), &order).await.unwrap();
    assert_eq!(there.len(), 1);
}

/// The server died between writing it down and asking.
async fn a_refund_that_was_only_written_down_is_carried_out(app: App) {
    let (id, _) = app.completed().await;
    let donation = app.kept(&id).await;
    let wish = domain::donation::RefundWish {
        id: domain::RefundId(uuid::Uuid::from_u128(5)),
        amount: None,
        reason: domain::LineText::parse("x").unwrap(),
    };
    let now = domain::ports::Clock::now(app.clock.as_ref());
    let cause = domain::donation::Cause { actor: domain::donation::Actor::System, request_id: None };
    let change = donation.plan_refund(&wish, now, &cause).unwrap();
    domain::ports::DonationStore::save(app.store(), &change).await.unwrap();
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.settled, 1);
    assert_eq!(app.shown(&id).await["status"], "refunded");
}

/// The server that had the first request died, or is taken for dead, and its answer was never kept.
async fn a_repeat_that_finds_no_answer_kept_gives_back_once(app: App) {
    let (id, order) = app.completed().await;
    let wanted = json!({"amount": 1000, "reason": "x"});
    let admin = app.admin().await;
    let moment = Pause::new();
    app.gateway.next(Call::CreateRefund, Behaviour::PauseBefore(moment.clone()));
    let first = tokio::spawn(app.refund(&admin, &id, &wanted).key("k-1").into_future());
    moment.reached().await;
    app.clock.advance(TimeDelta::minutes(6));
    let again = app.refund(&admin, &id, &wanted).key("k-1").await.expect(201);
    moment.let_go();
    assert_eq!(first.await.unwrap().expect(201)["id"], again["id"]);

    app.clock.advance(TimeDelta::hours(25));
    let later = app.refund(&app.admin().await, &id, &wanted).key("k-1").await.expect(201);
    assert_eq!(later["id"], again["id"], "the answer is forgotten, the refund is not");
    assert_eq!(refunded_amount(&app, &id).await, 1000);
    let there = domain::ports::PaymentGateway::refunds(app.gateway.as_ref(), &order).await.unwrap();
    assert_eq!((there.len(), app.kept(&id).await.refunds.len()), (1, 1));
}

async fn a_repeat_after_the_gateway_refused_asks_anew_and_no_other_request_has_its_key(app: App) {
    let (id, _) = app.completed().await;
    let wanted = |tenge: u32| json!({"amount": tenge, "reason": "x"});
    let admin = app.admin().await;
    app.gateway.next(Call::CreateRefund, Behaviour::Refuse);
    app.refund(&admin, &id, &wanted(1000)).key("k-1").await.problem(502, "gateway_rejected");
    let made = app.refund(&admin, &id, &wanted(1000)).key("k-1").await.expect(201);
    assert_eq!((&made["status"], app.kept(&id).await.refunds.len()), (&json!("succeeded"), 2));

    app.clock.advance(TimeDelta::hours(25));
    let admin = app.admin().await;
    app.refund(&admin, &id, &wanted(2000)).key("k-1").await.problem(422, "idempotency_key_reused");
    let other = app.refund(&admin, &id, &wanted(1000)).key("k-2").await.expect(201);
    assert_ne!(other["id"], made["id"], "another key is another request");
    assert_eq!(refunded_amount(&app, &id).await, 2000);
}

async fn sync_learns_of_refunds_made_in_the_panel_and_of_lost_payments(app: App) {
    let admin = app.admin().await;
    let (id, order) = app.completed().await;
    app.gateway.refund_in_panel(&order, Tenge::new(1000)).unwrap();
    let sync = |id: &str| app.post(&format!("/api/admin/donations/{id}/sync")).bearer(&admin.token);
    let story = sync(&id).await.expect(200);
    assert_eq!((&story["status"], &story["refunded_amount"]), (&json!("partially_refunded"), &json!(1000)));
    assert_eq!(story["refunds"][0]["reason"], Value::Null, "nobody here asked for it");
    let again = sync(&id).await.expect(200);
    assert_eq!(again["timeline"], story["timeline"], "asking again changes nothing");

    let (lost, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.gateway.refund_in_panel(&order, Tenge::new(5000)).unwrap();
    assert_eq!(sync(&lost).await.expect(200)["status"], "refunded");

    app.gateway.next(Call::Order, Behaviour::BeUnavailable);
    sync(&lost).await.problem(502, "gateway_unavailable");
    sync(&uuid::Uuid::from_u128(77).to_string()).await.problem(404, "not_found");
}

async fn nothing_is_asked_while_nothing_is_pending(app: App) {
    let (id, _) = app.completed().await;
    assert_eq!(ask(&app, &id, 100).await["status"], "succeeded");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.settle_refunds().await, application::RefundRound::default());
    assert_eq!(app.gateway.calls(Call::Refunds), 0);
}
