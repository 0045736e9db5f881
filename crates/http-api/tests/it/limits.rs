//! How often a client may ask for what.

use std::future::IntoFuture as _;

use chrono::TimeDelta;
use fake_gateway::{Behaviour, Call as FakeCall};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, App, Call, Setup};

limited_on_both_databases!(
    accounts_are_asked_for_ten_times_a_minute,
    twenty_donations_a_minute_can_be_made,
    ten_payments_a_minute_can_be_begun,
    one_donation_can_be_begun_to_be_paid_five_times_in_ten_minutes,
    the_open_order_is_given_again_however_often_and_at_once,
    an_answer_that_is_given_again_does_not_count,
    a_refused_request_can_be_repeated_with_its_key,
    an_ipv6_client_is_its_slash_64,
    a_failed_order_counts_though_nothing_was_made,
    webhooks_and_health_are_not_limited,
);

set_up_on_both_databases!(a_stranger_cannot_choose_an_address, limits_can_be_changed_and_switched_off);

/// From this address, as the proxy tells it.
fn from(call: Call, address: &str) -> Call {
    call.header("x-forwarded-for", address)
}

fn gift() -> Value {
    json!({"amount": 5000, "donor_name": "Иван", "donor_email": "ivan@example.com"})
}

fn give(app: &App) -> Call {
    app.post("/api/guest-donations").json(&gift())
}

/// A refusal as every limit words it: how long to wait, in seconds.
#[track_caller]
fn wait(answer: &Answer) -> i64 {
    let problem = answer.problem(429, "rate_limited");
    assert!(problem.get("errors").is_none());
    answer.header("retry-after").unwrap().parse().unwrap()
}

/// A new donation, made from an address of its own.
async fn made(app: &App, number: usize) -> String {
    let call = from(give(app), &format!("198.51.100.{number}"));
    call.await.expect(201)["id"].as_str().unwrap().to_owned()
}

async fn accounts_are_asked_for_ten_times_a_minute(app: App) {
    let calls = |number: usize| match number % 3 {
        0 => app.post("/api/auth/login").json(&json!({"email": "a@example.com", "password": "wrong"})),
        1 => app.post("/api/auth/register").json(&json!({"email": "x"})),
        _ => app.post("/api/auth/password/forgot").json(&json!({"email": "a@example.com"})),
    };
    for number in 0..10 {
        assert_ne!(calls(number).await.status, 429, "{number}");
    }
    for number in 0..3 {
        assert_eq!(wait(&calls(number).await), 6);
    }
    // Others, and other things, go on.
    assert_eq!(from(calls(0), "203.0.113.9").await.status, 401);
    give(&app).await.expect(201);
    app.clock.advance(TimeDelta::seconds(6));
    assert_ne!(calls(0).await.status, 429);
    assert_eq!(wait(&calls(0).await), 6);
}

async fn twenty_donations_a_minute_can_be_made(app: App) {
    for _ in 0..20 {
        give(&app).await.expect(201);
    }
    let seconds = wait(&give(&app).await);
    assert_eq!(seconds, 3);
    let body = give(&app).header("accept-language", "ru").await.problem(429, "rate_limited");
    assert_eq!(body["title"], "Слишком часто");
    app.clock.advance(TimeDelta::seconds(seconds));
    give(&app).await.expect(201);
}

async fn ten_payments_a_minute_can_be_begun(app: App) {
    let mut donations = Vec::new();
    for number in 0..12 {
        donations.push(made(&app, number).await);
    }
    for id in &donations[..10] {
        app.pay(id).await.expect(200);
    }
    // In whole minutes, so that it tells nobody which rule it was.
    let seconds = wait(&app.pay(&donations[10]).await);
    assert_eq!((seconds, app.gateway.orders().len()), (60, 10));
    assert_eq!(app.shown(&donations[10]).await["status"], "pending");
    from(app.pay(&donations[11]), "203.0.113.9").await.expect(200);
    app.clock.advance(TimeDelta::seconds(seconds));
    app.pay(&donations[10]).await.expect(200);
}

