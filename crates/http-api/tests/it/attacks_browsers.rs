//! Attacks by way of a visitor's browser, on every page that there is: forms that others have it send, cookies that others have put there,
//! pages within others' pages, addresses that lead elsewhere.

use domain::Role;

use crate::access_tables::PAGES;
use crate::support::named::Named;
use crate::support::{App, Browser, Session, form};

on_both_databases!(
    no_page_that_is_opened_changes_anything,
    a_form_that_others_have_sent_does_nothing,
    no_page_can_be_framed,
    a_cookie_that_others_have_put_there_is_never_an_operators,
    an_operator_is_led_nowhere_but_to_our_pages,
);

const OPERATOR: &str = "admin@charity.kz";

/// Pages whose forms act for nobody who is signed in, or by what is typed or stands in a link alone.
const BY_THEMSELVES: [&str; 5] = ["/sign-in", "/sign-up", "/forgot-password", "/reset-password", "/confirm-email"];

/// Every page's path, with things in its braces that are there.
async fn paths(app: &App, admin: &Session) -> Vec<(&'static str, String, &'static [(&'static str, &'static str)])> {
    let owner = app.register("owner@example.com").await;
    let mut paths = Vec::new();
    for (method, path, named, fields, _) in PAGES {
        paths.push((*method, app.path(path, *named, (&owner, admin)).await, *fields));
    }
    app.work_off().await;
    paths
}

/// What follows a link must not do anything: an image in another site's page follows it, too.
async fn no_page_that_is_opened_changes_anything(app: App) {
    let admin = app.operator(1, Role::Admin).await;
    let paths = paths(&app, &admin).await;
    let mut operator = Browser::signed_in(&app, OPERATOR).await;
    for (_, path, _) in paths.iter().filter(|(method, ..)| *method == "GET") {
        // Once, for what a first visit may have to make: a key to sign certificates with.
        operator.get(path).await;
        let before = app.everything_kept_but_the_record();
        for query in ["", "?lang=en&position=pulled&reason=x&token=x&csrf=x&_method=POST&amount=1000"] {
            operator.get(&format!("{path}{query}")).await;
        }
        assert_eq!(app.everything_kept_but_the_record(), before, "{path}");
    }
}

async fn a_form_that_others_have_sent_does_nothing(app: App) {
    let admin = app.operator(1, Role::Admin).await;
    let paths = paths(&app, &admin).await;
    let mut operator = Browser::signed_in(&app, OPERATOR).await;
    let mut thief = Browser::of(&app, "thief@example.com").await;
    let (own, others, token) = (operator.csrf().await, thief.csrf().await, operator.token().to_owned());
    let before = app.everything_kept_but_the_record();
    let orders = app.gateway.orders().len();
    for (_, path, fields) in paths.iter().filter(|(method, ..)| *method == "POST") {
        let mut signed = fields.to_vec();
        signed.push(("csrf", &own));
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("origin", "https://evil.test"),
            ("origin", "https://api.charity.test.evil.test"),
            ("origin", "http://api.charity.test"),
        ] {
            let answer = operator.send(form(&app, &format!("{path}?lang=en"), &signed).header(name, value)).await;
            assert!(answer.page(403).contains("This did not come from our page"), "{path} {value}");
        }
        if BY_THEMSELVES.contains(&path.as_str()) {
            continue;
        }
        for wrong in [None, Some(""), Some("x"), Some(&*others), Some(&own[..62]), Some(&*token)] {
            let mut fields = fields.to_vec();
            fields.extend(wrong.map(|csrf| ("csrf", csrf)));
            let answer = operator.post(&format!("{path}?lang=en"), &fields).await;
            assert_eq!(answer.status, 403, "{path} {wrong:?}: {}", answer.text());
        }
        // In JSON, which a page may send as plain text to another site.
        let call = app.post(path).header("content-type", "text/plain").bytes(format!("{{\"csrf\":\"{own}\"}}"));
        let answer = operator.send(call).await;
        assert!([403, 415].contains(&answer.status), "{path}: {}", answer.status);
    }
    assert!(operator.is_in().await);
    assert_eq!(app.everything_kept_but_the_record(), before);
    assert_eq!(app.gateway.orders().len(), orders);
}

