//! Webhooks: bytes, signatures, deliveries.

use std::collections::BTreeMap;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use ioka_simulator::{CancelSpelling, Options, SignatureForm, WebhookDialect, WebhookTarget};
use reqwest::StatusCode;
use serde::Serialize;
use serde_json::{Value, json};

use crate::receiver::{Received, Receiver};
use crate::support::{GOOD_CARD, POOR_CARD, Shop, assert_date, assert_id, frozen, shop, shop_with};

pub const KEY: &str = "3f1c0e5ab27d94c68812aa4400fe7b19c5d2e6f0718a93b4c1d05e6f7a8b9c0d";

pub fn to(receiver: &Receiver) -> Options {
    Options {
        webhook: Some(WebhookTarget { url: receiver.url.clone(), key: Some(KEY.into()) }),
        webhook_retry_pause: Duration::from_millis(1),
        ..frozen()
    }
}

/// One space after commas and colons.
struct OneSpace;

impl serde_json::ser::Formatter for OneSpace {
    fn begin_array_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_key<W: ?Sized + std::io::Write>(&mut self, writer: &mut W, first: bool) -> std::io::Result<()> {
        if first { Ok(()) } else { writer.write_all(b", ") }
    }

    fn begin_object_value<W: ?Sized + std::io::Write>(&mut self, writer: &mut W) -> std::io::Result<()> {
        writer.write_all(b": ")
    }
}

/// The body with its keys sorted at every level. `serde_json`'s map sorts them or keeps their order, depending on what
/// other crates of the build ask of it.
fn sorted(value: Value) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(sorted).collect(),
        Value::Object(fields) => {
            let fields: BTreeMap<_, _> = fields.into_iter().map(|(key, value)| (key, sorted(value))).collect();
            Value::Object(fields.into_iter().collect())
        }
        other => other,
    }
}

fn compact(body: &str) -> String {
    sorted(serde_json::from_str(body).unwrap()).to_string()
}

fn spaced(body: &str) -> String {
    let mut out = Vec::new();
    let value = sorted(serde_json::from_str(body).unwrap());
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut out, OneSpace)).unwrap();
    String::from_utf8(out).unwrap()
}

pub fn sign(key: &str, message: &str) -> String {
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

pub fn assert_signed(webhook: &Received, key: &str) {
    assert_eq!(webhook.header("x-signature"), Some(sign(key, &compact(&webhook.body)).as_str()), "{}", webhook.body);
}

async fn pay_rich_order(shop: &Shop) -> String {
    let body = json!({ "amount": 500_000, "external_id": "don-42", "description": "Тест \"Қазақ\" 😀 / \n",
        "extra_info": { "b": 1, "a": { "z": "ә", "y": [true, null] } } });
    let order = shop.order(body).await;
    assert_eq!(shop.pay(&order, GOOD_CARD).await.json()["status"], "CAPTURED");
    order
}

#[tokio::test]
async fn the_body_is_written_the_way_python_writes_json() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    pay_rich_order(&shop).await;
    let webhook = receiver.wait_for(1).await.remove(0);
    let body = &webhook.body;
    assert!(body.is_ascii(), "{body}");
    let start = "{\"event\": \"PAYMENT_CAPTURED\", \"order\": {\"id\": \"ord_";
    assert!(body.starts_with(start), "{body}");
    for part in [
        "\"description\": \"\\u0422\\u0435\\u0441\\u0442 \\\"\\u049a\\u0430\\u0437\\u0430\\u049b\\\" \\ud83d\\ude00 / \\n\"",
        "\"processing_fee\": 0.0, ",
        "\"due_date\": null, \"subscription_id\": null}, \"payment\": {\"id\": ",
        "\"amount\": 500000, \"currency\": \"KZT\"",
        "[true, null]",
    ] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
    assert_eq!(webhook.header("content-type"), Some("application/json"));
    assert_signed(&webhook, KEY);
    assert_ne!(webhook.header("x-signature"), Some(sign(KEY, body).as_str()), "the raw body must not verify");
}

