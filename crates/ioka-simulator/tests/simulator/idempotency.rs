//! `idempotency-key`.

use reqwest::Method;
use serde_json::json;

use crate::support::{frozen_shop, shop};

#[tokio::test]
async fn repeats_with_a_key_get_the_first_answer_for_an_hour() {
    let shop = frozen_shop().await;
    let create =
        || shop.request(Method::POST, "/v2/orders").header("idempotency-key", "k1").json(&json!({ "amount": 1_000 }));
    let first = shop.send(create()).await;
    let second = shop.send(create()).await;
    assert_eq!((first.status, &first.text), (second.status, &second.text));
    assert_ne!(first.header("x-trace-id"), second.header("x-trace-id"));
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "1");
    shop.advance(3599).await;
    assert_eq!(shop.send(create()).await.text, first.text);
    shop.advance(1).await;
    assert_ne!(shop.send(create()).await.text, first.text);
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "2");
}

#[tokio::test]
async fn calls_at_the_same_moment_with_one_key_are_executed_once() {
    let shop = shop().await;
    let create =
        || shop.request(Method::POST, "/v2/orders").header("idempotency-key", "k").json(&json!({ "amount": 1_000 }));
    let (one, two, three) = tokio::join!(shop.send(create()), shop.send(create()), shop.send(create()));
    assert_eq!(one.text, two.text);
    assert_eq!(two.text, three.text);
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "1");
}

#[tokio::test]
async fn refusals_are_kept_as_well_but_not_those_of_the_key() {
    let shop = shop().await;
    let create = |key: &str| {
        shop.bare(Method::POST, "/v2/orders")
            .header("API-KEY", key)
            .header("idempotency-key", "k")
            .json(&json!({ "amount": 1 }))
    };
    shop.send(create("wrong")).await.assert_refused(401, "Unauthorized");
    shop.send(create(shop.ioka.api_key())).await.assert_refused(400, "InvalidRequest");
    let repeat = shop.request(Method::POST, "/v2/orders").header("idempotency-key", "k");
    shop.send(repeat.json(&json!({ "amount": 1_000 }))).await.assert_refused(400, "InvalidRequest");
}
