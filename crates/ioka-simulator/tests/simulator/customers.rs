//! Customers, saved cards and subscriptions.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, POOR_CARD, Shop, assert_date, assert_id, assert_keys, frozen_shop, shop};

async fn customer(shop: &Shop) -> Value {
    let answer = shop.post("/v2/customers", json!({ "external_id": "1", "email": "a@b.kz" })).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_keys(&answer.text, &["customer", "customer_access_token"]);
    answer.json()["customer"].clone()
}

/// A customer with one saved card, as ids.
async fn customer_with_card(shop: &Shop) -> (String, String) {
    let id = customer(shop).await["id"].as_str().unwrap().to_owned();
    let binding = json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "123" });
    let card = shop.post(&format!("/v2/customers/{id}/bindings"), binding).await;
    assert_eq!(card.status, StatusCode::CREATED);
    (id, card.json()["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn a_customer_has_every_field_and_no_prefix() {
    let shop = shop().await;
    let customer = customer(&shop).await;
    assert_id(&customer["id"], "");
    assert_date(&customer["created_at"]);
    let id = customer["id"].as_str().unwrap();
    let token = customer["access_token"].as_str().unwrap();
    assert!(token.starts_with(&format!("{id}_secret_")));
    assert_eq!(customer["checkout_url"], shop.url(&format!("/customers/{id}?access_token={token}")));
    assert_eq!((&customer["status"], &customer["accounts"]), (&json!("PENDING"), &json!([])));
    assert_eq!(customer["phone"], Value::Null);
    let again = shop.post("/v2/customers", json!({ "external_id": "1" })).await;
    again.assert_refused(409, "CustomerExists");
    let with_token = shop.bare(Method::GET, &format!("/v2/customers/{id}")).header("X-Customer-Access-Token", token);
    assert_eq!(shop.send(with_token).await.json(), customer);
    let list = shop.get("/v2/customers?external_id=1").await;
    assert_eq!((list.header("x-count"), &list.json()[0]), ("1", &customer));
    shop.get("/v2/customers?limit=51").await.assert_refused(400, "InvalidRequest");
    assert_eq!(shop.delete(&format!("/v2/customers/{id}")).await.status, StatusCode::NO_CONTENT);
    shop.get(&format!("/v2/customers/{id}")).await.assert_refused(404, "CustomerNotFound");
}

#[tokio::test]
async fn a_card_saved_while_paying_can_be_charged_later() {
    let shop = shop().await;
    let id = customer(&shop).await["id"].as_str().unwrap().to_owned();
    let order = shop.order(json!({ "amount": 1_000, "customer_id": id })).await;
    let card = json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "123", "save": true });
    let payer = shop.post(&format!("/v2/orders/{order}/payments/card"), card).await.json()["payer"].clone();
    assert_eq!(payer["customer_id"], json!(id));
    let card_id = payer["card_id"].as_str().unwrap();
    let cards = shop.get(&format!("/v2/customers/{id}/cards")).await;
    let text = cards.text.strip_prefix('[').unwrap();
    assert_keys(
        text.strip_suffix(']').unwrap(),
        &[
            "id",
            "customer_id",
            "created_at",
            "pan_masked",
            "expiry_date",
            "holder",
            "payment_system",
            "emitter",
            "cvc_required",
            "error",
            "action",
        ],
    );
    assert_eq!(cards.json()[0]["id"], json!(card_id));
    assert_eq!(shop.get(&format!("/v2/customers/{id}")).await.json()["status"], "READY");
    let next = shop.order(json!({ "amount": 2_000, "customer_id": id })).await;
    let charge = shop.post(&format!("/v2/orders/{next}/payments/card"), json!({ "card_id": card_id })).await.json();
    assert_eq!((&charge["status"], &charge["payer"]["type"]), (&json!("CAPTURED"), &json!("BINDING")));
    assert_eq!(shop.delete(&format!("/v2/customers/{id}/cards/{card_id}")).await.status, StatusCode::NO_CONTENT);
    shop.get(&format!("/v2/customers/{id}/cards/{card_id}")).await.assert_refused(404, "CardNotFound");
    let last = shop.order(json!({ "amount": 2_000 })).await;
    let gone = shop.post(&format!("/v2/orders/{last}/payments/card"), json!({ "card_id": card_id })).await;
    gone.assert_refused(404, "CardNotFound");
}

