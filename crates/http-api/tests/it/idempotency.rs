//! `Idempotency-Key`: what a repeat gets.

use fake_gateway::{Behaviour, Call, Pause};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::App;

fn body() -> Value {
    json!({"amount": 5000, "donor_name": "Иван Иванов", "donor_email": "ivan@example.com"})
}

on_both_databases!(
    a_repeat_gets_the_first_answer_again,
    a_repeated_payment_gets_the_first_answer_again,
    a_refusal_is_repeated_too,
    another_body_or_path_may_not_have_the_same_key,
    while_the_first_is_running_a_repeat_is_told_to_wait,
    an_answer_of_5xx_is_not_kept,
    of_many_at_once_one_is_carried_out,
    without_a_key_every_request_is_carried_out,
);

async fn a_repeat_gets_the_first_answer_again(app: App) {
    let call = app.post("/api/guest-donations").key("k-1").json(&body());
    let first = call.clone().await;
    first.expect(201);
    assert_eq!(first.header("idempotency-replayed"), None);
    let again = call.header("x-request-id", "another-request").await;
    assert_eq!(again.body, first.body);
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.header("x-request-id"), Some("another-request"));
    for header in ["location", "content-type"] {
        assert_eq!(again.header(header), first.header(header), "{header}");
    }
    assert_eq!(again.status, 201);
}

async fn a_repeated_payment_gets_the_first_answer_again(app: App) {
    let id = app.guest_donation().await;
    let first = app.pay(&id).key("k-1").await;
    first.expect(200);
    app.post(&format!("/api/guest-donations/{id}/cancel")).await.expect(200);
    let again = app.pay(&id).key("k-1").await;
    assert_eq!((again.body, again.status), (first.body, 200));
    // The first answer was given again, nothing was done.
    assert_eq!(app.shown(&id).await["status"], "cancelled");
}

async fn a_refusal_is_repeated_too(app: App) {
    let call = app.post("/api/guest-donations").key("k-1").json(&json!({"amount": 1}));
    let first = call.clone().await;
    first.problem(422, "validation_failed");
    let again = call.header("x-request-id", "r-2").await;
    assert_eq!(again.header("idempotency-replayed"), Some("true"));
    assert_eq!(again.wrong_fields(), first.wrong_fields());
}

async fn another_body_or_path_may_not_have_the_same_key(app: App) {
    let (one, other) = (app.guest_donation().await, app.guest_donation().await);
    app.post("/api/guest-donations").key("k-1").json(&body()).await.expect(201);
    let mut changed = body();
    changed["amount"] = json!(5001);
    let call = app.post("/api/guest-donations").key("k-1");
    call.clone().json(&changed).await.problem(422, "idempotency_key_reused");
    call.text(&format!("{} ", body())).await.problem(422, "idempotency_key_reused");
    app.pay(&one).key("k-1").json(&body()).await.problem(422, "idempotency_key_reused");

    app.pay(&one).key("k-2").await.expect(200);
    app.pay(&other).key("k-2").await.problem(422, "idempotency_key_reused");
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn while_the_first_is_running_a_repeat_is_told_to_wait(app: App) {
    let id = app.guest_donation().await;
    let pause = Pause::new();
    app.gateway.next(Call::CreateOrder, Behaviour::PauseBefore(pause.clone()));
    let first = tokio::spawn(app.pay(&id).key("k-1").into_future());
    pause.reached().await;
    let waiting = app.pay(&id).key("k-1").await;
    waiting.problem(409, "idempotency_in_progress");
    assert!(waiting.header("retry-after").is_some());
    app.pay(&id).key("k-1").json(&json!({})).await.problem(422, "idempotency_key_reused");
    pause.let_go();
    let first = first.await.unwrap();
    let again = app.pay(&id).key("k-1").await;
    assert_eq!((again.expect(200), again.header("idempotency-replayed")), (first.expect(200), Some("true")));
}

async fn an_answer_of_5xx_is_not_kept(app: App) {
    let id = app.guest_donation().await;
    for (behaviour, status) in [(Behaviour::BeUnavailable, 502), (Behaviour::LoseAnswer, 504)] {
        app.gateway.next(Call::CreateOrder, behaviour);
        assert_eq!(app.pay(&id).key("k-1").await.status, status);
    }
    let carried_out = app.pay(&id).key("k-1").await;
    assert_eq!(carried_out.expect(200)["order_id"], app.gateway.orders()[0].id.as_str());
    assert_eq!(carried_out.header("idempotency-replayed"), None);
    assert_eq!(app.pay(&id).key("k-1").await.header("idempotency-replayed"), Some("true"));
}

async fn of_many_at_once_one_is_carried_out(app: App) {
    let call = app.post("/api/guest-donations").key("k-1").json(&body());
    let answers = join_all((0..20).map(|_| call.clone().into_future())).await;
    let mut made: Vec<String> =
        answers.iter().filter(|answer| answer.status == 201).map(|answer| answer.text()).collect();
    made.dedup();
    assert_eq!(made.len(), 1);
    for answer in answers.iter().filter(|answer| answer.status != 201) {
        answer.problem(409, "idempotency_in_progress");
    }
}

async fn without_a_key_every_request_is_carried_out(app: App) {
    assert_ne!(app.guest_donation().await, app.guest_donation().await);
}
