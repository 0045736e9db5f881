//! Payments and holds.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, POOR_CARD, THREE_DS_CARD, assert_date, assert_id, assert_keys, frozen_shop, shop};

const PAYMENT_KEYS: [&str; 14] = [
    "id",
    "shop_id",
    "order_id",
    "status",
    "created_at",
    "approved_amount",
    "captured_amount",
    "refunded_amount",
    "processing_fee",
    "tds",
    "payer",
    "acquirer",
    "error",
    "action",
];

#[tokio::test]
async fn a_payment_has_every_field_of_the_documentation() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 500_000 })).await;
    let body = json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "123", "holder": "TEST", "email": "a@b.kz" });
    let answer = shop.post(&format!("/v2/orders/{order}/payments/card"), body).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert!(answer.text.contains("\"processing_fee\":0.0,"), "{}", answer.text);
    let payment = answer.json();
    let mut keys: Vec<&String> = payment.as_object().unwrap().keys().collect();
    let mut wanted: Vec<String> = PAYMENT_KEYS.iter().map(|key| (*key).to_owned()).collect();
    keys.sort();
    wanted.sort();
    assert_eq!(keys, wanted.iter().collect::<Vec<_>>());
    assert_id(&payment["id"], "pay_");
    assert_date(&payment["created_at"]);
    assert_eq!(payment["order_id"], json!(order));
    assert_eq!(payment["status"], "CAPTURED");
    assert_eq!(payment["approved_amount"], 500_000);
    assert_eq!(payment["captured_amount"], 500_000);
    assert_eq!(payment["refunded_amount"], 0);
    assert_eq!(payment["tds"], false);
    let payer = json!({
        "type": "CARD", "pan_masked": "555555******5599", "expiry_date": "12/26", "holder": "TEST",
        "payment_system": "MASTERCARD", "emitter": null, "email": "a@b.kz", "phone": null, "customer_id": null,
        "card_id": null, "iin": null,
    });
    assert_eq!(payment["payer"], payer);
    assert_eq!(payment["acquirer"]["reference"].as_str().unwrap().len(), 12);
    assert_eq!((&payment["error"], &payment["action"]), (&Value::Null, &Value::Null));
    let shown = shop.get(&format!("/v2/orders/{order}")).await.json();
    assert_eq!((&shown["status"], &shown["attempts"], &shown["payments"][0]), (&json!("PAID"), &json!(9), &payment));
    let id = payment["id"].as_str().unwrap();
    assert_eq!(shop.get(&format!("/v2/orders/{order}/payments/{id}")).await.json(), payment);
    shop.get(&format!("/v2/orders/{order}/payments/none")).await.assert_refused(404, "PaymentNotFound");
}

#[tokio::test]
async fn each_test_card_does_what_its_table_says() {
    let shop = shop().await;
    for (pan, expiry, cvc, status, code) in [
        ("5555555555555599", "12/26", "123", "CAPTURED", Value::Null),
        ("4111111111111111", "12/26", "123", "REQUIRES_ACTION", Value::Null),
        ("4444444444446666", "12/26", "123", "DECLINED", json!("CARD_LIMITATIONS_EXCEEDED")),
        ("4444444411111111", "12/26", "123", "DECLINED", json!("NOT_ENOUGH_MONEY")),
        ("4242424242424242", "01/90", "987", "CAPTURED", Value::Null),
        ("4000000000000002", "01/90", "987", "DECLINED", json!("DECLINED_BY_ISSUER")),
        ("5555555555555599", "12/26", "124", "DECLINED", json!("WRONG_CARD_DATA_INPUT")),
        ("4242424242424242", "01/20", "123", "DECLINED", json!("WRONG_CARD_DATA_INPUT")),
        ("4000000000000010", "12/90", "123", "DECLINED", json!("NO_CARD_RECORD")),
    ] {
        let order = shop.order(json!({ "amount": 1_000 })).await;
        let body = json!({ "pan": pan, "exp": expiry, "cvc": cvc });
        let answer = shop.post(&format!("/v2/orders/{order}/payments/card"), body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "a decline is no HTTP error");
        let payment = answer.json();
        assert_eq!((&payment["status"], &payment["error"]["code"]), (&json!(status), &code), "{pan} {expiry} {cvc}");
        let expected = if status == "CAPTURED" { "PAID" } else { "UNPAID" };
        assert_eq!(shop.order_status(&order).await, expected);
    }
}

