//! What every answer has in common.

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::App;

on_both_databases!(
    a_path_that_nobody_knows_is_not_found,
    a_method_that_a_path_does_not_know_is_refused_with_those_it_knows,
    head_is_get_without_a_body,
    a_sane_request_id_is_taken_over,
    a_request_without_a_sane_id_gets_a_new_one,
    problems_speak_the_callers_language,
    no_answer_may_be_kept_framed_or_sniffed,
    what_a_frontend_needs_for_its_form_is_told,
    a_problem_is_the_whole_shape_that_the_contract_names,
);

async fn a_path_that_nobody_knows_is_not_found(app: App) {
    for path in [
        "/api",
        "/api/",
        "/api/donation",
        "/api/guest-donations/",
        "/api//config",
        "/api/config/",
        "/API/CONFIG",
        "/api/guest-donations/x/y/z",
        "/health/x",
        "/api/config%00",
        "/api/%2e%2e/%2e%2e/etc/passwd",
    ] {
        for method in [Method::GET, Method::POST, Method::DELETE, Method::OPTIONS] {
            app.call(method, path).await.problem(404, "not_found");
        }
    }
    for path in ["/.env", "/%2e%2e/%2e%2e/etc/passwd", "/config/default.toml", "/ж", "/api%2fconfig"] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
}

/// Every path, and the methods it knows.
const PATHS: [(&str, &str); 19] = [
    ("/api/donations", "GET, HEAD, POST"),
    ("/api/donations/00000000-0000-0000-0000-000000000007", "GET, HEAD"),
    ("/api/donations/00000000-0000-0000-0000-000000000007/payment", "POST"),
    ("/api/donations/00000000-0000-0000-0000-000000000007/cancel", "POST"),
    ("/api/guest-donations", "POST"),
    ("/api/guest-donations/00000000-0000-0000-0000-000000000007", "GET, HEAD"),
    ("/api/guest-donations/00000000-0000-0000-0000-000000000007/payment", "POST"),
    ("/api/guest-donations/00000000-0000-0000-0000-000000000007/cancel", "POST"),
    ("/api/auth/register", "POST"),
    ("/api/auth/login", "POST"),
    ("/api/auth/refresh", "POST"),
    ("/api/auth/logout", "POST"),
    ("/api/auth/password/forgot", "POST"),
    ("/api/auth/password/reset", "POST"),
    ("/api/auth/confirm", "POST"),
    ("/api/auth/me", "GET, HEAD, DELETE"),
    ("/api/webhooks/ioka", "POST"),
    ("/api/config", "GET, HEAD"),
    ("/health/live", "GET, HEAD"),
];

async fn a_method_that_a_path_does_not_know_is_refused_with_those_it_knows(app: App) {
    for (path, allow) in PATHS {
        for method in ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "brew"] {
            // A later version knows more methods; those that it names here it must know.
            if allow.split(", ").any(|known| known == method) {
                continue;
            }
            let answer = app.call(Method::from_bytes(method.as_bytes()).unwrap(), path).await;
            answer.problem(405, "method_not_allowed");
            assert_eq!(answer.header("allow"), Some(allow), "{method} {path}");
        }
    }
}

