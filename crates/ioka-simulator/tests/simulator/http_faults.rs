//! Faults of the connection and of answers.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::shop;

#[tokio::test]
async fn an_error_is_answered_and_nothing_is_done() {
    let shop = shop().await;
    for (status, code) in
        [(500, "InternalServerError"), (502, "BadGateway"), (504, "GatewayTimeout"), (401, "Unauthorized")]
    {
        shop.fault(json!({ "kind": "error", "status": status })).await;
        shop.post("/v2/orders", json!({ "amount": 100 })).await.assert_refused(status, code);
    }
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "0");
}

#[tokio::test]
async fn broken_json_comes_with_the_right_status_after_the_work() {
    let shop = shop().await;
    shop.fault(json!({ "kind": "broken_json" })).await;
    let answer = shop.post("/v2/orders", json!({ "amount": 100 })).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert!(serde_json::from_str::<serde_json::Value>(&answer.text).is_err(), "{}", answer.text);
    assert!(answer.text.starts_with("{\"order\""));
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "1");
}

#[tokio::test]
async fn a_connection_closed_before_the_work_leaves_nothing() {
    let shop = shop().await;
    shop.fault(json!({ "kind": "close_before", "match": { "path": "/v2/orders" } })).await;
    let request = shop.request(Method::POST, "/v2/orders").json(&json!({ "amount": 100 }));
    assert!(request.send().await.is_err());
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "0");
}

#[tokio::test]
async fn a_connection_closed_after_the_work_leaves_the_work() {
    let shop = shop().await;
    shop.fault(json!({ "kind": "close_after" })).await;
    let create = || {
        shop.request(Method::POST, "/v2/orders")
            .header("idempotency-key", "k")
            .json(&json!({ "amount": 100, "external_id": "one" }))
    };
    assert!(create().send().await.is_err());
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "1");
    let repeat = shop.send(create()).await;
    assert_eq!((repeat.status, &repeat.json()["order"]["external_id"]), (StatusCode::CREATED, &json!("one")));
    let seen = shop.get("/_simulator/requests").await.json();
    assert_eq!((&seen[0]["path"], &seen[0]["status"]), (&json!("/v2/orders"), &json!(null)));
}

#[tokio::test]
async fn latency_outlasts_a_clients_patience() {
    let shop = shop().await;
    shop.fault(json!({ "kind": "latency", "seconds": 30 })).await;
    let impatient = shop.request(Method::GET, "/v2/orders").timeout(std::time::Duration::from_millis(50));
    assert!(impatient.send().await.unwrap_err().is_timeout());
    shop.fault(json!({ "kind": "latency", "seconds": 0.01 })).await;
    assert_eq!(shop.get("/v2/orders").await.status, StatusCode::OK);
    assert_eq!(shop.get("/_simulator/faults").await.json(), json!([]));
}

#[tokio::test]
async fn pages_are_hit_only_by_faults_that_name_them() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 100 })).await;
    let page = format!("/ru/orders/{order}");
    shop.fault(json!({ "kind": "error", "status": 500 })).await;
    assert_eq!(shop.get(&page).await.status, StatusCode::OK);
    shop.get("/v2/orders").await.assert_refused(500, "InternalServerError");
    shop.fault(json!({ "kind": "error", "status": 500, "match": { "path": "/ru/orders" } })).await;
    assert_eq!(shop.get(&page).await.status, StatusCode::INTERNAL_SERVER_ERROR);
}

#[tokio::test]
async fn requests_are_recorded_without_secrets() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 100 })).await;
    shop.pay(&order, "5555555555555599").await;
    let seen = shop.get("/_simulator/requests").await;
    assert!(!seen.text.contains(shop.ioka.api_key()) && !seen.text.contains("5555555555555599"), "{}", seen.text);
    let seen = seen.json();
    assert_eq!(
        (&seen[0]["method"], &seen[0]["status"], &seen[0]["body"]),
        (&json!("POST"), &json!(201), &json!("{\"amount\":100}"))
    );
    assert_eq!(seen[1]["body"], json!(null));
}
