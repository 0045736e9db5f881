//! The hosted checkout and the dashboard, over plain HTTP as a browser without JavaScript would go.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{Answer, Shop, frozen_shop, shop};

/// Posts the card form.
pub async fn submit(shop: &Shop, page: &str, fields: &[(&str, &str)]) -> Answer {
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
    let request = shop.bare(Method::POST, page).header("Content-Type", "application/x-www-form-urlencoded").body(body);
    shop.send(request).await
}

pub fn card(pan: &str) -> [(&'static str, &str); 4] {
    [("pan", pan), ("exp", "12/26"), ("cvc", "123"), ("holder", "TEST")]
}

async fn page(shop: &Shop, path: &str) -> Answer {
    shop.send(shop.bare(Method::GET, path)).await
}

#[tokio::test]
async fn the_checkout_address_leads_to_the_russian_page_and_keeps_its_query() {
    let shop = shop().await;
    let id = shop.order(json!({ "amount": 500_000, "description": "<b>Ағаш</b>" })).await;
    let first = page(&shop, &format!("/orders/{id}?autoRedirectMs=5000")).await;
    assert_eq!(first.status, StatusCode::FOUND);
    assert_eq!(first.header("location"), format!("/ru/orders/{id}?autoRedirectMs=5000"));
    for (segment, code, button) in
        [("ru", "ru", "Оплатить"), ("kz", "kk", "Төлеу"), ("kk", "kk", "Төлеу"), ("en", "en", "Pay")]
    {
        let shown = page(&shop, &format!("/{segment}/orders/{id}")).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.text.contains(&format!("<html lang=\"{code}\">")), "{}", shown.text);
        assert!(shown.text.contains(&format!("{button} 5\u{a0}000\u{a0}₸")), "{}", shown.text);
        assert!(shown.text.contains("4242 4242 4242 4242") && shown.text.contains("4111 1111 1111 1111"));
        assert!(shown.text.contains("id=\"simulator-banner\""));
        assert!(!shown.text.contains("<script") && !shown.text.contains("style=\""));
        assert!(shown.text.contains("&#60;b&#62;Ағаш"), "markup is shown as text: {}", shown.text);
        for field in ["pan", "exp", "cvc", "holder", "save"] {
            assert!(shown.text.contains(&format!("id=\"{field}\" name=\"{field}\"")), "{field}");
        }
        let policy = shown.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
    }
    assert_eq!(page(&shop, "/ru/orders/none").await.status, StatusCode::NOT_FOUND);
    assert_eq!(page(&shop, "/assets/simulator.css").await.header("content-type"), "text/css; charset=utf-8");
}

#[tokio::test]
async fn a_good_card_pays_and_the_button_leads_to_the_success_url() {
    let shop = shop().await;
    let id = shop.order(json!({ "amount": 1_000, "success_url": "https://shop.example/ok?a=1&b=2" })).await;
    let form = format!("/ru/orders/{id}");
    let posted = submit(&shop, &form, &card("5555 5555 5555 5599")).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER);
    let shown = page(&shop, posted.header("location")).await;
    assert!(shown.text.contains("data-result=\"success\""), "{}", shown.text);
    assert!(shown.text.contains("href=\"https://shop.example/ok?a=1&#38;b=2\""), "{}", shown.text);
    assert!(!shown.text.contains("http-equiv=\"refresh\""), "it does not move on by itself");
    let moving = page(&shop, &format!("{form}?autoRedirectMs=2500")).await;
    assert!(moving.text.contains("content=\"3;url=https://shop.example/ok?a=1&#38;b=2\""), "{}", moving.text);
    assert_eq!(shop.order_status(&id).await, "PAID");
}

#[tokio::test]
async fn a_decline_says_why_and_can_be_retried_while_attempts_remain() {
    let shop = shop().await;
    let body = json!({ "amount": 1_000, "attempts": 2, "failure_url": "https://shop.example/no" });
    let id = shop.order(body).await;
    let form = format!("/en/orders/{id}?autoRedirectMs=1000");
    let posted = submit(&shop, &form, &card("4444444411111111")).await;
    let declined = page(&shop, posted.header("location")).await;
    assert!(declined.text.contains("data-result=\"declined\"") && declined.text.contains("not enough money"));
    assert!(declined.text.contains("id=\"retry\"") && declined.text.contains("<span id=\"attempts\">1</span>"));
    assert!(!declined.text.contains("http-equiv=\"refresh\""), "a payer who may retry is not led away");
    assert!(page(&shop, &form).await.text.contains("id=\"card-form\""));
    let last = submit(&shop, &form, &card("4000000000000002")).await;
    let over = page(&shop, last.header("location")).await;
    assert!(over.text.contains("data-result=\"declined\"") && !over.text.contains("id=\"retry\""), "{}", over.text);
    assert!(over.text.contains("content=\"1;url=https://shop.example/no\""), "{}", over.text);
}

#[tokio::test]
async fn what_was_typed_wrongly_is_shown_and_costs_no_attempt() {
    let shop = shop().await;
    let id = shop.order(json!({ "amount": 1_000 })).await;
    let fields = [("pan", "4242"), ("exp", "13/26"), ("cvc", "1")];
    let shown = submit(&shop, &format!("/en/orders/{id}"), &fields).await;
    assert_eq!(shown.status, StatusCode::BAD_REQUEST);
    for error in ["pan-error", "exp-error", "cvc-error"] {
        assert!(shown.text.contains(&format!("id=\"{error}\"")), "{error}");
    }
    assert_eq!(shop.get(&format!("/v2/orders/{id}")).await.json()["attempts"], 10);
}