#[tokio::test]
async fn without_a_customer_a_saved_card_gets_a_new_one() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let card = json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "123", "save": true });
    let payment = shop.post(&format!("/v2/orders/{order}/payments/card"), card).await.json();
    let customer_id = payment["payer"]["customer_id"].as_str().unwrap();
    assert_eq!(shop.get(&format!("/v2/customers/{customer_id}")).await.json()["status"], "READY");
}

#[tokio::test]
async fn a_refused_card_is_answered_with_its_error_and_not_kept() {
    let shop = shop().await;
    let id = customer(&shop).await["id"].as_str().unwrap().to_owned();
    let binding = json!({ "pan": POOR_CARD, "exp": "12/26", "cvc": "123" });
    let card = shop.post(&format!("/v2/customers/{id}/bindings"), binding).await.json();
    assert_eq!(card["error"]["code"], "NOT_ENOUGH_MONEY");
    assert_eq!(shop.get(&format!("/v2/customers/{id}/cards")).await.json(), json!([]));
}

#[tokio::test]
async fn a_subscription_charges_on_its_dates() {
    let shop = frozen_shop().await;
    let (customer_id, card_id) = customer_with_card(&shop).await;
    let body = json!({ "customer_id": customer_id, "card_id": card_id, "amount": 500_000,
        "next_pay": "2026-01-31T09:00:00", "description": "monthly" });
    let answer = shop.post("/v2/subscriptions", body).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let subscription = answer.json();
    let id = subscription["id"].as_str().unwrap();
    assert_eq!(
        subscription["schedule"],
        json!({ "status": "ACTIVE", "next_pay": "2026-01-31T09:00:00.000000", "step": 1, "unit": "MONTH" })
    );
    assert_eq!(subscription["payer"]["pan_masked"], "555555******5599");
    // To 1 April: three dates, the 31st of January, the 28th of February and the 31st of March.
    shop.advance(76 * 24 * 3600).await;
    let payments = shop.get(&format!("/v2/subscriptions/{id}/payments")).await;
    assert_eq!(payments.header("x-count"), "3");
    let dates: Vec<Value> = payments.json().as_array().unwrap().iter().map(|one| one["created_at"].clone()).collect();
    assert_eq!(dates, ["2026-03-31T09:00:00.000000", "2026-02-28T09:00:00.000000", "2026-01-31T09:00:00.000000"]);
    let order = payments.json()[0]["order_id"].as_str().unwrap().to_owned();
    let order = shop.get(&format!("/v2/orders/{order}")).await.json();
    assert_eq!((&order["status"], &order["description"]), (&json!("PAID"), &json!("monthly")));
    let paused = shop.post(&format!("/v2/subscriptions/{id}"), json!({ "status": "PAUSED" })).await.json();
    assert_eq!(paused["schedule"]["status"], "PAUSED");
    shop.advance(60 * 24 * 3600).await;
    assert_eq!(shop.get(&format!("/v2/subscriptions/{id}/payments")).await.header("x-count"), "3");
    let changed = shop.patch(&format!("/v2/subscriptions/{id}"), json!({ "amount": 100, "unit": "WEEK" })).await.json();
    assert_eq!((&changed["amount"], &changed["schedule"]["unit"]), (&json!(100), &json!("WEEK")));
    assert_eq!(shop.get("/v2/subscriptions?status=PAUSED").await.header("x-count"), "1");
    shop.get("/v2/subscriptions/none").await.assert_refused(404, "SubscriptionNotFound");
}