#[tokio::test]
async fn malformed_cards_are_refused_and_cost_no_attempt() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let path = format!("/v2/orders/{order}/payments/card");
    for body in [
        json!({}),
        json!({ "pan": "42", "exp": "12/26" }),
        json!({ "pan": GOOD_CARD }),
        json!({ "pan": GOOD_CARD, "exp": "13/26" }),
        json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "1" }),
    ] {
        shop.post(&path, body).await.assert_refused(400, "InvalidRequest");
    }
    shop.post(&path, json!({ "card_id": "none" })).await.assert_refused(404, "CardNotFound");
    shop.pay("none", GOOD_CARD).await.assert_refused(404, "OrderNotFound");
    let tool = shop.post(&format!("/v2/orders/{order}/payments/tool"), json!({ "tool_type": "APPLE_PAY" })).await;
    tool.assert_refused(404, "ShopConfigNotFound");
    assert_eq!(shop.get(&format!("/v2/orders/{order}")).await.json()["attempts"], 10);
}

#[tokio::test]
async fn one_payment_runs_at_a_time_and_a_paid_order_takes_no_other() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let running = shop.pay(&order, THREE_DS_CARD).await.json();
    let second = shop.pay(&order, GOOD_CARD).await;
    second.assert_refused(409, "PaymentStarted");
    assert_eq!(second.json()["payment_id"], running["id"]);
    let paid = shop.paid_order().await;
    shop.pay(&paid, GOOD_CARD).await.assert_refused(409, "OrderHasApprovedPayment");
}

#[tokio::test]
async fn attempts_run_out() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000, "attempts": 2 })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await.assert_refused(409, "OrderHasNoAttemptsLeftError");
    let list = shop.get(&format!("/v2/orders/{order}/payments?payment_status=DECLINED&pan_last4=1111")).await;
    assert_eq!(list.header("x-count"), "2");
    assert_eq!(shop.order_status(&order).await, "UNPAID");
}

#[tokio::test]
async fn a_payer_who_never_comes_back_is_declined_in_time() {
    let shop = frozen_shop().await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let payment = shop.pay(&order, THREE_DS_CARD).await.json();
    let id = payment["id"].as_str().unwrap();
    assert_eq!(payment["action"]["url"], shop.url(&format!("/v2/{id}/check3ds")));
    assert_eq!(payment["tds"], true);
    shop.advance(15 * 60).await;
    let shown = shop.get(&format!("/v2/orders/{order}/payments/{id}")).await.json();
    assert_eq!((&shown["status"], &shown["error"]["code"]), (&json!("DECLINED"), &json!("DATA_INPUT_TIMEOUT")));
    assert_eq!(shown["action"], Value::Null);
    assert_eq!(shop.pay(&order, GOOD_CARD).await.json()["status"], "CAPTURED");
}

