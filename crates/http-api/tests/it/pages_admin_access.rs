//! Every page of the administration, and what each kind of visitor gets from it.

use std::collections::BTreeSet;

use domain::Role;
use domain::audit::AuditEntry;
use domain::ports::{AuditQuery, AuditStore, DeliveryQuery, DeliveryStore};
use reqwest::Method;
use uuid::Uuid;

use crate::support::{Answer, App, Browser, Setup, form};

on_both_databases!(every_page_gives_every_visitor_what_it_must, a_form_of_another_page_does_nothing,);

/// Method, path, the action on record, what the form sends, and what an administrator gets. `{id}` is a paid donation's,
/// `{delivery}` a webhook's that was applied.
type Page = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)], u16);

const NOBODYS: &str = "00000000-0000-0000-0000-000000000007";

#[rustfmt::skip]
const PAGES: &[Page] = &[
    ("GET", "/admin", "stats.read", &[], 200),
    ("POST", "/admin/brake", "brake.set", &[("position", "released")], 303),
    ("GET", "/admin/donations", "donations.list", &[], 200),
    ("GET", "/admin/donations/{id}", "donation.read", &[], 200),
    ("POST", "/admin/donations/{id}/sync", "donation.sync", &[], 303),
    ("POST", "/admin/donations/{id}/receipt", "donation.receipt", &[], 303),
    ("POST", "/admin/donations/{id}/certificate-name", "donation.certificate_name", &[("name", "Anna"), ("reason", "misspelt")], 303),
    ("POST", "/admin/donations/{id}/resolve", "donation.resolve", &[("review", "paid_late"), ("note", "seen")], 409),
    ("POST", "/admin/donations/{id}/refund/check", "donation.read", &[("amount", "1000"), ("reason", "asked")], 200),
    ("POST", "/admin/donations/{id}/refund", "donation.refund",
        &[("amount", "1000"), ("reason", "asked"), ("once", "0123456789abcdef0123456789abcdef")], 303),
    ("GET", "/admin/deliveries", "webhooks.list", &[], 200),
    ("GET", "/admin/deliveries/{delivery}", "webhooks.list", &[], 200),
    ("POST", "/admin/deliveries/{delivery}/replay", "webhook.replay", &[], 303),
    ("GET", "/admin/jobs", "jobs.list", &[], 200),
    ("POST", "/admin/jobs/00000000-0000-0000-0000-000000000007/retry", "job.retry", &[], 404),
    ("GET", "/admin/audit", "audit.list", &[], 200),
    ("GET", "/admin/export", "donations.export", &[], 200),
    ("GET", "/admin/reconciliation", "reconciliation.read", &[], 200),
    ("POST", "/admin/reconciliation", "reconciliation.compare", &[("date", "2026-03-01")], 303),
    ("GET", "/admin/reconciliation/proof", "reconciliation.proof", &[], 422),
    ("GET", "/admin/campaigns", "campaigns.list", &[], 200),
    ("POST", "/admin/campaigns", "campaign.create", &[], 422),
    ("GET", "/admin/campaigns/new", "campaigns.list", &[], 200),
    ("GET", "/admin/campaigns/trees", "campaigns.list", &[], 200),
    ("POST", "/admin/campaigns/trees", "campaign.change", &[], 422),
    ("POST", "/admin/campaigns/trees/close", "campaign.change", &[], 422),
    ("GET", "/admin/campaigns/trees/preview", "campaigns.list", &[], 200),
];

#[test]
fn every_route_of_the_pages_is_in_the_table() {
    let routes = include_str!("../../../web-ui/src/admin/routes.rs");
    let mut there = BTreeSet::new();
    for resource in routes.split("at(\"").skip(1) {
        let path = resource.split('"').next().unwrap();
        // Where a form is sent and nothing is shown, GET leads back to its page.
        there.extend(resource.contains("look(").then_some(("GET", path)));
        there.extend(resource.contains("change(").then_some(("POST", path)));
    }
    let tried = PAGES.iter().map(|(method, path, ..)| {
        (*method, path.replace("{delivery}", "{id}").replace(NOBODYS, "{id}").replace("trees", "{slug}"))
    });
    let tried: BTreeSet<_> = tried.collect();
    assert_eq!(tried, there.into_iter().map(|(method, path)| (method, path.to_owned())).collect());
    let guarded = routes.matches("look(").count() + routes.matches("change(").count();
    assert_eq!(guarded, PAGES.len(), "each of them is guarded");
}

