//! Money given back in Ioka's panel.

use serde_json::{Value, json};

use crate::support::{App, webhook};

on_both_databases!(
    a_part_given_back_leaves_a_certificate_of_fewer_trees,
    everything_given_back_withdraws_the_certificate,
    parts_add_up_to_the_whole,
    a_refund_heard_twice_counts_once,
    a_refund_that_the_bank_refused_changes_nothing,
    a_refund_that_overtakes_its_payment_is_not_lost,
);

async fn refunded(app: &App, order: &str, (refund, tenge): (&str, i64)) -> Value {
    app.ioka(&webhook::refund("REFUND_APPROVED", order, (refund, tenge))).await.expect(200)["outcome"].clone()
}

async fn a_part_given_back_leaves_a_certificate_of_fewer_trees(app: App) {
    let (id, order) = app.completed().await;
    assert_eq!(refunded(&app, order.as_str(), ("rfd_1", 1000)).await, "applied");
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("partially_refunded"), &json!(1000)));
    assert_eq!((&shown["amount"], &shown["trees"]), (&json!(5000), &json!(10)));
    let number = shown["certificate"]["number"].as_str().unwrap();
    let certificate = app.get(&format!("/api/certificates/{number}")).await.expect(200);
    assert_eq!((&certificate["valid"], &certificate["trees"]), (&json!(true), &json!(8)));
    if number != "TREE-2026-000001" {
        assert_eq!(app.get("/api/certificates/TREE-2026-000001").await.expect(200)["valid"], false);
    }
}

async fn everything_given_back_withdraws_the_certificate(app: App) {
    let (id, order) = app.completed().await;
    assert_eq!(refunded(&app, order.as_str(), ("rfd_1", 5000)).await, "applied");
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("refunded"), &json!(5000)));
    assert_eq!(shown["certificate"], Value::Null);
    assert!(shown["completed_at"].is_string());
    assert_eq!(app.get("/api/certificates/TREE-2026-000001").await.expect(200)["valid"], false);
}

async fn parts_add_up_to_the_whole(app: App) {
    let (id, order) = app.completed().await;
    for (refund, tenge, status) in
        [("rfd_1", 1, "partially_refunded"), ("rfd_2", 2499, "partially_refunded"), ("rfd_3", 2500, "refunded")]
    {
        assert_eq!(refunded(&app, order.as_str(), (refund, tenge)).await, "applied");
        assert_eq!(app.shown(&id).await["status"], status);
    }
}

async fn a_refund_heard_twice_counts_once(app: App) {
    let (id, order) = app.completed().await;
    assert_eq!(refunded(&app, order.as_str(), ("rfd_1", 1000)).await, "applied");
    assert_eq!(refunded(&app, order.as_str(), ("rfd_1", 1000)).await, "duplicate");
    assert_eq!(app.shown(&id).await["refunded_amount"], 1000);
}

async fn a_refund_that_the_bank_refused_changes_nothing(app: App) {
    let (id, order) = app.completed().await;
    app.ioka(&webhook::refund("REFUND_DECLINED", order.as_str(), ("rfd_1", 1000))).await.expect(200);
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("completed"), &json!(0)));
}

async fn a_refund_that_overtakes_its_payment_is_not_lost(app: App) {
    let (id, order) = app.awaiting().await;
    refunded(&app, order.as_str(), ("rfd_1", 1000)).await;
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
    app.ioka(&webhook::captured(&id, order.as_str(), 5000)).await.expect(200);
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("partially_refunded"), &json!(1000)));
}