async fn head_is_get_without_a_body(app: App) {
    let id = app.guest_donation().await;
    for path in ["/api/config", "/health", "/health/live", "/health/ready", &format!("/api/guest-donations/{id}")] {
        let (head, get) = (app.call(Method::HEAD, path).await, app.get(path).await);
        assert_eq!((head.status, get.status), (200, 200), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
    for path in ["/api/nowhere", "/api/donations", "/api/guest-donations/7", "/api/auth/login"] {
        let (head, get) = (app.call(Method::HEAD, path).await, app.get(path).await);
        assert_eq!(head.status, get.status, "{path}");
    }
}

async fn a_sane_request_id_is_taken_over(app: App) {
    for id in ["0193f2c4-abc_1.2:3", "a", &"x".repeat(128)] {
        let answer = app.get("/api/config").header("x-request-id", id).await;
        assert_eq!(answer.header("x-request-id"), Some(id));
        let problem = app.get("/api/nowhere").header("x-request-id", id).await.problem(404, "not_found");
        assert_eq!(problem["request_id"], id);
    }
}

async fn a_request_without_a_sane_id_gets_a_new_one(app: App) {
    let mut seen = Vec::new();
    for id in [None, None, Some(""), Some("a b"), Some("a\"b"), Some("<b>"), Some("ж"), Some(&*"x".repeat(129))] {
        let call = app.get("/api/nowhere");
        let answer = match id {
            None => call.await,
            Some(id) => call.header("x-request-id", id).await,
        };
        let new = answer.header("x-request-id").unwrap().to_owned();
        assert!(!new.is_empty() && Some(new.as_str()) != id, "{id:?}");
        seen.push(new);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 8);
}

async fn problems_speak_the_callers_language(app: App) {
    let mut details = Vec::new();
    for (accepted, language) in [
        ("kk", "kk"),
        ("ru-KZ,ru;q=0.9", "ru"),
        ("en", "en"),
        ("de", "en"),
        ("de, kk;q=0.7, ru;q=0.8", "ru"),
        ("ru;q=0, kk;q=0.1", "kk"),
        ("*", "en"),
        (";;;,,q=q", "en"),
    ] {
        let answer = app.get("/api/nowhere").header("accept-language", accepted).await;
        assert_eq!(answer.header("content-language"), Some(language), "{accepted}");
        details.push((language, answer.problem(404, "not_found")["detail"].clone()));
    }
    details.sort_by_key(|(language, detail)| (*language, detail.to_string()));
    details.dedup();
    assert_eq!(details.len(), 3, "{details:?}");

    let mut messages = Vec::new();
    for language in ["kk", "ru", "en"] {
        let body = json!({"amount": 1, "donor_name": "Ким", "donor_email": "kim@example.com"});
        let answer = app.post("/api/guest-donations").header("accept-language", language).json(&body).await;
        let message = answer.expect(422)["errors"][0]["message"].clone();
        assert!(message.as_str().unwrap().contains("100"), "{message}");
        messages.push(message);
    }
    assert!(messages[0] != messages[1] && messages[1] != messages[2] && messages[0] != messages[2], "{messages:?}");
}

async fn no_answer_may_be_kept_framed_or_sniffed(app: App) {
    for path in ["/api/config", "/api/nowhere", "/health/live"] {
        let answer = app.get(path).await;
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cache-control", "no-store"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}");
        }
        assert!(answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"), "{path}");
        assert!(answer.header("strict-transport-security").is_some(), "{path}");
        assert!(answer.header("server").is_none() && answer.header("x-powered-by").is_none(), "{path}");
    }
}

async fn what_a_frontend_needs_for_its_form_is_told(app: App) {
    let config = app.get("/api/config").await.expect(200);
    let expected = json!({
        "currency": "KZT", "limits": {"min": 100, "max": 5_000_000}, "languages": ["kk", "ru", "en"],
        "presets": config["presets"], "campaigns": config["campaigns"], "payments_are_real": true,
    });
    assert_eq!(config, expected);
    assert!(config["presets"].as_array().unwrap().iter().all(Value::is_u64), "{config}");
    let campaign = &config["campaigns"][0];
    assert_eq!((&campaign["slug"], &campaign["price_per_tree"]), (&json!("trees"), &json!(500)));
}

async fn a_problem_is_the_whole_shape_that_the_contract_names(app: App) {
    let problem = app.get("/api/nowhere").header("x-request-id", "r-1").await.problem(404, "not_found");
    let expected = json!({
        "type": "urn:donations:problem:not_found", "title": "Not found", "status": 404,
        "detail": "There is nothing at this address.", "code": "not_found", "request_id": "r-1", "success": false,
    });
    assert_eq!(problem, expected);
}
