//! `Idempotency-Key`: whose it is, how long it counts, and what may be one.

use chrono::TimeDelta;
use fake_gateway::{Behaviour, Call, Pause};
use serde_json::{Value, json};

use crate::support::{App, Setup};

fn body() -> Value {
    json!({"amount": 5000, "donor_name": "Иван Иванов", "donor_email": "ivan@example.com"})
}

on_both_databases!(
    callers_do_not_share_their_keys,
    a_key_is_free_again_after_a_day,
    a_key_whose_request_died_is_free_again,
    what_is_no_key_is_refused,
    a_client_that_goes_away_leaves_no_taken_key_behind,
);

async fn callers_do_not_share_their_keys(app: App) {
    let (asem, oleg) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    let mut made = Vec::new();
    for session in [&asem, &oleg] {
        let call = app.post("/api/donations").bearer(&session.token).key("k-1").json(&json!({"amount": 5000}));
        let first = call.clone().await.expect(201);
        assert_eq!(call.await.expect(201), first);
        made.push(first["id"].clone());
    }
    let guest = app.post("/api/guest-donations").key("k-1").json(&body()).await;
    made.push(guest.expect(201)["id"].clone());
    assert!(made[0] != made[1] && made[1] != made[2], "{made:?}");
    // Somebody without a token is not told what an account was answered.
    let call = app.post("/api/donations").key("k-1").json(&json!({"amount": 5000}));
    let answer = call.await;
    assert!(!answer.text().contains(made[0].as_str().unwrap()), "{answer:?}");
}

async fn a_key_is_free_again_after_a_day(app: App) {
    let call = app.post("/api/guest-donations").key("k-1").json(&body());
    let first = call.clone().await.expect(201);
    app.clock.advance(TimeDelta::hours(24) - TimeDelta::microseconds(1));
    assert_eq!(call.clone().await.expect(201), first);
    app.clock.advance(TimeDelta::microseconds(1));
    let carried_out = call.clone().await;
    assert_ne!(carried_out.expect(201)["id"], first["id"]);
    assert_eq!(carried_out.header("idempotency-replayed"), None);
    assert_eq!(call.await.expect(201), carried_out.expect(201));
}

async fn a_key_whose_request_died_is_free_again(app: App) {
    use domain::ports::{Begin, Clock as _, IdempotencyKey, IdempotencyStore as _};
    // As a server leaves it that is killed half-way.
    let now = app.clock.now();
    let key = IdempotencyKey { caller: "address:127.0.0.1".into(), key: "k-1".into(), fingerprint: [7; 32] };
    assert_eq!(app.store().begin(&key, now, now).await.unwrap(), Begin::Fresh);
    let call = app.post("/api/guest-donations").key("k-1").json(&body());
    assert!([409, 422].contains(&call.clone().await.status));
    app.clock.advance(TimeDelta::hours(1));
    call.await.expect(201);
}

async fn what_is_no_key_is_refused(app: App) {
    let call = || app.post("/api/guest-donations").json(&body());
    for key in ["", " ", "a b", "қ", "a\tb", &"x".repeat(256)] {
        let wrong = call().key(key).await.wrong_fields();
        assert_eq!(wrong, ["Idempotency-Key: invalid_idempotency_key"], "{key:?}");
    }
    let twice = call().key("k-1").key("k-2").await;
    assert_eq!(twice.wrong_fields(), ["Idempotency-Key: invalid_idempotency_key"]);
    for key in ["!", "~", "k-1", &"x".repeat(255), "\"quoted\"", "a'); DROP TABLE donations;--"] {
        if !key.contains(' ') {
            call().key(key).await.expect(201);
        }
    }
}

async fn a_client_that_goes_away_leaves_no_taken_key_behind(app: App) {
    let id = app.guest_donation().await;
    let pause = Pause::new();
    app.gateway.next(Call::CreateOrder, Behaviour::PauseBefore(pause.clone()));
    let first = tokio::spawn(app.pay(&id).key("k-1").into_future());
    pause.reached().await;
    first.abort();
    pause.let_go();
    // The server carries it through; until then a repeat is told to wait.
    let again = loop {
        let again = app.pay(&id).key("k-1").await;
        if again.status != 409 {
            break again;
        }
        again.problem(409, "idempotency_in_progress");
    };
    assert_eq!(again.expect(200)["order_id"], app.gateway.orders()[0].id.as_str());
    assert_eq!(app.gateway.orders().len(), 1);
}

set_up_on_both_databases!(guests_behind_a_trusted_proxy_are_told_apart);

async fn guests_behind_a_trusted_proxy_are_told_apart(setup: Setup) {
    let app = setup.with("TRUSTED_PROXIES", "127.0.0.0/8").start();
    let from = |address: &str| {
        app.post("/api/guest-donations").header("x-forwarded-for", address).key("k-1").json(&body()).into_future()
    };
    let one = from("198.51.100.1").await.expect(201);
    let other = from("198.51.100.2").await.expect(201);
    assert_ne!(one["id"], other["id"]);
    assert_eq!(from("203.0.113.9, 198.51.100.1").await.expect(201), one);
}