#[tokio::test]
async fn the_keys_of_the_free_object_keep_their_order() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    let raw = "{\"amount\": 1000, \"extra_info\": {\n \"b\": 1.10, \"a\": {\"d\": 1e2, \"c\": -0.0}}}";
    let created = shop.send(shop.request(reqwest::Method::POST, "/v2/orders").body(raw)).await;
    assert!(created.text.contains("\"extra_info\":{\"b\":1.10,\"a\":{\"d\":1e2,\"c\":-0.0}}"), "{}", created.text);
    shop.pay(created.json()["order"]["id"].as_str().unwrap(), GOOD_CARD).await;
    let webhook = receiver.wait_for(1).await.remove(0);
    assert!(
        webhook.body.contains("\"extra_info\": {\"b\": 1.10, \"a\": {\"d\": 1e2, \"c\": -0.0}}"),
        "{}",
        webhook.body
    );
}

#[tokio::test]
async fn a_webhook_has_the_fields_of_the_schema() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    pay_rich_order(&shop).await;
    let body = sorted(receiver.wait_for(1).await[0].json());
    let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&body), "event order payment");
    assert_eq!(
        keys(&body["order"]),
        "amount capture_method created_at currency description due_date external_id extra_info id shop_id status \
         subscription_id"
    );
    assert_eq!(
        keys(&body["payment"]),
        "acquirer action approved_amount captured_amount created_at error id order_id payer processing_fee \
         refunded_amount status"
    );
    assert_eq!(
        keys(&body["payment"]["payer"]),
        "card_id customer_id email emitter expiry_date holder pan_masked payment_system phone type"
    );
    assert_eq!((&body["order"]["status"], &body["payment"]["status"]), (&json!("PAID"), &json!("CAPTURED")));
    assert_date(&body["order"]["created_at"]);
}

#[tokio::test]
async fn the_spaced_form_is_signed_on_request() {
    let receiver = Receiver::start().await;
    let shop = shop_with(Options { signature: SignatureForm::Spaced, ..to(&receiver) }).await;
    pay_rich_order(&shop).await;
    let webhook = receiver.wait_for(1).await.remove(0);
    assert_eq!(webhook.header("x-signature"), Some(sign(KEY, &spaced(&webhook.body)).as_str()));
}

