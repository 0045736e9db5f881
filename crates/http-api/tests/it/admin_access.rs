//! Every endpoint of the administration, and what each kind of caller gets from it.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::Role;
use domain::audit::{AuditEntry, AuditOutcome};
use domain::ports::{AuditQuery, AuditStore as _};
use reqwest::Method;
use uuid::Uuid;

use crate::support::{App, Call, Session};

on_both_databases!(every_endpoint_gives_every_caller_what_it_must,);

/// Method, path, the action on record, a body, and what an administrator gets. `{id}` is a paid donation's, `{slug}` its campaign's.
#[rustfmt::skip]
const ENDPOINTS: &[(&str, &str, &str, &str, u16)] = &[
    ("GET", "/api/admin/donations", "donations.list", "", 200),
    ("GET", "/api/admin/donations/{id}", "donation.read", "", 200),
    ("POST", "/api/admin/donations/{id}/refund", "donation.refund", r#"{"amount":1000,"reason":"asked"}"#, 201),
    ("POST", "/api/admin/donations/{id}/receipt", "donation.receipt", "", 202),
    ("POST", "/api/admin/donations/{id}/sync", "donation.sync", "", 200),
    ("POST", "/api/admin/donations/{id}/resolve", "donation.resolve", r#"{"review":"paid_late","note":"seen"}"#, 404),
    ("POST", "/api/admin/donations/{id}/certificate-name", "donation.certificate_name", r#"{"name":"Айгүл","reason":"asked"}"#, 200),
    ("GET", "/api/admin/campaigns", "campaigns.list", "", 200),
    ("POST", "/api/admin/campaigns", "campaign.create", r#"{"slug":"birch","title":{"kk":"Қайың","ru":"Берёза","en":"Birch"},"price_per_tree":700}"#, 201),
    ("GET", "/api/admin/campaigns/{slug}", "campaigns.list", "", 200),
    ("PATCH", "/api/admin/campaigns/{slug}", "campaign.change", r#"{"goal":1000000}"#, 200),
    ("GET", "/api/admin/campaigns/{slug}/preview", "campaigns.list", "", 200),
    ("POST", "/api/admin/campaigns/{slug}/close", "campaign.change", "", 200),
    ("PUT", "/api/admin/campaigns/{slug}/picture", "campaign.change", "{}", 415),
    ("DELETE", "/api/admin/campaigns/{slug}/picture", "campaign.change", "", 200),
    ("GET", "/api/admin/webhooks", "webhooks.list", "", 200),
    ("GET", "/api/admin/webhooks/{id}", "webhooks.list", "", 404),
    ("POST", "/api/admin/webhooks/{id}/replay", "webhook.replay", "", 404),
    ("GET", "/api/admin/jobs", "jobs.list", "", 200),
    ("POST", "/api/admin/jobs/{id}/retry", "job.retry", "", 404),
    ("GET", "/api/admin/reconciliation", "reconciliation.read", "", 422),
    ("POST", "/api/admin/reconciliation", "reconciliation.compare", r#"{"date": "2026-03-01"}"#, 202),
    ("GET", "/api/admin/reconciliation/proof", "reconciliation.proof", "", 422),
    ("GET", "/api/admin/export", "donations.export", "", 422),
    ("GET", "/api/admin/brake", "brake.read", "", 200),
    ("PUT", "/api/admin/brake", "brake.set", r#"{"on": false}"#, 200),
    ("GET", "/api/admin/stats", "stats.read", "", 200),
    ("GET", "/api/admin/audit", "audit.list", "", 200),
];

#[test]
fn every_route_of_the_administration_is_in_the_table() {
    let routes = include_str!("../../src/routes.rs");
    let mut there = BTreeSet::new();
    for resource in routes.split("at(\"").skip(1) {
        let (path, rest) = resource.split_once("\", \"").unwrap();
        let methods = rest.split('"').next().unwrap().split(", ").filter(|method| *method != "HEAD");
        there.extend(methods.filter(|_| path.starts_with("/api/admin")).map(|method| (method, path)));
    }
    let written = routes.matches("\"/api/admin").count();
    let paths: BTreeSet<_> = there.iter().map(|(_, path)| *path).collect();
    assert_eq!(paths.len(), written, "each path stands there once, so that none was overlooked");
    let tried: BTreeSet<_> = ENDPOINTS.iter().map(|(method, path, ..)| (*method, *path)).collect();
    assert_eq!(tried, there);
}

/// A call that its entries are found by.
fn call(app: &App, (method, path, body): (&str, &str, &str), request: &str) -> Call {
    let call = app.call(Method::from_bytes(method.as_bytes()).unwrap(), path).header("x-request-id", request);
    if body.is_empty() { call } else { call.text(body) }
}

/// What is on record of a request, the oldest first.
async fn entries(app: &App, request: &str) -> Vec<AuditEntry> {
    let all = AuditQuery { account: None, action: None, from: None, to: None, after: None, limit: 10_000 };
    let all = app.store().list(&all).await.unwrap();
    let mut of_it: Vec<_> = all.into_iter().filter(|entry| entry.request_id.as_deref() == Some(request)).collect();
    of_it.sort_by_key(|entry| entry.outcome);
    of_it
}

/// A token whose owner has changed it: it says what it said, and is signed by nobody.
fn forged(token: &str) -> String {
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let turned: String = signature.chars().rev().collect();
    format!("{signed}.{turned}")
}

async fn every_endpoint_gives_every_caller_what_it_must(app: App) {
    let old = app.operator(1, Role::Admin).await;
    app.call(Method::DELETE, "/api/auth/me").bearer(&old.token).await.nothing();
    let expired = app.admin().await;
    app.clock.advance(TimeDelta::days(1));
    let admin = Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200));
    let viewer = app.operator(3, Role::Viewer).await;
    let donor = app.register("donor@example.com").await;
    let (donation, _) = app.completed().await;

    for (place, (method, path, action, body, status)) in ENDPOINTS.iter().enumerate() {
        let named = path.contains('{');
        let path = path.replace("{id}", &donation).replace("{slug}", "trees");
        let what = (*method, path.as_str(), *body);
        let nobodies = [("expired", &expired.token), ("forged", &forged(&admin.token)), ("deleted", &old.token)];
        for (name, token) in nobodies {
            let request = format!("{name}-{place}");
            call(&app, what, &request).bearer(token).await.problem(401, "unauthenticated");
            assert_eq!(entries(&app, &request).await, [], "{what:?}: {name}");
        }
        call(&app, what, "anonymous").await.problem(401, "unauthenticated");
        assert_eq!(entries(&app, "anonymous").await, []);

        let changes = *method != "GET";
        for (session, role, status) in [
            (&donor, Role::Donor, 403),
            (&viewer, Role::Viewer, if changes { 403 } else { *status }),
            (&admin, Role::Admin, *status),
        ] {
            let request = format!("{}-{place}", role.word());
            let before = app.kept(&donation).await;
            let answer = call(&app, what, &request).bearer(&session.token).await;
            assert_eq!(answer.status, status, "{what:?}: {role:?} {}", answer.text());
            if status == 403 {
                answer.problem(403, "forbidden");
                assert_eq!(app.kept(&donation).await, before);
            }
            let entries = entries(&app, &request).await;
            let seen: Vec<_> = entries.iter().map(|entry| (entry.outcome.word(), entry.status)).collect();
            let outcome = if status < 400 { "done" } else { "refused" };
            match changes && role == Role::Admin {
                true => assert_eq!(seen, [("begun", None), (outcome, Some(status))], "{what:?}"),
                false => assert_eq!(seen, [(outcome, Some(status))], "{what:?}: {role:?}"),
            }
            for entry in entries {
                let (account, as_what) = entry.actor.account().unwrap();
                assert_eq!((account.0, as_what), (Uuid::try_parse(&session.account).unwrap(), role));
                assert_eq!((entry.action.word(), entry.address.as_deref()), (*action, Some("127.0.0.1")));
                // What is made is named by the entry of its answer.
                let made = entry.outcome == AuditOutcome::Done && status == 201;
                assert_eq!(entry.target.is_some(), named || made, "{what:?}");
            }
        }
    }
}
