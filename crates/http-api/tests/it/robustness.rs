//! Whatever is sent, the answer is one that the contract names.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use reqwest::Method;
use serde_json::Value;

use crate::support::{App, JWT_SECRET, webhook};

on_both_databases!(
    arbitrary_paths_headers_and_queries_are_answered,
    arbitrary_json_is_answered,
    arbitrary_signed_events_are_answered,
);

/// So many values of this kind, the same ones in every run.
pub fn cases<S: Strategy>(count: usize, strategy: &S) -> Vec<S::Value> {
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// Nothing of the inside shows in an answer.
pub fn tells_nothing(answer: &str) {
    let lower = answer.to_lowercase();
    for inside in
        ["select ", "insert ", "sqlite", "postgres", "diesel", "panicked", "/crates/", ".rs:", "/tmp/", "argon2"]
    {
        assert!(!lower.contains(inside), "{inside}: {answer}");
    }
    for secret in [webhook::KEY, JWT_SECRET] {
        assert!(!answer.contains(secret), "{answer}");
    }
}

fn segment() -> impl Strategy<Value = String> {
    let known =
        ["api", "donations", "guest-donations", "payment", "cancel", "certificates", "auth", "me", "health", "ready"];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => Just("0193f2c4-0000-7000-8000-000000000001".to_owned()),
        2 => "[a-zA-Z0-9._~!$&'()*+,;=:@-]{0,20}",
        2 => "(%[0-9a-f]{2}){1,6}",
        1 => Just("..".to_owned()),
    ]
}

async fn arbitrary_paths_headers_and_queries_are_answered(app: App) {
    let session = app.register("asem@example.com").await;
    let names =
        ["accept-language", "x-request-id", "idempotency-key", "content-type", "origin", "x-forwarded-for", "range"];
    let header = (prop::sample::select(names.to_vec()), "[ -~]{0,60}");
    let call = (
        prop::sample::select(&["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"][..]),
        prop::collection::vec(segment(), 0..5),
        "([a-z]{1,6}=[a-zA-Z0-9%_-]{0,20}&?){0,3}",
        prop::collection::vec(header, 0..4),
    );
    for (n, (method, path, query, headers)) in cases(400, &call).into_iter().enumerate() {
        let path = format!("/{}?{query}", path.join("/"));
        let mut call = app.call(Method::from_bytes(method.as_bytes()).unwrap(), &path);
        for (name, value) in headers {
            call = call.header(name, value.trim());
        }
        if n % 2 == 0 {
            call = call.bearer(&session.token);
        }
        let answer = call.await;
        assert!(answer.status < 500, "{method} {path}: {answer:?}");
        tells_nothing(&answer.text());
    }
}

/// JSON of any shape, in which the names and values that mean something are frequent.
fn json() -> impl Strategy<Value = Value> {
    let words = [
        "trees",
        "payment.succeeded",
        "PAYMENT_CAPTURED",
        "KZT",
        "a@example.com",
        "ru",
        "\0",
        "",
        "ord_1",
        "\u{10ffff}",
        "1e9",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        prop::sample::select(words.to_vec()).prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        (1i64..6000).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 64, 8, |inner| {
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            4 => prop::collection::hash_map(name(), inner, 0..8).prop_map(|members| members.into_iter().collect()),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    let known = [
        "amount",
        "trees",
        "campaign",
        "message",
        "certificate_name",
        "anonymous",
        "language",
        "donor_name",
        "donor_email",
        "email",
        "password",
        "name",
        "event",
        "order",
        "object",
        "payment",
        "refund",
        "id",
        "external_id",
        "currency",
        "captured_amount",
        "error",
        "code",
        "created_at",
        "status",
        "card",
    ];
    prop_oneof![9 => prop::sample::select(known.to_vec()).prop_map(str::to_owned), 1 => ".{0,8}"]
}

async fn arbitrary_json_is_answered(app: App) {
    let session = app.register("asem@example.com").await;
    let paths = ["/api/guest-donations", "/api/donations", "/api/auth/login", "/api/auth/register"];
    for (n, body) in cases(240, &json()).iter().enumerate() {
        let path = paths[n % paths.len()];
        let answer = app.post(path).bearer(&session.token).json(body).await;
        assert!(answer.status < 500, "{path} {body}: {answer:?}");
        tells_nothing(&answer.text());
    }
}

async fn arbitrary_signed_events_are_answered(app: App) {
    let (id, order) = app.awaiting().await;
    let events = [
        "PAYMENT_CAPTURED",
        "PAYMENT_DECLINED",
        "ORDER_EXPIRED",
        "REFUND_APPROVED",
        "REFUND_DECLINED",
        "payment.succeeded",
        "payment.failed",
        "payment.cancelled",
    ];
    for (n, mut body) in cases(300, &json()).into_iter().enumerate() {
        if let Some(members) = body.as_object_mut() {
            members.insert("event".into(), events[n % events.len()].into());
            let part = if n % 2 == 0 { "order" } else { "object" };
            if let Some(object) =
                members.entry(part).or_insert_with(|| Value::Object(Default::default())).as_object_mut()
            {
                let (name, value) = if n % 3 == 0 { ("id", order.as_str()) } else { ("external_id", id.as_str()) };
                object.insert(name.into(), value.into());
            }
        }
        let body = body.to_string();
        let answer = if n % 2 == 0 { app.ioka(&body).await } else { app.guide(&body).await };
        assert!([200, 400, 401].contains(&answer.status), "{body}: {answer:?}");
        tells_nothing(&answer.text());
    }
    assert_eq!(app.get("/api/certificates/TREE-2026-000002").await.status, 404);
}