#[tokio::test]
async fn the_save_box_saves_the_card_and_the_next_order_asks_for_the_cvc_only() {
    let shop = shop().await;
    let id = shop.order(json!({ "amount": 1_000 })).await;
    let mut fields = card("4242424242424242").to_vec();
    fields.push(("save", "1"));
    submit(&shop, &format!("/ru/orders/{id}"), &fields).await;
    let payer = shop.get(&format!("/v2/orders/{id}")).await.json()["payments"][0]["payer"].clone();
    let card_id = payer["card_id"].as_str().unwrap().to_owned();
    let next = shop.order(json!({ "amount": 2_000, "customer_id": payer["customer_id"], "card_id": card_id })).await;
    let form = format!("/ru/orders/{next}");
    let shown = page(&shop, &form).await;
    assert!(shown.text.contains("424242******4242") && !shown.text.contains("id=\"pan\""), "{}", shown.text);
    assert!(page(&shop, &format!("{form}?card=new")).await.text.contains("id=\"pan\""));
    let posted = submit(&shop, &form, &[("card_id", &card_id), ("cvc", "123")]).await;
    assert_eq!(posted.status, StatusCode::SEE_OTHER);
    assert_eq!(shop.order_status(&next).await, "PAID");
    let other = shop.order(json!({ "amount": 2_000 })).await;
    let stolen = submit(&shop, &format!("/ru/orders/{other}"), &[("card_id", &card_id), ("cvc", "123")]).await;
    assert_eq!(stolen.status, StatusCode::BAD_REQUEST, "a card the order does not name needs its number");
}

#[tokio::test]
async fn pending_and_expired_orders_have_screens_of_their_own() {
    let shop = frozen_shop().await;
    let id = shop
        .order(json!({ "amount": 1_000, "due_date": "2026-01-15T09:40:00", "back_url": "https://shop.example/" }))
        .await;
    shop.fault(json!({ "kind": "pending", "seconds": 3600 })).await;
    let form = format!("/ru/orders/{id}");
    let posted = submit(&shop, &form, &card("4242424242424242")).await;
    let pending = page(&shop, posted.header("location")).await;
    assert!(pending.text.contains("data-result=\"pending\"") && pending.text.contains("content=\"2\""));
    shop.advance(600).await;
    let expired = page(&shop, &form).await;
    assert!(expired.text.contains("data-result=\"expired\"") && expired.text.contains("https://shop.example/"));
    let late = submit(&shop, &form, &card("4242424242424242")).await;
    assert_eq!((late.status, late.header("location")), (StatusCode::SEE_OTHER, form.as_str()));
}

#[tokio::test]
async fn a_customer_saves_a_card_on_a_page() {
    let shop = shop().await;
    let customer = shop.post("/v2/customers", json!({})).await.json()["customer"].clone();
    let id = customer["id"].as_str().unwrap();
    let url = customer["checkout_url"].as_str().unwrap().strip_prefix(shop.ioka.base_url()).unwrap().to_owned();
    let form = page(&shop, &url).await.header("location").to_owned();
    assert!(page(&shop, &form).await.text.contains("id=\"card-form\""));
    let refused = submit(&shop, &form, &card("4444444411111111")).await;
    assert!(refused.text.contains("data-result=\"refused\""), "{}", refused.text);
    let saved = submit(&shop, &form, &card("4242424242424242")).await;
    assert!(saved.text.contains("data-result=\"saved\""), "{}", saved.text);
    assert_eq!(shop.get(&format!("/v2/customers/{id}/cards")).await.json().as_array().unwrap().len(), 1);
    assert_eq!(page(&shop, &format!("/ru/customers/{id}?access_token=x")).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn the_dashboard_shows_orders_and_its_buttons_work() {
    let shop = frozen_shop().await;
    let [paid, refused, expired] = [
        shop.order(json!({ "amount": 1_000 })).await,
        shop.order(json!({ "amount": 2_000 })).await,
        shop.order(json!({ "amount": 3_000 })).await,
    ];
    shop.pay(&paid, "4111111111111111").await;
    shop.fault(json!({ "kind": "pending", "seconds": 60 })).await;
    shop.pay(&refused, "4242424242424242").await;
    for (id, action) in [(&paid, "pay"), (&refused, "decline"), (&expired, "expire")] {
        let posted = submit(&shop, &format!("/_simulator/orders/{id}/{action}"), &[]).await;
        assert_eq!((posted.status, posted.header("location")), (StatusCode::SEE_OTHER, "/"));
    }
    assert_eq!(shop.order_status(&paid).await, "PAID");
    assert_eq!(shop.order_status(&refused).await, "UNPAID");
    assert_eq!(shop.order_status(&expired).await, "EXPIRED");
    let board = page(&shop, "/").await;
    assert!(board.text.contains(&paid) && board.text.contains("DECLINED_BY_ISSUER") && board.text.contains("EXPIRED"));
    assert!(board.text.contains("http-equiv=\"refresh\""));
    assert!(!page(&shop, "/?live=off").await.text.contains("http-equiv=\"refresh\""));
    submit(&shop, "/_simulator/dashboard/clock", &[("advance_seconds", "3600")]).await;
    assert_eq!(shop.get("/_simulator/clock").await.json()["now"], "2026-01-15T10:30:00.000000");
    let foreign = shop.bare(Method::POST, "/_simulator/dashboard/reset").header("Sec-Fetch-Site", "cross-site");
    shop.send(foreign).await.assert_refused(403, "Forbidden");
    submit(&shop, "/_simulator/dashboard/reset", &[]).await;
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "0");
}