async fn no_page_can_be_framed(app: App) {
    let admin = app.operator(1, Role::Admin).await;
    let paths = paths(&app, &admin).await;
    let mut operator = Browser::signed_in(&app, OPERATOR).await;
    for (method, path, fields) in &paths {
        for who in ["operator", "nobody"] {
            let mut nobody = Browser::new(&app);
            let browser = if who == "operator" { &mut operator } else { &mut nobody };
            let answer = if *method == "GET" { browser.get(path).await } else { browser.post(path, fields).await };
            if path == "/widget.js" || answer.status == 303 {
                continue;
            }
            assert_eq!(answer.header("x-frame-options"), Some("DENY"), "{method} {path}");
            let policy = answer.header("content-security-policy").unwrap();
            assert!(policy.contains("frame-ancestors 'none'"), "{method} {path}: {policy}");
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{method} {path}: {policy}");
        }
    }
}

async fn a_cookie_that_others_have_put_there_is_never_an_operators(app: App) {
    app.operator(1, Role::Admin).await;
    let chosen = format!("__Host-donations-session={}", "ab".repeat(32));
    let mut victim = Browser::new(&app);
    victim.cookie = Some(chosen.clone());
    victim.post("/sign-in", &[("email", OPERATOR), ("password", "correct horse")]).await;
    assert_eq!(victim.get("/admin").await.status, 200);
    let signed_in = victim.cookie.clone();
    assert_ne!(signed_in.as_deref(), Some(&*chosen));
    let mut thief = Browser::new(&app);
    thief.cookie = Some(chosen);
    assert_eq!(thief.get("/admin").await.status, 303);
    // Of a donor's session that somebody has put there, nothing is left.
    let donor = Browser::of(&app, "thief@example.com").await.cookie;
    let mut victim = Browser::new(&app);
    victim.cookie.clone_from(&donor);
    victim.post("/sign-in", &[("email", OPERATOR), ("password", "correct horse")]).await;
    thief.cookie = donor;
    assert_eq!((victim.get("/admin").await.status, thief.get("/admin").await.status), (200, 303));
    // A copy ends with the session.
    let mut copy = Browser::new(&app);
    copy.cookie.clone_from(&victim.cookie);
    assert_eq!(copy.get("/admin").await.status, 200);
    let csrf = victim.csrf().await;
    victim.post("/sign-out", &[("csrf", &csrf)]).await;
    assert_eq!(copy.get("/admin").await.status, 303);
    // With a header, or in an address, it is none.
    let token = signed_in.unwrap().split_once('=').unwrap().1.to_owned();
    let answer = app.get(&format!("/admin?__Host-donations-session={token}")).bearer(&token).await;
    assert_eq!(answer.status, 303);
}

async fn an_operator_is_led_nowhere_but_to_our_pages(app: App) {
    app.operator(1, Role::Admin).await;
    let credentials = [("email", OPERATOR), ("password", "correct horse")];
    for next in [
        "https://evil.test/admin",
        "//evil.test/admin",
        "/\\evil.test/admin",
        "/admin/..//evil.test",
        "javascript:alert(1)//admin",
    ] {
        let fields = [&credentials[..], &[("next", next)]].concat();
        Browser::new(&app).post("/sign-in?lang=en", &fields).await.leads_to("/admin?lang=en");
    }
    // A form that was sent after the session was over leads back to the page that it came from, if that is ours.
    for referer in [
        "https://evil.test/x",
        "https://evil.test//evil.test",
        "https://evil.test/admin/../..//evil.test",
        "javascript:1",
    ] {
        let call =
            form(&app, "/admin/brake?lang=en", &[("position", "pulled")]).header("sec-fetch-site", "same-origin");
        let answer = call.header("referer", referer).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, Some("/sign-in?lang=en&next=%2Fadmin")),
            "{referer}"
        );
    }
    for path in ["/admin//evil.test", "/admin/%2f%2fevil.test", "/admin?next=//evil.test"] {
        let answer = Browser::new(&app).get(path).await;
        let to = answer.header("location").unwrap_or_default();
        assert!(to.is_empty() || to.starts_with("/sign-in?"), "{path}: {to}");
    }
}

#[test]
fn every_page_that_is_tried_has_something_in_its_braces() {
    for (_, path, named, ..) in PAGES {
        assert_eq!(path.contains('{'), *named != Named::Nothing, "{path}");
    }
}
