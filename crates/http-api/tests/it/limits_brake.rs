//! The brake: an operator stops new payments.

use domain::Tenge;
use serde_json::{Value, json};

use crate::support::{App, Browser, Session, webhook};

on_both_databases!(
    a_pulled_brake_stops_new_payments_on_every_server,
    all_that_is_under_way_goes_on_while_the_brake_is_pulled,
    only_an_administrator_can_reach_the_brake,
    pulling_it_wants_a_reason,
    a_donor_is_told_in_words_that_payments_are_paused,
);

const BRAKE: &str = "/api/admin/brake";

async fn set(app: &App, admin: &Session, body: Value) -> Value {
    let call = app.call(reqwest::Method::PUT, BRAKE).bearer(&admin.token).json(&body);
    call.await.expect(200)
}

async fn pulled(app: &App) -> Session {
    let admin = app.admin().await;
    set(app, &admin, json!({"on": true, "reason": "Перебор карт"})).await;
    admin
}

async fn a_pulled_brake_stops_new_payments_on_every_server(app: App) {
    let another = app.another();
    let (id, (open, order)) = (app.guest_donation().await, app.awaiting().await);
    let admin = app.admin().await;
    let off = json!({"on": false, "reason": null, "changed_at": null, "changed_by": null});
    assert_eq!(app.get(BRAKE).bearer(&admin.token).await.expect(200), off);
    let brake = set(&app, &admin, json!({"on": true, "reason": "Перебор карт"})).await;
    assert_eq!((&brake["on"], &brake["reason"]), (&json!(true), &json!("Перебор карт")));
    assert_eq!(brake["changed_by"], format!("account:{}", admin.account));
    assert_eq!(another.get(BRAKE).bearer(&admin.token).await.expect(200), brake);
    for server in [&app, &another] {
        let refused = server.pay(&id).await;
        let problem = refused.problem(503, "payments_paused");
        assert!(!problem.to_string().contains("Перебор"), "the reason is for operators: {problem}");
        assert_eq!(refused.header("retry-after"), Some("300"));
        assert_eq!(server.pay(&open).await.expect(200)["order_id"], order.as_str(), "the open order is no new one");
    }
    assert_eq!(app.gateway.orders().len(), 1);
    assert_eq!(set(&another, &admin, json!({"on": false})).await["on"], false);
    for server in [&another, &app] {
        server.pay(&id).await.expect(200);
    }
}

async fn all_that_is_under_way_goes_on_while_the_brake_is_pulled(app: App) {
    let ((id, order), (paid, _)) = (app.awaiting().await, app.completed().await);
    let admin = pulled(&app).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let captured = webhook::captured(&id, order.as_str(), 5000);
    assert_eq!(app.ioka(&captured).await.expect(200)["outcome"], "applied");
    app.refund(&admin, &paid, &json!({"reason": "по просьбе"})).await.expect(201);
    app.guest_donation().await;
}

async fn only_an_administrator_can_reach_the_brake(app: App) {
    let donor = app.register("donor@example.com").await;
    for method in [reqwest::Method::GET, reqwest::Method::PUT] {
        let call = || app.call(method.clone(), BRAKE).json(&json!({"on": true, "reason": "x"}));
        call().await.problem(401, "unauthenticated");
        call().bearer(&donor.token).await.problem(403, "forbidden");
    }
    let id = app.guest_donation().await;
    app.pay(&id).await.expect(200);
}

async fn pulling_it_wants_a_reason(app: App) {
    let admin = app.admin().await;
    let wrong =
        async |body: Value| app.call(reqwest::Method::PUT, BRAKE).bearer(&admin.token).json(&body).await.wrong_fields();
    assert_eq!(wrong(json!({})).await, ["on: required"]);
    assert_eq!(wrong(json!({"on": "yes"})).await, ["on: not_boolean"]);
    assert_eq!(wrong(json!({"on": true})).await, ["reason: required"]);
    assert_eq!(wrong(json!({"on": true, "reason": " "})).await, ["reason: required"]);
    assert_eq!(wrong(json!({"on": true, "reason": 7})).await, ["reason: not_text"]);
    assert_eq!(app.get(BRAKE).bearer(&admin.token).await.expect(200)["on"], false);
}

async fn a_donor_is_told_in_words_that_payments_are_paused(app: App) {
    let id = app.guest_donation().await;
    pulled(&app).await;
    let answer = Browser::new(&app).post(&format!("/donations/{id}/pay?lang=ru"), &[]).await;
    let page = answer.page(503);
    assert!(page.contains("Оплата приостановлена"), "{page}");
    assert!(page.contains(&format!("/donations/{id}?lang=ru")), "{page}");
    assert_eq!(answer.header("retry-after"), Some("300"));
}
