//! Orders, keys and lists.

use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::support::{assert_date, assert_id, assert_keys, frozen_shop, shop, shop_with};
use ioka_simulator::{ListMiss, Options};

const ORDER_KEYS: [&str; 26] = [
    "id",
    "shop_id",
    "status",
    "created_at",
    "amount",
    "display_amount",
    "currency",
    "mcc",
    "acquirer",
    "capture_method",
    "external_id",
    "description",
    "extra_info",
    "attempts",
    "due_date",
    "split",
    "customer_id",
    "card_id",
    "back_url",
    "success_url",
    "failure_url",
    "template",
    "access_token",
    "checkout_url",
    "payment_link_url",
    "payments",
];

const ROW_KEYS: [&str; 17] = [
    "created_at",
    "shop_id",
    "id",
    "status",
    "amount",
    "currency",
    "capture_method",
    "external_id",
    "description",
    "extra_info",
    "mcc",
    "acquirer",
    "customer_id",
    "card_id",
    "attempts",
    "due_date",
    "checkout_url",
];

#[tokio::test]
async fn a_new_order_has_every_field_and_nulls_for_what_is_absent() {
    let shop = shop().await;
    let answer = shop.post("/v2/orders", json!({ "amount": 10_349_832, "unknown_key": 1 })).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    assert_keys(&answer.text, &["order", "order_access_token"]);
    let body = answer.json();
    let order = &body["order"];
    let text = answer.text.strip_prefix("{\"order\":").unwrap();
    assert_keys(&text[..text.find(",\"order_access_token\"").unwrap()], &ORDER_KEYS);
    assert_id(&order["id"], "ord_");
    assert_id(&order["shop_id"], "shp_");
    assert_date(&order["created_at"]);
    assert_eq!(order["status"], "UNPAID");
    assert_eq!(order["amount"], 10_349_832);
    assert_eq!(order["display_amount"], 10_349_832);
    assert_eq!(order["currency"], "KZT");
    assert_eq!(order["capture_method"], "AUTO");
    assert_eq!(order["attempts"], 10);
    assert_eq!(order["payments"], json!([]));
    for key in [
        "mcc",
        "acquirer",
        "external_id",
        "description",
        "extra_info",
        "due_date",
        "split",
        "customer_id",
        "card_id",
        "back_url",
        "success_url",
        "failure_url",
        "template",
        "payment_link_url",
    ] {
        assert_eq!(order[key], Value::Null, "{key}");
    }
    let id = order["id"].as_str().unwrap();
    assert_eq!(order["checkout_url"], shop.url(&format!("/orders/{id}")));
    let token = body["order_access_token"].as_str().unwrap();
    assert_eq!(order["access_token"], token);
    let secret = token.strip_prefix(&format!("{id}_secret_")).unwrap();
    assert!(secret.len() == 64 && secret.bytes().all(|byte| byte.is_ascii_hexdigit()), "{secret}");
}

#[tokio::test]
async fn an_order_comes_back_bare_and_as_it_was_sent() {
    let shop = shop().await;
    let sent = json!({
        "amount": 500_000, "currency": "KZT", "capture_method": "MANUAL", "external_id": "don-42",
        "description": "Қайырымдылық", "mcc": "8398", "attempts": 3, "due_date": "2099-01-31T10:00:00",
        "back_url": "https://shop.example/back", "success_url": "https://shop.example/ok?x=1",
        "failure_url": "https://shop.example/no", "template": "t", "extra_info": { "b": 1, "a": [1.50, "x"] },
    });
    let id = shop.order(sent.clone()).await;
    let answer = shop.send(shop.bare(Method::GET, &format!("/v2/orders/{id}"))).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_keys(&answer.text, &ORDER_KEYS);
    let order = answer.json();
    for key in [
        "amount",
        "currency",
        "capture_method",
        "external_id",
        "description",
        "mcc",
        "attempts",
        "back_url",
        "success_url",
        "failure_url",
        "template",
        "extra_info",
    ] {
        assert_eq!(order[key], sent[key], "{key}");
    }
    assert_eq!(order["due_date"], "2099-01-31T10:00:00.000000");
}

#[tokio::test]
async fn lists_are_bare_newest_first_and_counted_in_a_header() {
    let shop = frozen_shop().await;
    for number in 1..=12 {
        shop.order(json!({ "amount": number * 1_000, "external_id": format!("don-{number}") })).await;
    }
    let first = shop.get("/v2/orders").await;
    assert_eq!(first.header("x-count"), "12");
    let rows = first.json();
    assert_eq!(rows.as_array().unwrap().len(), 10);
    assert_eq!(rows[0]["external_id"], "don-12");
    let text = first.text.strip_prefix('[').unwrap();
    assert_keys(&text[..=text.find('}').unwrap()], &ROW_KEYS);
    let last = shop.get("/v2/orders?page=3&limit=5").await.json();
    assert_eq!(last.as_array().unwrap().len(), 2);
    assert_eq!(last[1]["external_id"], "don-1");
    let some = shop.get("/v2/orders?amount_category=RANGE&min_amount=3000&max_amount=4000").await;
    assert_eq!(some.header("x-count"), "2");
    let fixed = shop.get("/v2/orders?amount_category=FIXED&fixed_amount=3000").await;
    assert_eq!((fixed.header("x-count"), &fixed.json()[0]["external_id"]), ("1", &json!("don-3")));
    assert_eq!(shop.get("/v2/orders?from_dt=2026-01-16T00:00:00").await.header("x-count"), "0");
    assert_eq!(shop.get("/v2/orders?to_dt=2026-01-16T00:00:00&limit=1").await.header("x-count"), "12");
    shop.get("/v2/orders?page=0").await.assert_refused(400, "InvalidRequest");
    shop.get("/v2/orders?order_status=NONE").await.assert_refused(400, "InvalidRequest");
}

