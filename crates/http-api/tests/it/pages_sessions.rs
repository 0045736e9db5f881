//! The session in a browser's cookie.

use chrono::TimeDelta;
use reqwest::Method;
use serde_json::json;

use crate::support::{App, Browser, Session, Setup};

on_both_databases!(
    every_sign_in_has_a_token_of_its_own,
    a_session_ends_with_whatever_ends_sessions,
    a_session_that_is_used_goes_on_with_the_same_token,
    the_tokens_of_browsers_and_of_the_api_are_not_each_others,
    the_api_takes_no_cookie,
    only_hashes_are_kept,
);

const ASEM: &str = "asem@example.com";
const RIGHT: [(&str, &str); 2] = [("email", ASEM), ("password", "correct horse")];

#[tokio::test]
async fn the_cookie_is_for_our_own_pages_alone() {
    let app = Setup::sqlite().await.start();
    let mut browser = Browser::new(&app);
    for path in ["/", "/sign-in", "/sign-up", "/donations/x"] {
        assert!(browser.get(path).await.every("set-cookie").is_empty(), "nothing is kept of whoever has not signed in");
    }
    Browser::of(&app, ASEM).await;
    let answer = browser.post("/sign-in", &RIGHT).await;
    let (name, rest) = answer.header("set-cookie").unwrap().split_once('=').unwrap();
    let (token, rest) = rest.split_once(';').unwrap();
    assert_eq!((name, token.len()), ("__Host-donations-session", 64));
    assert_eq!(rest, " Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
    let csrf = browser.csrf().await;
    let answer = browser.post("/sign-out", &[("csrf", &csrf)]).await;
    let gone = "__Host-donations-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure";
    assert_eq!(answer.every("set-cookie"), [gone]);
}

/// A browser takes no `Secure` cookie from there, nor one whose name claims it.
#[tokio::test]
async fn on_a_developers_machine_the_cookie_goes_over_plain_http() {
    let app = Setup::sqlite().await.with("BACKEND_URL", "http://localhost:5000").start();
    let mut browser = Browser::of(&app, ASEM).await;
    assert!(browser.is_in().await);
    assert!(browser.cookie.as_deref().unwrap().starts_with("donations-session="));
    let answer = browser.post("/sign-in", &RIGHT).await;
    assert!(!answer.header("set-cookie").unwrap().contains("Secure"));
}

async fn every_sign_in_has_a_token_of_its_own(app: App) {
    let mut first = Browser::of(&app, ASEM).await;
    // Somebody has put a cookie of their choice into the victim's browser.
    let chosen = format!("__Host-donations-session={}", "ab".repeat(32));
    let mut victim = Browser::new(&app);
    victim.cookie = Some(chosen.clone());
    assert!(!victim.is_in().await);
    victim.post("/sign-in", &RIGHT).await;
    assert!(victim.is_in().await && victim.cookie.as_deref() != Some(&chosen));
    let mut thief = Browser::new(&app);
    thief.cookie = Some(chosen);
    assert!(!thief.is_in().await);
    // Whoever signs in over a session ends it; those of other browsers stand.
    let mut copy = Browser::new(&app);
    copy.cookie.clone_from(&victim.cookie);
    victim.post("/sign-in", &RIGHT).await;
    assert!(victim.is_in().await && !copy.is_in().await && first.is_in().await);
    for token in ["", "x", &"0".repeat(63), &"ж".repeat(32)] {
        let mut odd = Browser::new(&app);
        odd.cookie = Some(format!("__Host-donations-session={token}"));
        assert!(!odd.is_in().await);
    }
}

async fn a_session_ends_with_whatever_ends_sessions(app: App) {
    let mut here = Browser::of(&app, ASEM).await;
    let mut there = Browser::new(&app);
    let api = Session::of(&app.log_in(ASEM, "correct horse").await.expect(200));

    // Everywhere, the API's sessions among them.
    there.post("/sign-in", &RIGHT).await;
    here.submit("/account?lang=en", "/account/sign-out-everywhere", &[])
        .await
        .leads_to("/sign-in?lang=en&notice=everywhere");
    assert!(!here.is_in().await && !there.is_in().await);
    app.get("/api/auth/me").bearer(&api.token).await.problem(401, "unauthenticated");

    // With the copy of a cookie that was signed out.
    here.post("/sign-in", &RIGHT).await;
    there.cookie.clone_from(&here.cookie);
    here.submit("/account", "/sign-out", &[]).await;
    assert!(!there.is_in().await);

    // By itself.
    here.post("/sign-in", &RIGHT).await;
    app.clock.advance(TimeDelta::days(30));
    assert!(!here.is_in().await);

    // By a reset over the API.
    here.post("/sign-in", &RIGHT).await;
    app.post("/api/auth/password/forgot").json(&json!({"email": ASEM})).await;
    app.work_off().await;
    let token = app.link(ASEM, "reset-password");
    let reset = json!({"token": token, "password": "another horse"});
    app.post("/api/auth/password/reset").json(&reset).await.nothing();
    assert!(!here.is_in().await);

    // With the account.
    here.post("/sign-in", &[("email", ASEM), ("password", "another horse")]).await;
    assert!(here.is_in().await);
    let api = Session::of(&app.log_in(ASEM, "another horse").await.expect(200));
    app.call(Method::DELETE, "/api/auth/me").bearer(&api.token).await.nothing();
    assert!(!here.is_in().await);
}

/// Two tabs show the same token, and neither is taken for a thief.
async fn a_session_that_is_used_goes_on_with_the_same_token(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let token = browser.token().to_owned();
    assert!(browser.get("/").await.every("set-cookie").is_empty(), "it has just begun");
    for _ in 0..3 {
        app.clock.advance(TimeDelta::days(20));
        let answer = browser.get("/my-donations").await;
        assert_eq!(answer.status, 200);
        let set = answer.every("set-cookie");
        assert!(set.len() == 1 && set[0].contains(&token) && set[0].contains("Max-Age=2592000"), "{set:?}");
        assert!(browser.get("/").await.every("set-cookie").is_empty());
    }
    let mut other_tab = Browser::new(&app);
    other_tab.cookie.clone_from(&browser.cookie);
    let (here, there) = futures_util::future::join(browser.get("/account"), other_tab.get("/account")).await;
    assert_eq!((here.status, there.status), (200, 200));
    app.clock.advance(TimeDelta::days(31));
    assert!(!browser.is_in().await);
}

async fn the_tokens_of_browsers_and_of_the_api_are_not_each_others(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let api = Session::of(&app.log_in(ASEM, "correct horse").await.expect(200));
    let token = browser.token().to_owned();
    let refresh = |token: &str| app.post("/api/auth/refresh").json(&json!({"refresh_token": token}));
    refresh(&token).await.problem(401, "unauthenticated");
    app.get("/api/auth/me").bearer(&token).await.problem(401, "unauthenticated");
    app.post("/api/auth/logout").json(&json!({"refresh_token": token})).await.nothing();
    assert!(browser.is_in().await, "nobody was told who it is, and nothing has ended");
    for token in [&api.token, &api.refresh_token] {
        let mut odd = Browser::new(&app);
        odd.cookie = Some(format!("__Host-donations-session={token}"));
        assert!(!odd.is_in().await);
    }
    refresh(&api.refresh_token).await.expect(200);
}

async fn the_api_takes_no_cookie(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    for (method, path) in [
        (Method::GET, "/api/auth/me"),
        (Method::DELETE, "/api/auth/me"),
        (Method::GET, "/api/donations"),
        (Method::POST, "/api/donations"),
        (Method::GET, "/api/admin/donations"),
    ] {
        let call = app.call(method, path).json(&json!({"amount": 5000})).header("origin", "https://charity.test");
        let answer = browser.send(call).await;
        answer.problem(401, "unauthenticated");
        assert!(answer.header("access-control-allow-credentials").is_none());
        assert!(answer.every("set-cookie").is_empty());
    }
    assert!(browser.is_in().await);
}

async fn only_hashes_are_kept(app: App) {
    let mut browser = Browser::of(&app, ASEM).await;
    let (token, csrf) = (browser.token().to_owned(), browser.csrf().await);
    let kept = app.everything_kept();
    assert!(kept.contains(ASEM), "it was looked at");
    assert!(!kept.contains(&token) && !kept.contains(&csrf));
    assert!(!browser.get("/account").await.text().contains(&token), "nor does a page tell it");
}