/// What is on record of a request, the oldest first.
async fn entries(app: &App, request: &str) -> Vec<AuditEntry> {
    let all = AuditQuery { account: None, action: None, from: None, to: None, after: None, limit: 10_000 };
    let all = AuditStore::list(app.store(), &all).await.unwrap();
    let mut of_it: Vec<_> = all.into_iter().filter(|entry| entry.request_id.as_deref() == Some(request)).collect();
    of_it.sort_by_key(|entry| entry.outcome);
    of_it
}

/// Asks for a page, or sends its form with this token.
async fn visit(browser: &mut Browser<'_>, app: &App, (page, csrf): (&Page, &str), request: &str) -> Answer {
    let (method, path, _, fields, _) = page;
    let call = if *method == "GET" {
        app.get(&format!("{path}?lang=en"))
    } else {
        form(app, &format!("{path}?lang=en"), &[*fields, &[("csrf", csrf)]].concat())
    };
    browser.send(call.header("x-request-id", request)).await
}

/// The table with a donation's and a webhook's ids filled in.
async fn pages(app: &App, donation: &str) -> Vec<Page> {
    let latest = DeliveryQuery { limit: 1, ..DeliveryQuery::default() };
    let deliveries = DeliveryStore::list(app.store(), &latest).await.unwrap();
    let delivery = deliveries[0].id.to_string();
    let filled = |page: &Page| {
        let path = page.1.replace("{id}", donation).replace("{delivery}", &delivery);
        (page.0, &*path.leak(), page.2, page.3, page.4)
    };
    PAGES.iter().map(filled).collect()
}

async fn every_page_gives_every_visitor_what_it_must(app: App) {
    let (donation, _) = app.completed().await;
    let mut nobody = Browser::new(&app);
    let mut expired = Browser::new(&app);
    expired.cookie = Some(format!("__Host-donations-session={}", "ab".repeat(32)));
    let mut donor = Browser::of(&app, "donor@example.com").await;
    let mut viewer = Browser::operator(&app, 3, Role::Viewer).await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;

    for (place, page) in pages(&app, &donation).await.iter().enumerate() {
        let (method, path, action, _, status) = page;
        for (browser, name) in [(&mut nobody, "nobody"), (&mut expired, "expired")] {
            let request = format!("{name}-{place}");
            let answer = visit(browser, &app, (page, ""), &request).await;
            let next = if *method == "GET" { format!("{path}?lang=en") } else { "/admin".to_owned() };
            let next: String = url::form_urlencoded::byte_serialize(next.as_bytes()).collect();
            answer.leads_to(&format!("/sign-in?lang=en&next={next}"));
            assert_eq!(entries(&app, &request).await, [], "{page:?}: {name}");
            private(&answer);
        }
        let changes = *method == "POST";
        for (browser, role, expected) in [
            (&mut donor, Role::Donor, 403),
            (&mut viewer, Role::Viewer, if changes { 403 } else { *status }),
            (&mut admin, Role::Admin, *status),
        ] {
            let request = format!("{}-{place}", role.word());
            let csrf = browser.csrf().await;
            let before = app.kept(&donation).await;
            let answer = visit(browser, &app, (page, &csrf), &request).await;
            assert_eq!(answer.status, expected, "{page:?}: {role:?} {}", answer.text());
            private(&answer);
            if expected == 403 {
                assert!(answer.page(403).contains("No access"));
                assert_eq!(app.kept(&donation).await, before);
                assert!(!answer.text().contains("/admin/"), "nothing is shown of what is there");
            }
            let entries = entries(&app, &request).await;
            let seen: Vec<_> = entries.iter().map(|entry| (entry.outcome.word(), entry.status)).collect();
            let outcome = if expected < 400 { "done" } else { "refused" };
            match changes && role == Role::Admin {
                true => assert_eq!(seen, [("begun", None), (outcome, Some(expected))], "{page:?}"),
                false => assert_eq!(seen, [(outcome, Some(expected))], "{page:?}: {role:?}"),
            }
            for entry in entries {
                let (_, as_what) = entry.actor.account().unwrap();
                assert_eq!(
                    (as_what, entry.action.word(), entry.address.as_deref()),
                    (role, *action, Some("127.0.0.1"))
                );
                let id = path.split('/').nth(3).filter(|id| *id == "trees" || Uuid::try_parse(id).is_ok());
                assert_eq!(entry.target.as_deref(), id, "{page:?}");
            }
        }
    }
}