#[tokio::test]
async fn lists_by_status_follow_the_orders() {
    let shop = shop().await;
    let paid = shop.paid_order().await;
    let open = shop.order(json!({ "amount": 100 })).await;
    let rows = shop.get("/v2/orders?order_status=PAID").await;
    assert_eq!((rows.header("x-count"), &rows.json()[0]["id"]), ("1", &json!(paid)));
    assert_eq!(rows.json()[0]["attempts"], 9);
    assert_eq!(shop.get("/v2/orders?order_status=UNPAID").await.json()[0]["id"], json!(open));
    assert_eq!(shop.get(&format!("/v2/orders?order_id={open}")).await.header("x-count"), "1");
}

#[tokio::test]
async fn a_list_by_an_unknown_external_id_is_404_or_empty_as_switched() {
    let shop_404 = shop().await;
    shop_404.get("/v2/orders?external_id=none").await.assert_refused(404, "OrderNotFound");
    let shop_empty = shop_with(Options { list_miss: ListMiss::Empty, ..Options::default() }).await;
    let answer = shop_empty.get("/v2/orders?external_id=none").await;
    assert_eq!((answer.status, answer.header("x-count"), answer.text.as_str()), (StatusCode::OK, "0", "[]"));
    shop_empty.order(json!({ "amount": 100, "external_id": "one" })).await;
    assert_eq!(shop_empty.get("/v2/orders?external_id=one").await.header("x-count"), "1");
}

#[tokio::test]
async fn an_external_id_is_used_once_per_shop() {
    let shop = shop().await;
    shop.order(json!({ "amount": 100, "external_id": "one" })).await;
    shop.post("/v2/orders", json!({ "amount": 200, "external_id": "one" })).await.assert_refused(409, "OrderExists");
}

#[tokio::test]
async fn bad_orders_are_refused_in_iokas_shape() {
    let shop = shop().await;
    for body in [
        json!({}),
        json!({ "amount": 99 }),
        json!({ "amount": "100" }),
        json!({ "amount": 100.5 }),
        json!({ "amount": 2_147_483_648_i64 }),
        json!({ "amount": 100, "currency": "USD" }),
        json!({ "amount": 100, "capture_method": "LATER" }),
        json!({ "amount": 100, "external_id": "" }),
        json!({ "amount": 100, "attempts": 0 }),
        json!({ "amount": 100, "attempts": 51 }),
        json!({ "amount": 100, "mcc": "12" }),
        json!({ "amount": 100, "due_date": "soon" }),
        json!({ "amount": 100, "success_url": "not a url" }),
        json!({ "amount": 100, "back_url": "javascript:alert(1)" }),
        json!({ "amount": 100, "features": ["telepathy"] }),
        json!({ "amount": 100, "extra_info": "text" }),
    ] {
        shop.post("/v2/orders", body).await.assert_refused(400, "InvalidRequest");
    }
    let broken = shop.request(Method::POST, "/v2/orders").body("{\"amount\":");
    shop.send(broken).await.assert_refused(400, "InvalidRequest");
    shop.get("/v2/orders/ord_0000000000").await.assert_refused(404, "OrderNotFound");
    shop.post("/v2/orders", json!({ "amount": 100, "customer_id": "none" }))
        .await
        .assert_refused(404, "CustomerNotFound");
}

#[tokio::test]
async fn only_the_amount_of_an_unpaid_order_can_be_changed() {
    let shop = shop().await;
    let id = shop.order(json!({ "amount": 100 })).await;
    let changed = shop.patch(&format!("/v2/orders/{id}"), json!({ "amount": 200 })).await;
    assert_keys(&changed.text, &ORDER_KEYS);
    assert_eq!((changed.status, &changed.json()["display_amount"]), (StatusCode::OK, &json!(200)));
    shop.patch(&format!("/v2/orders/{id}"), json!({})).await.assert_refused(400, "InvalidRequest");
    shop.patch("/v2/orders/none", json!({ "amount": 200 })).await.assert_refused(404, "OrderNotFound");
    let paid = shop.paid_order().await;
    let late = shop.patch(&format!("/v2/orders/{paid}"), json!({ "amount": 200 })).await;
    late.assert_refused(409, "OrderHasApprovedPayment");
}

#[tokio::test]
async fn an_order_expires_when_its_due_date_passes() {
    let shop = frozen_shop().await;
    let id = shop.order(json!({ "amount": 100, "due_date": "2026-01-15T10:30:00" })).await;
    shop.advance(3599).await;
    assert_eq!(shop.order_status(&id).await, "UNPAID");
    shop.advance(1).await;
    assert_eq!(shop.order_status(&id).await, "EXPIRED");
    shop.pay(&id, "5555555555555599").await.assert_refused(409, "OrderExpired");
    shop.patch(&format!("/v2/orders/{id}"), json!({ "amount": 200 })).await.assert_refused(409, "OrderExpired");
    let events = shop.get(&format!("/v2/orders/{id}/events")).await;
    let names: Vec<_> = events.json().as_array().unwrap().iter().map(|event| event["name"].clone()).collect();
    assert_eq!(names, ["ORDER_CREATED", "ORDER_EXPIRED"]);
    assert_eq!(events.json()[1]["created_at"], "2026-01-15T10:30:00.000000");
}