async fn one_donation_can_be_begun_to_be_paid_five_times_in_ten_minutes(app: App) {
    let id = made(&app, 1).await;
    let cancel = format!("/api/guest-donations/{id}/cancel");
    for number in 0..5 {
        from(app.pay(&id), &format!("203.0.113.{number}")).await.expect(200);
        app.post(&cancel).await.expect(200);
    }
    let seconds = wait(&from(app.pay(&id), "203.0.113.77").await);
    assert_eq!(seconds, 120);
    app.clock.advance(TimeDelta::seconds(seconds));
    from(app.pay(&id), "203.0.113.77").await.expect(200);
}

async fn the_open_order_is_given_again_however_often_and_at_once(app: App) {
    let id = made(&app, 1).await;
    let answers = join_all((0..40).map(|_| app.pay(&id).into_future())).await;
    let first = answers[0].expect(200);
    assert!(answers.iter().all(|answer| answer.expect(200) == first));
    for _ in 0..20 {
        assert_eq!(app.pay(&id).await.expect(200), first);
    }
    // All of it was one start.
    for number in 2..=10 {
        app.pay(&made(&app, number).await).await.expect(200);
    }
    wait(&app.pay(&made(&app, 11).await).await);
}

async fn an_answer_that_is_given_again_does_not_count(app: App) {
    for _ in 0..30 {
        give(&app).key("one-donation").await.expect(201);
    }
    for _ in 0..19 {
        give(&app).await.expect(201);
    }
    wait(&give(&app).await);
    assert_eq!(give(&app).key("one-donation").await.header("idempotency-replayed"), Some("true"));
}

async fn a_refused_request_can_be_repeated_with_its_key(app: App) {
    for _ in 0..20 {
        give(&app).await.expect(201);
    }
    let seconds = wait(&give(&app).key("later").await);
    app.clock.advance(TimeDelta::seconds(seconds));
    let answer = give(&app).key("later").await;
    answer.expect(201);
    assert_eq!(answer.header("idempotency-replayed"), None);
}

async fn an_ipv6_client_is_its_slash_64(app: App) {
    for number in 0..20 {
        from(give(&app), &format!("2001:db8:1:2:{number:x}::1")).await.expect(201);
    }
    wait(&from(give(&app), "2001:db8:1:2:ffff::9").await);
    from(give(&app), "2001:db8:1:3::1").await.expect(201);
}

async fn a_failed_order_counts_though_nothing_was_made(app: App) {
    let id = made(&app, 1).await;
    app.gateway.always(FakeCall::CreateOrder, Behaviour::Refuse);
    for _ in 0..5 {
        app.pay(&id).await.problem(502, "gateway_rejected");
    }
    wait(&app.pay(&id).await);
}

async fn webhooks_and_health_are_not_limited(app: App) {
    for _ in 0..100 {
        assert_eq!(app.get("/health").await.status, 200);
        app.ioka("{}").await.problem(400, "malformed_event");
    }
}

async fn a_stranger_cannot_choose_an_address(setup: Setup) {
    let app = setup.with("RATE_LIMIT_ENABLED", "true").with("TRUSTED_PROXIES", "10.0.0.0/8").start();
    for number in 0..20 {
        from(give(&app), &format!("203.0.113.{number}")).await.expect(201);
    }
    wait(&from(give(&app), "203.0.113.99").await);
}

async fn limits_can_be_changed_and_switched_off(setup: Setup) {
    let limits = [
        ("RATE_LIMIT_ENABLED", "true"),
        ("RATE_LIMIT_AUTH_PER_MINUTE", "1"),
        ("RATE_LIMIT_DONATIONS_PER_MINUTE", "2"),
        ("RATE_LIMIT_PAYMENTS_PER_MINUTE", "1"),
        ("RATE_LIMIT_PAYMENTS_PER_DONATION", "1"),
    ];
    let app = limits.into_iter().fold(setup, |setup, (key, value)| setup.with(key, value)).start();
    assert_eq!(app.log_in("a@example.com", "wrong").await.status, 401);
    assert_eq!(wait(&app.log_in("a@example.com", "wrong").await), 60);
    let (one, other) = (app.guest_donation().await, app.guest_donation().await);
    assert_eq!(wait(&give(&app).await), 30);
    app.pay(&one).await.expect(200);
    assert_eq!(wait(&app.pay(&other).await), 60);
    app.clock.advance(TimeDelta::minutes(1));
    app.post(&format!("/api/guest-donations/{one}/cancel")).await.expect(200);
    assert_eq!(wait(&app.pay(&one).await), 540);
}
