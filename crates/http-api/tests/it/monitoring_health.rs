//! What health says of each part.

use chrono::TimeDelta;
use domain::ports::MailError;
use fake_gateway::{Behaviour, Call as GatewayCall};
use serde_json::{Value, json};

use crate::support::{App, Setup, webhook};

async fn components(app: &App) -> Value {
    app.get("/health/ready").await.expect(200)["components"].clone()
}

on_both_databases!(a_new_server_has_nothing_to_complain_of);

async fn a_new_server_has_nothing_to_complain_of(app: App) {
    let ok = json!({"status": "ok"});
    let queue = json!({"status": "ok", "due": 0});
    let expected = json!({
        "database": ok, "migrations": ok, "gateway": ok, "mail": ok, "job_queue": queue, "reconciliation": ok,
    });
    assert_eq!(components(&app).await, expected);
}

on_both_databases!(a_gateway_that_fails_is_degraded_until_it_answers_and_the_server_stays_ready);

async fn a_gateway_that_fails_is_degraded_until_it_answers_and_the_server_stays_ready(app: App) {
    let id = app.guest_donation().await;
    let failing_since = domain::ports::Clock::now(app.clock.as_ref());
    for _ in 0..2 {
        app.gateway.next(GatewayCall::CreateOrder, Behaviour::BeUnavailable);
        app.pay(&id).await.problem(502, "gateway_unavailable");
        app.clock.advance(TimeDelta::minutes(1));
    }
    let calls = app.gateway.calls(GatewayCall::CreateOrder);
    let gateway = &components(&app).await["gateway"];
    assert_eq!(gateway["status"], "degraded");
    assert_eq!(gateway["failing_since"].as_str().unwrap().parse::<domain::Instant>(), Ok(failing_since));
    assert_eq!(app.gateway.calls(GatewayCall::CreateOrder), calls, "health calls nobody");
    assert_eq!(app.gateway.calls(GatewayCall::Check), 0);

    app.pay(&id).await.expect(200);
    let gateway = &components(&app).await["gateway"];
    assert_eq!((&gateway["status"], &gateway["failing_since"]), (&json!("ok"), &Value::Null));
    assert!(gateway["last_ok_at"].is_string(), "{gateway}");
}

on_both_databases!(jobs_that_nobody_does_degrade_the_queue);

async fn jobs_that_nobody_does_degrade_the_queue(app: App) {
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::captured(&id, order.as_str(), 5000)).await.expect(200);
    assert_eq!(components(&app).await["job_queue"]["status"], "ok");
    app.clock.advance(TimeDelta::minutes(11));
    let queue = &components(&app).await["job_queue"];
    assert_eq!((&queue["status"], &queue["due"]), (&json!("degraded"), &json!(1)), "{queue}");
    app.work_off().await;
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(components(&app).await["job_queue"], json!({"status": "ok", "due": 0}));
}

#[tokio::test]
async fn a_mail_server_that_is_away_degrades_mail_alone() {
    let app = Setup::sqlite().await.start_with(|_| {});
    let house = app.served_house();
    app.completed().await;
    app.mailbox.fail_next(MailError::Unavailable("away".to_owned()));
    application::work_off_jobs(&house, &|| false).await.unwrap();
    assert_eq!(components(&app).await["mail"]["status"], "degraded");
    app.clock.advance(TimeDelta::hours(1));
    application::work_off_jobs(&house, &|| false).await.unwrap();
    assert_eq!(components(&app).await["mail"]["status"], "ok");
}

on_both_databases!(a_comparison_that_is_late_degrades_reconciliation);

async fn a_comparison_that_is_late_degrades_reconciliation(app: App) {
    let pace = |_| -> futures_util::future::BoxFuture<'static, application::Onward> {
        Box::pin(async { application::Onward::GoOn })
    };
    application::compare_due_days(&app.house(), &pace).await.unwrap();
    let compared = components(&app).await["reconciliation"].clone();
    assert_eq!((&compared["status"], &compared["differences"]), (&json!("ok"), &json!(0)), "{compared}");
    assert_eq!(compared["day"], "2026-02-28");
    app.clock.advance(TimeDelta::hours(48));
    let late = components(&app).await["reconciliation"].clone();
    assert_eq!((&late["status"], &late["day"]), (&json!("degraded"), &compared["day"]));
}

#[tokio::test]
async fn without_its_database_the_parts_that_live_in_it_are_down() {
    let mut app = Setup::postgres().await.impatient().await.start();
    app.lose_database();
    let health = app.get("/health/ready").await.expect(503);
    let parts = &health["components"];
    for part in ["database", "migrations", "job_queue", "reconciliation"] {
        assert_eq!(parts[part]["status"], "down", "{part}: {health}");
    }
    assert_eq!(parts["gateway"]["status"], "ok");
}