#[tokio::test]
async fn a_hold_is_captured_in_part_once() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000_000, "capture_method": "MANUAL" })).await;
    let capture = format!("/v2/orders/{order}/capture");
    shop.post(&capture, json!({ "amount": 1_000 })).await.assert_refused(409, "OrderHasNoApprovedPayment");
    let held = shop.pay(&order, GOOD_CARD).await.json();
    assert_eq!((&held["status"], &held["captured_amount"]), (&json!("APPROVED"), &json!(0)));
    assert_eq!(shop.order_status(&order).await, "ON_HOLD");
    shop.post(&capture, json!({})).await.assert_refused(400, "InvalidRequest");
    shop.post(&capture, json!({ "amount": 1_000_001 })).await.assert_refused(400, "PaymentCaptureAmountExceeded");
    shop.post(&capture, json!({ "amount": 9_999 })).await.assert_refused(400, "PaymentCaptureInsufficientAmount");
    let taken = shop.post(&capture, json!({ "amount": 10_000, "reason": "part" })).await;
    assert_eq!(taken.status, StatusCode::OK);
    let taken = taken.json();
    assert_eq!((&taken["status"], &taken["approved_amount"]), (&json!("CAPTURED"), &json!(1_000_000)));
    assert_eq!(taken["captured_amount"], 10_000);
    assert_eq!(shop.order_status(&order).await, "PAID");
    shop.post(&capture, json!({ "amount": 10_000 })).await.assert_refused(409, "OrderHasNoApprovedPayment");
}

#[tokio::test]
async fn a_released_hold_leaves_the_order_unpaid() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000, "capture_method": "MANUAL" })).await;
    shop.pay(&order, GOOD_CARD).await;
    let cancel = shop.request(reqwest::Method::POST, &format!("/v2/orders/{order}/cancel"));
    assert_eq!(shop.send(cancel).await.json()["status"], "CANCELLED");
    assert_eq!(shop.order_status(&order).await, "UNPAID");
    let again = shop.post(&format!("/v2/orders/{order}/cancel"), json!({ "reason": "again" })).await;
    again.assert_refused(409, "OrderHasNoApprovedPayment");
    let paid = shop.paid_order().await;
    shop.post(&format!("/v2/orders/{paid}/cancel"), json!({})).await.assert_refused(409, "OrderHasNoApprovedPayment");
}

#[tokio::test]
async fn a_hold_is_captured_by_itself_after_48_hours() {
    let shop = frozen_shop().await;
    let order = shop.order(json!({ "amount": 1_000, "capture_method": "MANUAL" })).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.advance(48 * 3600 - 1).await;
    assert_eq!(shop.order_status(&order).await, "ON_HOLD");
    shop.advance(1).await;
    assert_eq!(shop.order_status(&order).await, "PAID");
    let payment = &shop.get(&format!("/v2/orders/{order}/payments")).await.json()[0];
    assert_eq!(payment["captured_amount"], 1_000);
}

#[tokio::test]
async fn the_history_of_an_order_tells_what_happened() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    let events = shop.get(&format!("/v2/orders/{order}/events")).await;
    let text = events.text.strip_prefix('[').unwrap();
    assert_keys(
        &text[..=text.find('}').unwrap()],
        &[
            "id",
            "name",
            "created_at",
            "order_id",
            "payment_id",
            "refund_id",
            "md",
            "pa_req",
            "acs_url",
            "term_url",
            "action_url",
            "code",
            "message",
        ],
    );
    let events = events.json();
    let names: Vec<&str> = events.as_array().unwrap().iter().map(|event| event["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["ORDER_CREATED", "PAYMENT_CREATED", "PAYMENT_DECLINED", "PAYMENT_CREATED", "PAYMENT_CAPTURED", "ORDER_PAID"]
    );
    assert_eq!(events[2]["code"], "NOT_ENOUGH_MONEY");
}

#[tokio::test]
async fn a_paid_order_has_a_receipt() {
    let shop = shop().await;
    let order = shop.paid_order().await;
    let receipt = shop.get(&format!("/v2/orders/{order}/receipt")).await;
    assert_eq!(receipt.header("content-type"), "application/pdf");
    assert!(receipt.text.starts_with("%PDF-1.4") && receipt.text.contains("5000.00 KZT"), "{}", receipt.text);
    let unpaid = shop.order(json!({ "amount": 1_000 })).await;
    shop.get(&format!("/v2/orders/{unpaid}/receipt")).await.assert_refused(409, "OrderUnpaid");
}
