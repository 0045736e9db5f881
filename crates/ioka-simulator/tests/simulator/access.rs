//! Keys, tokens and trace ids.

use ioka_simulator::Options;
use reqwest::{Method, StatusCode};
use serde_json::json;

use crate::support::{assert_keys, frozen, shop, shop_with};

#[tokio::test]
async fn every_answer_has_a_trace_id_of_its_own() {
    let shop = shop().await;
    let mut seen = std::collections::HashSet::new();
    for path in ["/v2/orders", "/v2/orders/none", "/v2/nowhere", "/healthz", "/", "/ru/orders/none"] {
        let trace = shop.get(path).await.header("x-trace-id").to_owned();
        assert!(trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit()), "{path}: {trace}");
        assert!(seen.insert(trace));
    }
    shop.get("/v2/nowhere").await.assert_refused(404, "NotFound");
    shop.delete("/v2/orders").await.assert_refused(405, "MethodNotAllowed");
}

#[tokio::test]
async fn merchant_calls_need_the_key_and_payer_calls_do_not() {
    let shop = shop().await;
    let id = shop.order(json!({ "amount": 100 })).await;
    let order = format!("/v2/orders/{id}");
    for (method, path) in [
        (Method::GET, "/v2/orders".to_owned()),
        (Method::POST, "/v2/orders".to_owned()),
        (Method::PATCH, order.clone()),
        (Method::POST, format!("{order}/capture")),
        (Method::POST, format!("{order}/cancel")),
        (Method::POST, format!("{order}/refunds")),
        (Method::GET, format!("{order}/payments")),
        (Method::GET, "/v2/webhooks".to_owned()),
        (Method::GET, "/v2/customers".to_owned()),
        (Method::GET, "/v2/subscriptions".to_owned()),
        (Method::GET, "/v2/search/refunds".to_owned()),
    ] {
        shop.send(shop.bare(method.clone(), &path)).await.assert_refused(401, "Unauthorized");
        let wrong = shop.bare(method, &path).header("API-KEY", "wrong");
        shop.send(wrong).await.assert_refused(401, "Unauthorized");
    }
    for path in [order.clone(), format!("{order}/events"), "/v2/bins/411111".to_owned(), "/healthz".to_owned()] {
        assert_eq!(shop.send(shop.bare(Method::GET, &path)).await.status, StatusCode::OK, "{path}");
    }
    let token = shop.get(&order).await.json()["access_token"].as_str().unwrap().to_owned();
    let with_token =
        |token: &str| shop.bare(Method::GET, &format!("{order}/payments")).header("X-Order-Access-Token", token);
    assert_eq!(shop.send(with_token(&token)).await.status, StatusCode::OK);
    shop.send(with_token("other")).await.assert_refused(403, "Forbidden");
}

#[tokio::test]
async fn a_key_from_the_token_endpoint_works_until_it_expires() {
    let shop = shop_with(Options { client_secret: Some("s3cret".into()), ..frozen() }).await;
    let pair = json!({ "client_id": "simulator", "client_secret": "s3cret" });
    let answer = shop.send(shop.bare(Method::POST, "/v2/auth/token").json(&pair)).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_keys(&answer.text, &["api_key", "expiry_date"]);
    assert_eq!(answer.json()["expiry_date"], "2026-01-16T09:30:00.000000");
    let key = answer.json()["api_key"].as_str().unwrap().to_owned();
    let list = || shop.bare(Method::GET, "/v2/orders").header("API-KEY", &key);
    assert_eq!(shop.send(list()).await.status, StatusCode::OK);
    shop.advance(24 * 3600).await;
    shop.send(list()).await.assert_refused(401, "Unauthorized");
    let bad = json!({ "client_id": "simulator", "client_secret": "guess" });
    shop.send(shop.bare(Method::POST, "/v2/auth/token").json(&bad)).await.assert_refused(401, "Unauthorized");
}
