//! Access tokens: which count.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::{Sha256, Sha512};

use crate::support::{App, JWT_SECRET};

on_both_databases!(
    a_token_counts_until_it_expires,
    a_token_of_another_secret_algorithm_or_kind_counts_for_nothing,
    a_token_of_nobody_counts_for_nothing,
    what_is_no_token_counts_for_nothing,
    a_refresh_token_is_no_access_token,
    every_call_that_needs_a_token_says_so,
);

fn encoded(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn hs256(header: &Value, claims: &Value, secret: &str) -> String {
    let signed = format!("{}.{}", encoded(header), encoded(claims));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn hs512(claims: &Value, secret: &str) -> String {
    let signed = format!("{}.{}", encoded(&json!({"alg": "HS512", "typ": "JWT"})), encoded(claims));
    let mut mac = Hmac::<Sha512>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

fn claims_of(token: &str) -> Value {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&claims).unwrap()
}

async fn is_refused(app: &App, token: &str) {
    let answer = app.get("/api/auth/me").bearer(token).await;
    answer.problem(401, "unauthenticated");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"), "{token}");
}

async fn a_token_counts_until_it_expires(app: App) {
    let session = app.register("asem@example.com").await;
    app.clock.advance(TimeDelta::minutes(30) - TimeDelta::microseconds(1));
    app.get("/api/auth/me").bearer(&session.token).await.expect(200);
    app.clock.advance(TimeDelta::microseconds(1));
    is_refused(&app, &session.token).await;
}

async fn a_token_of_another_secret_algorithm_or_kind_counts_for_nothing(app: App) {
    let session = app.register("asem@example.com").await;
    let header = json!({"alg": "HS256", "typ": "JWT"});
    let claims = claims_of(&session.token);
    let ours = hs256(&header, &claims, JWT_SECRET);
    app.get("/api/auth/me").bearer(&ours).await.expect(200);

    is_refused(&app, &hs256(&header, &claims, "signs-the-tokens-of-somebody-else-altogether")).await;
    is_refused(&app, &hs256(&header, &claims, "")).await;
    is_refused(&app, &hs512(&claims, JWT_SECRET)).await;
    for alg in ["none", "None", "NONE", "RS256", "HS384", ""] {
        let header = json!({"alg": alg, "typ": "JWT"});
        is_refused(&app, &format!("{}.{}.", encoded(&header), encoded(&claims))).await;
        is_refused(&app, &hs256(&header, &claims, JWT_SECRET)).await;
    }
    let (start, _) = ours.rsplit_once('.').unwrap();
    for token in [format!("{start}."), start.to_owned(), format!("{ours}A"), format!("{ours}.")] {
        is_refused(&app, &token).await;
    }
    for (claim, value) in [
        ("typ", json!("refresh")),
        ("typ", Value::Null),
        ("exp", json!("never")),
        ("exp", Value::Null),
        ("exp", json!(0)),
        ("exp", json!(-1)),
        ("sub", json!("asem")),
        ("sid", Value::Null),
    ] {
        let mut changed = claims.clone();
        changed[claim] = value;
        is_refused(&app, &hs256(&header, &changed, JWT_SECRET)).await;
    }
}

async fn a_token_of_nobody_counts_for_nothing(app: App) {
    let (asem, oleg) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    let header = json!({"alg": "HS256", "typ": "JWT"});
    for (claim, value) in
        [("sub", json!(oleg.account)), ("sub", json!(uuid::Uuid::nil())), ("sid", json!(uuid::Uuid::nil()))]
    {
        let mut claims = claims_of(&asem.token);
        claims[claim] = value;
        is_refused(&app, &hs256(&header, &claims, JWT_SECRET)).await;
    }
}

async fn what_is_no_token_counts_for_nothing(app: App) {
    let session = app.register("asem@example.com").await;
    for token in ["", "x", "a.b.c", "..", "....", "қазақ", "null", &"a".repeat(5000), &"e30.".repeat(1000)] {
        is_refused(&app, token).await;
    }
    for value in [
        String::new(),
        "Bearer".to_owned(),
        session.token.clone(),
        format!("Basic {}", session.token),
        format!("Bearer{}", session.token),
        format!("Token {}", session.token),
    ] {
        let answer = app.get("/api/auth/me").header("authorization", &value).await;
        answer.problem(401, "unauthenticated");
    }
    // A scheme's name has no case (RFC 9110, 11.1).
    app.get("/api/auth/me").header("authorization", &format!("bearer {}", session.token)).await.expect(200);
}

async fn a_refresh_token_is_no_access_token(app: App) {
    app.register("asem@example.com").await;
    let answer = app.log_in("asem@example.com", "correct horse").await.expect(200);
    is_refused(&app, answer["refresh_token"].as_str().unwrap()).await;
}

async fn every_call_that_needs_a_token_says_so(app: App) {
    let id = uuid::Uuid::from_u128(7);
    let calls = [
        app.get("/api/donations"),
        app.post("/api/donations").json(&json!({"amount": 5000})),
        app.get(&format!("/api/donations/{id}")),
        app.post(&format!("/api/donations/{id}/payment")),
        app.post(&format!("/api/donations/{id}/cancel")),
        app.get("/api/auth/me"),
    ];
    for call in calls {
        let answer = call.await;
        answer.problem(401, "unauthenticated");
        assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
    }
}