#[tokio::test]
async fn the_guides_dialect_is_tenge_over_the_raw_body() {
    let receiver = Receiver::start().await;
    let shop = shop_with(Options { dialect: WebhookDialect::Guide, ..to(&receiver) }).await;
    let order = shop.order(json!({ "amount": 500_000, "external_id": "don-42" })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.post(&format!("/v2/orders/{order}/refunds"), json!({ "amount": 100 })).await;
    // Webhooks about different orders may overtake each other.
    receiver.wait_for(2).await;
    let lost = shop.order(json!({ "amount": 15_050, "due_date": "2026-01-15T09:31:00" })).await;
    shop.advance(60).await;
    let received = receiver.wait_for(3).await;
    shop.settled_deliveries(3).await;
    let bodies: Vec<Value> = received.iter().map(Received::json).collect();
    let object = |status: &str| json!({ "id": order, "external_id": "don-42", "amount": 5_000, "currency": "KZT", "status": status });
    assert_eq!(bodies[0], json!({ "event": "payment.failed", "object": object("failed") }));
    assert_eq!(bodies[1], json!({ "event": "payment.succeeded", "object": object("succeeded") }));
    assert_eq!(bodies[2]["event"], "payment.cancelled");
    assert_eq!(bodies[2]["object"]["id"], json!(lost));
    assert!(received[2].body.contains("\"amount\": 150.50, "), "{}", received[2].body);
    assert_eq!(received.len(), 3, "the guide knows no refunds");
    for webhook in &received {
        assert_eq!(webhook.header("x-ioka-signature"), Some(sign(KEY, &webhook.body).as_str()));
        assert_eq!(webhook.header("x-signature"), None);
    }
}

#[tokio::test]
async fn only_a_200_counts_and_the_same_bytes_are_repeated() {
    let receiver = Receiver::answering(&[500, 201, 204, 302]).await;
    let shop = shop_with(to(&receiver)).await;
    pay_rich_order(&shop).await;
    let received = receiver.wait_for(5).await;
    assert!(received.iter().all(|one| one.body == received[0].body));
    assert!(received.iter().all(|one| one.header("x-signature") == received[0].header("x-signature")));
    let delivery = shop.settled_deliveries(1).await.remove(0);
    let statuses: Vec<Value> = delivery["tries"].as_array().unwrap().iter().map(|one| one["status"].clone()).collect();
    assert_eq!(statuses, [500, 201, 204, 302, 200]);
    assert_eq!(delivery["state"], "delivered");
}

#[tokio::test]
async fn after_ten_repeats_a_webhook_is_given_up() {
    let receiver = Receiver::answering(&[503; 20]).await;
    let shop = shop_with(to(&receiver)).await;
    pay_rich_order(&shop).await;
    let delivery = shop.settled_deliveries(1).await.remove(0);
    assert_eq!((&delivery["state"], delivery["tries"].as_array().unwrap().len()), (&json!("given_up"), 11));
    assert_eq!(receiver.received().len(), 11);
}

#[tokio::test]
async fn registered_webhooks_get_the_events_they_asked_for_with_their_own_key() {
    let receiver = Receiver::start().await;
    let shop = shop().await;
    let events = ["PAYMENT_CAPTURED", "REFUND_APPROVED"];
    let answer = shop.post("/v2/webhooks", json!({ "url": receiver.url, "events": events })).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let webhook = answer.json();
    crate::support::assert_keys(&answer.text, &["id", "url", "events", "created_at", "active", "key"]);
    assert_id(&webhook["id"], "whk_");
    assert_eq!((&webhook["active"], &webhook["events"]), (&json!(true), &json!(events)));
    let key = webhook["key"].as_str().unwrap();
    assert!(key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let order = shop.order(json!({ "amount": 1_000 })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.post(&format!("/v2/orders/{order}/refunds"), json!({ "amount": 1_000, "external_id": "r-1" })).await;
    let received = receiver.wait_for(2).await;
    assert_eq!(receiver.events(), events);
    received.iter().for_each(|one| assert_signed(one, key));
    let refund = received[1].json();
    assert_eq!(
        (&refund["refund"]["external_id"], &refund["payment"]["refunded_amount"]),
        (&json!("r-1"), &json!(1_000))
    );
    let path = format!("/v2/webhooks/{}", webhook["id"].as_str().unwrap());
    assert_eq!(shop.get(&path).await.json(), webhook);
    assert_eq!(shop.get("/v2/webhooks").await.json(), json!([webhook]));
    let changed = shop.patch(&path, json!({ "events": ["ORDER_EXPIRED"] })).await.json();
    assert_eq!((&changed["events"], &changed["key"]), (&json!(["ORDER_EXPIRED"]), &webhook["key"]));
    assert_eq!(shop.delete(&path).await.status, StatusCode::NO_CONTENT);
    shop.get(&path).await.assert_refused(404, "WebhookNotFound");
    for body in [
        json!({ "url": receiver.url, "events": [] }),
        json!({ "url": receiver.url, "events": ["PAYMENT_CANCELED"] }),
        json!({ "url": "ftp://shop.example", "events": ["PAYMENT_CAPTURED"] }),
        json!({ "events": ["PAYMENT_CAPTURED"] }),
    ] {
        shop.post("/v2/webhooks", body).await.assert_refused(400, "InvalidRequest");
    }
}

#[tokio::test]
async fn holds_cards_and_expiry_are_announced_in_order() {
    let receiver = Receiver::start().await;
    let shop = shop_with(Options { cancel_spelling: CancelSpelling::OneL, ..to(&receiver) }).await;
    let body = json!({ "amount": 1_000, "capture_method": "MANUAL", "due_date": "2026-01-15T10:00:00" });
    let order = shop.order(body).await;
    shop.pay(&order, GOOD_CARD).await;
    shop.post(&format!("/v2/orders/{order}/cancel"), json!({})).await;
    shop.advance(1800).await;
    receiver.wait_for(3).await;
    assert_eq!(receiver.events(), ["PAYMENT_APPROVED", "PAYMENT_CANCELED", "ORDER_EXPIRED"]);
    let saved = shop.order(json!({ "amount": 1_000 })).await;
    let card = json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "123", "save": true });
    shop.post(&format!("/v2/orders/{saved}/payments/card"), card).await;
    let received = receiver.wait_for(5).await;
    let approved = received.iter().map(Received::json).find(|body| body["event"] == "CARD_APPROVED").unwrap();
    assert_eq!((&approved["customer"]["status"], &approved["card"]["status"]), (&json!("READY"), &json!("APPROVED")));
    received.iter().for_each(|one| assert_signed(one, KEY));
}