/// Whatever it is, it is kept by nobody, framed by nobody, and found by no search engine.
fn private(answer: &Answer) {
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    assert_eq!(answer.header("x-robots-tag"), Some("noindex, nofollow"));
    if answer.header("content-type").is_some_and(|kind| kind.starts_with("text/html")) {
        assert_eq!(answer.header("x-frame-options"), Some("DENY"));
        assert!(answer.header("content-security-policy").unwrap().contains("frame-ancestors 'none'"));
        assert!(answer.header("content-security-policy").unwrap().contains("script-src 'self'"));
    }
}

/// Without the session's token, with another session's, or from another site.
async fn a_form_of_another_page_does_nothing(app: App) {
    let (donation, _) = app.completed().await;
    let mut other = Browser::operator(&app, 4, Role::Admin).await;
    let others = other.csrf().await;
    let mut admin = Browser::new(&app);
    let right = [("email", "admin@charity.kz"), ("password", "correct horse")];
    admin.post("/sign-in?lang=en", &right).await.leads_to("/admin?lang=en");
    let own = admin.csrf().await;
    assert_ne!(own, others);
    let before = (app.kept(&donation).await, app.mailbox.mails().len());
    for page in pages(&app, &donation).await.iter().filter(|page| page.0 == "POST") {
        for token in ["", "00", &others] {
            let answer = visit(&mut admin, &app, (page, token), "no-token").await;
            assert_eq!(answer.status, 403, "{page:?}: {}", answer.text());
        }
        for origin in ["https://evil.example", "null"] {
            let fields = [page.3, &[("csrf", own.as_str())]].concat();
            let call = form(&app, page.1, &fields).header("origin", origin);
            assert_eq!(admin.send(call).await.status, 403, "{page:?}");
            let call = form(&app, page.1, &fields).header("sec-fetch-site", "cross-site");
            assert_eq!(admin.send(call).await.status, 403, "{page:?}");
        }
        let as_json =
            app.post(page.1).header("content-type", "application/json").text(&format!(r#"{{"csrf":"{own}"}}"#));
        assert_eq!(admin.send(as_json).await.status, 415, "{page:?}");
    }
    app.work_off().await;
    // The mail of the certificate itself, and no more.
    assert_eq!((app.kept(&donation).await, app.mailbox.mails().len()), (before.0, before.1 + 1));
    let entries = entries(&app, "no-token").await;
    assert!(entries.iter().all(|entry| matches!(entry.outcome.word(), "begun" | "refused")) && !entries.is_empty());
}

/// A session ends while its owner looks at a page: signing in leads back there.
#[tokio::test]
async fn whoever_signs_in_again_comes_back_to_the_page() {
    let app = Setup::sqlite().await.start();
    let (donation, _) = app.completed().await;
    let mut admin = Browser::operator(&app, 4, Role::Admin).await;
    let page = format!("/admin/donations/{donation}?lang=kk");
    admin.get(&page).await.page(200);
    let old = admin.cookie.take();
    let answer = admin.get(&page).await;
    let sign_in = answer.header("location").unwrap().to_owned();
    let right = [("email", "admin@charity.kz"), ("password", "correct horse")];
    admin.submit(&sign_in, "/sign-in", &right).await.leads_to(&page);
    assert_ne!(admin.cookie, old, "a session of its own");
    admin.get(&page).await.page(200);

    // A form's page is come back to by where the browser says it was.
    let mut expired = Browser::new(&app);
    let from = format!("https://api.charity.test/admin/donations/{donation}?lang=kk");
    let call = form(&app, &format!("/admin/donations/{donation}/sync?lang=kk"), &[]).header("referer", &from);
    let answer = expired.send(call).await;
    let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
    answer.leads_to(&format!("/sign-in?lang=kk&next={next}"));
    for elsewhere in ["https://evil.example//evil.example", "https://evil.example/account", "nonsense"] {
        let call = form(&app, "/admin/brake?lang=kk", &[]).header("referer", elsewhere);
        expired.send(call).await.leads_to("/sign-in?lang=kk&next=%2Fadmin");
    }
    for act in ["sync", "refund/check"] {
        let opened = admin.get(&format!("/admin/donations/{donation}/{act}")).await;
        assert_eq!(opened.status, 303);
        assert!(opened.header("location").unwrap().starts_with(&format!("/admin/donations/{donation}")));
    }
    for method in [Method::PUT, Method::DELETE, Method::PATCH] {
        let answer = app.call(method, "/admin/donations").header("accept", "text/html").await;
        assert_eq!(answer.status, 405);
    }
}
