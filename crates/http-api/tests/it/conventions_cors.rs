//! Pages of other origins.

use reqwest::Method;

use crate::support::{Answer, App, Setup};

on_both_databases!(
    the_frontends_pages_may_call,
    pages_of_other_origins_may_not,
    a_preflight_says_what_may_be_sent,
    a_preflight_of_another_origin_is_refused,
    problems_can_be_read_by_the_frontends_pages,
    an_origin_that_is_none_does_no_harm,
);

fn preflight(app: &App, origin: &str, (method, headers): (&str, &str)) -> crate::support::Call {
    app.call(Method::OPTIONS, "/api/guest-donations")
        .header("origin", origin)
        .header("access-control-request-method", method)
        .header("access-control-request-headers", headers)
}

fn allowed(answer: &Answer) -> Option<&str> {
    answer.header("access-control-allow-origin")
}

async fn the_frontends_pages_may_call(app: App) {
    let answer = app.get("/api/config").header("origin", "https://charity.test").await;
    answer.expect(200);
    assert_eq!(allowed(&answer), Some("https://charity.test"));
    assert!(answer.header("vary").unwrap().contains("Origin"), "{answer:?}");
    let exposed = answer.header("access-control-expose-headers").unwrap().to_lowercase();
    for name in ["x-request-id", "location", "idempotency-replayed", "retry-after"] {
        assert!(exposed.contains(name), "{exposed}");
    }
    assert!(answer.header("access-control-allow-credentials").is_none());
}

async fn pages_of_other_origins_may_not(app: App) {
    for origin in ["https://evil.test", "http://charity.test", "https://charity.test.evil.test", "null"] {
        let answer = app.get("/api/config").header("origin", origin).await;
        answer.expect(200);
        assert_eq!(allowed(&answer), None, "{origin}");
    }
}

async fn a_preflight_says_what_may_be_sent(app: App) {
    let answer =
        preflight(&app, "https://charity.test", ("POST", "authorization, content-type, idempotency-key")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(allowed(&answer), Some("https://charity.test"));
    assert!(answer.header("access-control-allow-methods").unwrap().contains("POST"));
    let headers = answer.header("access-control-allow-headers").unwrap().to_lowercase();
    for name in ["authorization", "content-type", "accept-language", "idempotency-key", "x-request-id"] {
        assert!(headers.contains(name), "{headers}");
    }
}

async fn a_preflight_of_another_origin_is_refused(app: App) {
    for answer in [
        preflight(&app, "https://evil.test", ("POST", "content-type")).await,
        preflight(&app, "https://charity.test", ("POST", "x-other")).await,
        preflight(&app, "https://charity.test", ("TRACE", "content-type")).await,
    ] {
        assert!(answer.status == 400 || allowed(&answer).is_none(), "{answer:?}");
        assert!(answer.status < 500, "{answer:?}");
    }
}

async fn problems_can_be_read_by_the_frontends_pages(app: App) {
    for call in [
        app.get("/api/nowhere"),
        app.get("/api/auth/me"),
        app.post("/api/config"),
        app.post("/api/auth/login").text("{"),
    ] {
        let answer = call.header("origin", "https://charity.test").await;
        assert_eq!(allowed(&answer), Some("https://charity.test"), "{answer:?}");
    }
}

async fn an_origin_that_is_none_does_no_harm(app: App) {
    for origin in ["", "x", "қазақ", "https://", "*"] {
        for answer in [
            app.get("/api/config").header("origin", origin).await,
            preflight(&app, origin, ("POST", "content-type")).await,
        ] {
            assert!(answer.status < 500, "{origin}: {answer:?}");
            assert_eq!(allowed(&answer), None, "{origin}");
        }
    }
}

set_up_on_both_databases!(an_open_api_may_be_called_by_any_page, other_origins_can_be_allowed);

async fn an_open_api_may_be_called_by_any_page(setup: Setup) {
    let app = setup.with("CORS_ORIGINS", "*").start();
    let answer = app.get("/api/config").header("origin", "https://anybody.test").await;
    assert_eq!(allowed(&answer), Some("*"));
    assert_eq!(preflight(&app, "https://anybody.test", ("POST", "content-type")).await.status, 200);
}

async fn other_origins_can_be_allowed(setup: Setup) {
    let app = setup.with("CORS_ORIGINS", "https://one.test, http://localhost:8080").start();
    for (origin, may) in [("https://one.test", true), ("http://localhost:8080", true), ("https://charity.test", false)]
    {
        let answer = app.get("/api/config").header("origin", origin).await;
        assert_eq!(allowed(&answer).is_some(), may, "{origin}");
    }
}
