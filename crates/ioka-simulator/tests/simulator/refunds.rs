//! Refunds.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{assert_date, assert_id, assert_keys, shop};

#[tokio::test]
async fn a_refund_answers_200_with_every_field() {
    let shop = shop().await;
    let order = shop.paid_order().await;
    let body = json!({ "amount": 10_000, "external_id": "r-1", "reason": "asked for" });
    let answer = shop.post(&format!("/v2/orders/{order}/refunds"), body).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_keys(
        &answer.text,
        &["id", "payment_id", "order_id", "status", "external_id", "created_at", "amount", "error", "acquirer"],
    );
    let refund = answer.json();
    assert_id(&refund["id"], "rfd_");
    assert_date(&refund["created_at"]);
    assert_eq!((&refund["status"], &refund["amount"]), (&json!("APPROVED"), &json!(10_000)));
    assert_eq!((&refund["external_id"], &refund["error"]), (&json!("r-1"), &Value::Null));
    let shown = shop.get(&format!("/v2/orders/{order}")).await.json();
    assert_eq!(shown["status"], "PAID", "refunds do not move the order");
    assert_eq!(shown["payments"][0]["refunded_amount"], 10_000);
    let id = refund["id"].as_str().unwrap();
    assert_eq!(shop.get(&format!("/v2/orders/{order}/refunds/{id}")).await.json(), refund);
    assert_eq!(shop.get(&format!("/v2/orders/{order}/refunds")).await.json(), json!([refund]));
    shop.get(&format!("/v2/orders/{order}/refunds/none")).await.assert_refused(404, "RefundNotFound");
    let found = shop.get(&format!("/v2/search/refunds?order_id={order}&refund_status=APPROVED")).await.json();
    assert_eq!((&found["count"], &found["data"][0]["reason"]), (&json!(1), &json!("asked for")));
    assert_eq!(shop.get("/v2/search/refunds?refund_status=DECLINED").await.json(), json!({ "count": 0, "data": [] }));
}

#[tokio::test]
async fn no_more_than_was_captured_is_refunded() {
    let shop = shop().await;
    let order = shop.paid_order().await;
    let refunds = format!("/v2/orders/{order}/refunds");
    assert_eq!(shop.post(&refunds, json!({ "amount": 300_000 })).await.status, StatusCode::OK);
    let too_much = shop.post(&refunds, json!({ "amount": 200_100 })).await;
    too_much.assert_refused(400, "PaymentRefundAmountExceededError");
    assert_eq!(shop.post(&refunds, json!({ "amount": 200_000 })).await.status, StatusCode::OK);
    shop.post(&refunds, json!({ "amount": 100 })).await.assert_refused(400, "PaymentRefundAmountExceededError");
}

#[tokio::test]
async fn bad_refunds_are_refused() {
    let shop = shop().await;
    let order = shop.paid_order().await;
    let refunds = format!("/v2/orders/{order}/refunds");
    shop.post(&refunds, json!({})).await.assert_refused(400, "InvalidRequest");
    shop.post(&refunds, json!({ "amount": 99 })).await.assert_refused(400, "InvalidRequest");
    shop.post(&refunds, json!({ "amount": 100, "reason": "x".repeat(256) }))
        .await
        .assert_refused(400, "InvalidRequest");
    assert_eq!(shop.post(&refunds, json!({ "amount": 100, "external_id": "r" })).await.status, StatusCode::OK);
    shop.post(&refunds, json!({ "amount": 100, "external_id": "r" })).await.assert_refused(409, "RefundExists");
    let unpaid = shop.order(json!({ "amount": 1_000 })).await;
    let early = shop.post(&format!("/v2/orders/{unpaid}/refunds"), json!({ "amount": 100 })).await;
    early.assert_refused(409, "OrderUnpaid");
    shop.post("/v2/orders/none/refunds", json!({ "amount": 100 })).await.assert_refused(404, "OrderNotFound");
    shop.post(&format!("/v2/orders/{order}/refund"), json!({ "amount": 100 })).await.assert_refused(404, "NotFound");
}
