//! 3-D Secure.

use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::pages::{card, submit};
use crate::support::{Shop, THREE_DS_CARD, shop};

/// An order whose payment waits for the payer, as (order id, payment id).
async fn waiting(shop: &Shop) -> (String, String) {
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let payment = shop.pay(&order, THREE_DS_CARD).await.json();
    (order, payment["id"].as_str().unwrap().to_owned())
}

#[tokio::test]
async fn the_checkout_leads_through_the_banks_page_and_back() {
    let shop = shop().await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    let posted = submit(&shop, &format!("/kk/orders/{order}?autoRedirectMs=1"), &card(THREE_DS_CARD)).await;
    let bank = posted.header("location").to_owned();
    assert!(bank.starts_with("/v2/pay_") && bank.contains("/check3ds?return_url=%2Fkz%2Forders%2F"), "{bank}");
    let shown = shop.send(shop.bare(Method::GET, &bank)).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(shown.text.contains("name=\"password\"") && shown.text.contains("lang=\"kk\""), "{}", shown.text);
    let meanwhile = shop.send(shop.bare(Method::GET, &format!("/ru/orders/{order}"))).await;
    assert!(meanwhile.text.contains("data-result=\"action\""), "{}", meanwhile.text);
    let answered = submit(&shop, &bank, &[("password", "12345678")]).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER);
    let back = answered.header("location");
    assert!(back.starts_with(&format!("/kz/orders/{order}?autoRedirectMs=1&payment=pay_")), "{back}");
    let result = shop.send(shop.bare(Method::GET, back)).await;
    assert!(result.text.contains("data-result=\"success\""), "{}", result.text);
    assert_eq!(shop.order_status(&order).await, "PAID");
}

#[tokio::test]
async fn a_wrong_password_or_giving_up_declines() {
    let shop = shop().await;
    for (field, code) in [(("password", "wrong"), "DECLINED_BY_3DSEC"), (("cancel", "1"), "DECLINED_BY_CLIENT")] {
        let (order, payment) = waiting(&shop).await;
        let answered = submit(&shop, &format!("/v2/{payment}/check3ds"), &[field]).await;
        assert_eq!(answered.header("location"), format!("/ru/orders/{order}?payment={payment}"));
        let shown = shop.get(&format!("/v2/orders/{order}/payments/{payment}")).await.json();
        assert_eq!((&shown["status"], &shown["error"]["code"]), (&json!("DECLINED"), &json!(code)));
    }
}

#[tokio::test]
async fn the_return_url_is_followed_verbatim_and_allowed_by_the_pages_policy() {
    let shop = shop().await;
    let (order, payment) = waiting(&shop).await;
    let page = format!("/v2/{payment}/check3ds?return_url=https%3A%2F%2Fapp.example%2Fdone%3Fx%3D1");
    let shown = shop.send(shop.bare(Method::GET, &page)).await;
    assert!(shown.header("content-security-policy").contains("form-action 'self' https://app.example;"));
    let answered = submit(&shop, &page, &[("password", "12345678")]).await;
    assert_eq!(answered.header("location"), "https://app.example/done?x=1");
    assert_eq!(shop.order_status(&order).await, "PAID");
    let again = shop.send(shop.bare(Method::GET, &page)).await;
    assert_eq!((again.status, again.header("location")), (StatusCode::SEE_OTHER, "https://app.example/done?x=1"));
    let (order, payment) = waiting(&shop).await;
    let script = format!("/v2/{payment}/check3ds?return_url=javascript%3Aalert(1)");
    let answered = submit(&shop, &script, &[("password", "12345678")]).await;
    assert_eq!(answered.header("location"), format!("/ru/orders/{order}?payment={payment}"));
    assert_eq!(shop.send(shop.bare(Method::GET, "/v2/pay_none/check3ds")).await.status, StatusCode::NOT_FOUND);
}
