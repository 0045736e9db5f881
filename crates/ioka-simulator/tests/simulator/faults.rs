//! Faults of payments, refunds and keys, and how faults are managed.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, THREE_DS_CARD, frozen, frozen_shop, shop, shop_with};
use ioka_simulator::Options;

#[tokio::test]
async fn pending_first_and_the_outcome_later() {
    let shop = frozen_shop().await;
    shop.fault(json!({ "kind": "pending", "seconds": 30 })).await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let payment = shop.pay(&order, GOOD_CARD).await.json();
    assert_eq!((&payment["status"], &payment["acquirer"]), (&json!("PENDING"), &Value::Null));
    shop.pay(&order, GOOD_CARD).await.assert_refused(409, "PaymentStarted");
    shop.advance(29).await;
    assert_eq!(shop.order_status(&order).await, "UNPAID");
    shop.advance(1).await;
    assert_eq!(shop.order_status(&order).await, "PAID");
    shop.fault(json!({ "kind": "pending", "seconds": 5 })).await;
    let refunds = format!("/v2/orders/{order}/refunds");
    assert_eq!(shop.post(&refunds, json!({ "amount": 600 })).await.json()["status"], "PENDING");
    shop.post(&refunds, json!({ "amount": 500 })).await.assert_refused(400, "PaymentRefundAmountExceededError");
    shop.advance(5).await;
    assert_eq!(shop.get(&refunds).await.json()[0]["status"], "APPROVED");
}

#[tokio::test]
async fn a_pending_payment_may_still_want_three_ds() {
    let shop = frozen_shop().await;
    shop.fault(json!({ "kind": "pending", "seconds": 1 })).await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    assert_eq!(shop.pay(&order, THREE_DS_CARD).await.json()["status"], "PENDING");
    shop.advance(1).await;
    let payments = shop.get(&format!("/v2/orders/{order}/payments")).await.json();
    assert_eq!(payments[0]["status"], "REQUIRES_ACTION");
}

#[tokio::test]
async fn a_refund_can_be_declined_by_the_bank() {
    let shop = shop().await;
    let order = shop.paid_order().await;
    shop.fault(json!({ "kind": "refund_declined" })).await;
    let answer = shop.post(&format!("/v2/orders/{order}/refunds"), json!({ "amount": 1_000 })).await;
    assert_eq!(answer.status, StatusCode::OK);
    let refund = answer.json();
    assert_eq!((&refund["status"], &refund["acquirer"]), (&json!("DECLINED"), &Value::Null));
    assert_eq!(refund["error"]["code"], "DECLINE_SINCE_UNABLE_TO_PROCESS");
    let payments = shop.get(&format!("/v2/orders/{order}/payments")).await.json();
    assert_eq!(payments[0]["refunded_amount"], 0);
}

#[tokio::test]
async fn another_amount_than_the_orders_can_be_captured() {
    let shop = shop().await;
    shop.fault(json!({ "kind": "captured_amount", "amount": 400_000 })).await;
    let order = shop.paid_order().await;
    let shown = shop.get(&format!("/v2/orders/{order}")).await.json();
    assert_eq!((&shown["status"], &shown["amount"]), (&json!("PAID"), &json!(500_000)));
    assert_eq!(shown["payments"][0]["captured_amount"], 400_000);
}

#[tokio::test]
async fn expired_keys_can_be_replaced() {
    let shop = shop_with(Options { client_secret: Some("s".into()), ..frozen() }).await;
    shop.fault(json!({ "kind": "key_expired", "times": 0 })).await;
    shop.get("/v2/orders").await.assert_refused(401, "Unauthorized");
    shop.get("/v2/orders").await.assert_refused(401, "Unauthorized");
    let pair = json!({ "client_id": "simulator", "client_secret": "s" });
    let issued = shop.send(shop.bare(Method::POST, "/v2/auth/token").json(&pair)).await.json();
    let key = issued["api_key"].as_str().unwrap();
    let list = shop.bare(Method::GET, "/v2/orders").header("API-KEY", key);
    assert_eq!(shop.send(list).await.status, StatusCode::OK);
    shop.get("/v2/orders").await.assert_refused(401, "Unauthorized");
}

#[tokio::test]
async fn faults_hit_what_they_match_as_often_as_they_say() {
    let shop = shop().await;
    let matches = json!({ "method": "post", "path": "/v2/orders" });
    shop.fault(json!({ "kind": "error", "status": 503, "match": matches, "times": 2 })).await;
    assert_eq!(shop.get("/v2/orders").await.status, StatusCode::OK, "another method");
    let customer = shop.post("/v2/customers", json!({})).await;
    assert_eq!(customer.status, StatusCode::CREATED, "another path");
    for _ in 0..2 {
        shop.post("/v2/orders", json!({ "amount": 100 })).await.assert_refused(503, "ServiceUnavailable");
    }
    assert_eq!(shop.post("/v2/orders", json!({ "amount": 100 })).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn faults_are_listed_and_removed() {
    let shop = shop().await;
    shop.fault(json!({ "kind": "error", "status": 500, "times": 0 })).await;
    shop.fault(json!({ "kind": "broken_json", "times": 3 })).await;
    let faults = shop.get("/_simulator/faults").await.json();
    assert_eq!((&faults[0]["left"], &faults[0]["fault"]["kind"]), (&Value::Null, &json!("error")));
    assert_eq!(faults[1]["left"], 3);
    let second = shop.delete(&format!("/_simulator/faults/{}", faults[1]["id"])).await;
    assert_eq!(second.status, StatusCode::NO_CONTENT);
    for _ in 0..3 {
        shop.get("/v2/orders").await.assert_refused(500, "InternalServerError");
    }
    assert_eq!(shop.delete("/_simulator/faults").await.status, StatusCode::NO_CONTENT);
    assert_eq!(shop.get("/v2/orders").await.status, StatusCode::OK);
    for body in [
        json!({ "kind": "meteor" }),
        json!({ "kind": "error" }),
        json!({ "kind": "error", "status": 200 }),
        json!({ "kind": "latency" }),
        json!({ "kind": "latency", "seconds": -1 }),
        json!({ "kind": "captured_amount" }),
        json!({ "kind": "error", "status": 500, "unknown": 1 }),
        json!({ "kind": "error", "status": 500, "match": { "host": "x" } }),
    ] {
        shop.post("/_simulator/faults", body).await.assert_refused(400, "InvalidRequest");
    }
}
