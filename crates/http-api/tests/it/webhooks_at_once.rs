//! Webhooks that come all at once, or too early.

use domain::Tenge;
use domain::ports::DeliveryStore as _;
use fake_gateway::{Behaviour, Call, Pause};
use futures_util::future::join_all;

use crate::support::{App, webhook};

on_both_databases!(
    thirty_copies_at_once_are_applied_once,
    thirty_copies_in_the_guides_dialect_are_applied_once,
    different_news_of_one_donation_at_once_all_count,
    many_donations_completed_at_once_get_numbers_without_gaps,
    a_webhook_that_overtakes_our_own_answer_is_not_lost,
    a_decline_that_overtakes_our_own_answer_is_not_lost,
);

/// Sends copies at once, and says how often each outcome came, sorted.
async fn outcomes(calls: impl Iterator<Item = crate::support::Call>) -> Vec<String> {
    let answers = join_all(calls.map(IntoFuture::into_future)).await;
    let mut outcomes: Vec<_> =
        answers.iter().map(|answer| answer.expect(200)["outcome"].as_str().unwrap().to_owned()).collect();
    outcomes.sort();
    outcomes
}

async fn is_applied_once(app: &App, call: crate::support::Call, dedup_key: &str) {
    let came = outcomes((0..30).map(|_| call.clone())).await;
    assert_eq!(came[0], "applied");
    assert!(came[1..].iter().all(|outcome| outcome == "duplicate"), "{came:?}");
    app.get("/api/certificates/TREE-2026-000001").await.expect(200);
    app.get("/api/certificates/TREE-2026-000002").await.problem(404, "not_found");
    assert_eq!(app.store().find(dedup_key).await.unwrap().unwrap().copies, 30);
}

async fn thirty_copies_at_once_are_applied_once(app: App) {
    let (id, order) = app.awaiting().await;
    let call = app.ioka(&webhook::captured(&id, order.as_str(), 5000));
    is_applied_once(&app, call, &format!("ioka:PAYMENT_CAPTURED:pay_of_{order}")).await;
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn thirty_copies_in_the_guides_dialect_are_applied_once(app: App) {
    use sha2::Digest as _;
    let (id, order) = app.awaiting().await;
    let body = webhook::guide("payment.succeeded", (&id, order.as_str()), 5000);
    let key = format!("guide:sha256:{}", hex::encode(sha2::Sha256::digest(&body)));
    is_applied_once(&app, app.guide(&body), &key).await;
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn different_news_of_one_donation_at_once_all_count(app: App) {
    let (id, order) = app.awaiting().await;
    let order = order.as_str();
    let mut news = vec![
        webhook::captured(&id, order, 5000),
        webhook::order_event("ORDER_EXPIRED", &id, order),
        webhook::refund("REFUND_APPROVED", order, ("rfd_1", 1000)),
        webhook::refund("REFUND_APPROVED", order, ("rfd_2", 500)),
    ];
    news.extend((0..8).map(|n| webhook::declined(&id, order, (&format!("pay_{n}"), "DECLINED_BY_ISSUER"))));
    outcomes(news.iter().map(|body| app.ioka(body))).await;
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&"partially_refunded".into(), &1500.into()));
}

async fn many_donations_completed_at_once_get_numbers_without_gaps(app: App) {
    let mut calls = Vec::new();
    for _ in 0..12 {
        let (id, order) = app.awaiting().await;
        calls.push(app.ioka(&webhook::captured(&id, order.as_str(), 5000)));
    }
    assert_eq!(outcomes(calls.into_iter()).await, ["applied"; 12]);
    for number in 1..=12 {
        app.get(&format!("/api/certificates/TREE-2026-{number:06}")).await.expect(200);
    }
    app.get("/api/certificates/TREE-2026-000013").await.problem(404, "not_found");
}

async fn a_webhook_that_overtakes_our_own_answer_is_not_lost(app: App) {
    let id = app.guest_donation().await;
    let pause = Pause::new();
    app.gateway.next(Call::CreateOrder, Behaviour::Pause(pause.clone()));
    let starting = tokio::spawn(app.pay(&id).into_future());
    pause.reached().await;

    let order = app.gateway.orders()[0].id.clone();
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let captured = webhook::captured(&id, order.as_str(), 5000);
    assert_eq!(app.ioka(&captured).await.expect(200)["outcome"], "applied");
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["payment_order_id"]), (&"completed".into(), &order.as_str().into()));

    pause.let_go();
    let started = starting.await.unwrap().expect(200);
    assert_eq!((&started["order_id"], &started["status"]), (&order.as_str().into(), &"completed".into()));
    assert_eq!(app.shown(&id).await["status"], "completed");
    app.get("/api/certificates/TREE-2026-000002").await.problem(404, "not_found");
}

async fn a_decline_that_overtakes_our_own_answer_is_not_lost(app: App) {
    let id = app.guest_donation().await;
    let pause = Pause::new();
    app.gateway.next(Call::CreateOrder, Behaviour::Pause(pause.clone()));
    let starting = tokio::spawn(app.pay(&id).into_future());
    pause.reached().await;
    let order = app.gateway.orders()[0].id.clone();
    app.ioka(&webhook::declined(&id, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    pause.let_go();
    starting.await.unwrap().expect(200);
    assert_eq!(app.shown(&id).await["status"], "failed");
    // The order is there all the same, for another try.
    assert_eq!(app.pay(&id).await.expect(200)["order_id"], order.as_str());
    assert_eq!(app.gateway.orders().len(), 1);
}
