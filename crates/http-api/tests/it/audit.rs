//! Who did what: what is put on record, and `GET /api/admin/audit`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use chrono::TimeDelta;
use domain::Role;
use domain::audit::AuditEntry;
use domain::ports::{AuditQuery, AuditStore, StoreError};
use serde_json::{Value, json};

use crate::support::{App, Browser, Session, Setup};

on_both_databases!(
    every_sign_in_and_its_end_are_on_record,
    a_browsers_sign_ins_are_on_record_too,
    a_password_that_was_reset_is_on_record,
    the_record_is_read_page_by_page,
    the_record_is_asked_for_by_who_what_and_when,
    what_was_typed_or_looked_for_is_not_kept,
);
set_up_on_both_databases!(nothing_is_done_that_cannot_be_put_on_record);

async fn record(app: &App, admin: &Session, query: &str) -> Value {
    app.get(&format!("/api/admin/audit?limit=100{query}")).bearer(&admin.token).await.expect(200)
}

/// `action outcome means target actor` of every entry about signing in, the oldest first.
async fn doors(app: &App, admin: &Session) -> Vec<String> {
    let shown = record(app, admin, "").await;
    let items = shown["items"].as_array().unwrap().iter().rev();
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    items
        .filter(|entry| text(&entry["action"]).starts_with("account."))
        .map(|entry| {
            assert_eq!(entry["address"], "127.0.0.1");
            assert!(entry["request_id"].is_string());
            let facts =
                [&entry["action"], &entry["outcome"], &entry["details"]["means"], &entry["target"], &entry["actor"]];
            facts.map(text).join(" ")
        })
        .collect()
}

async fn every_sign_in_and_its_end_are_on_record(app: App) {
    let next = || app.clock.advance(TimeDelta::seconds(1));
    let donor = app.register("donor@example.com").await;
    next();
    app.log_in("donor@example.com", "wrong battery").await.problem(401, "invalid_credentials");
    next();
    app.log_in("nobody@example.com", "wrong battery").await.problem(401, "invalid_credentials");
    next();
    app.post("/api/auth/logout").json(&json!({"refresh_token": donor.refresh_token})).await.nothing();
    app.post("/api/auth/logout").json(&json!({"refresh_token": "none"})).await.nothing();
    next();
    let admin = app.admin().await;
    let expected = [
        "account.sign_in done api - account".to_owned(),
        format!("account.sign_in refused api {} nobody", donor.account),
        "account.sign_in refused api - nobody".to_owned(),
        format!("account.sign_out done api {} nobody", donor.account),
        "account.sign_in done api - account".to_owned(),
    ];
    assert_eq!(doors(&app, &admin).await, expected);
}

async fn a_browsers_sign_ins_are_on_record_too(app: App) {
    let next = || app.clock.advance(TimeDelta::seconds(1));
    let mut browser = Browser::of(&app, "asem@example.com").await;
    next();
    let account = record(&app, &app.admin().await, "").await["items"][1]["account_id"].as_str().unwrap().to_owned();
    next();
    Browser::new(&app).post("/sign-in", &[("email", "asem@example.com"), ("password", "wrong battery")]).await;
    next();
    let csrf = browser.csrf().await;
    browser.post("/sign-out", &[("csrf", &csrf)]).await;
    next();
    let admin = Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200));
    let seen = doors(&app, &admin).await;
    assert!(seen[0].starts_with("account.sign_in done"), "{seen:?}");
    assert!(seen.contains(&format!("account.sign_in refused browser {account} nobody")), "{seen:?}");
    assert!(seen.contains(&format!("account.sign_out done browser {account} nobody")), "{seen:?}");
}

async fn a_password_that_was_reset_is_on_record(app: App) {
    let donor = app.register("donor@example.com").await;
    app.post("/api/auth/password/forgot").json(&json!({"email": "donor@example.com"})).await;
    app.work_off().await;
    let token = app.link("donor@example.com", "reset-password");
    for (token, status) in [("no-token", 422), (token.as_str(), 204)] {
        app.clock.advance(TimeDelta::seconds(1));
        let body = json!({"token": token, "password": "another horse"});
        assert_eq!(app.post("/api/auth/password/reset").json(&body).await.status, status);
    }
    let admin = app.admin().await;
    let mut seen = doors(&app, &admin).await;
    seen.retain(|line| line.starts_with("account.reset_password"));
    let account = &donor.account;
    assert_eq!(seen.remove(0), "account.reset_password refused - - nobody");
    seen.sort();
    let both = ["begun", "done"].map(|outcome| format!("account.reset_password {outcome} - {account} nobody"));
    assert_eq!(seen, both);
}

async fn the_record_is_read_page_by_page(app: App) {
    let admin = app.admin().await;
    for _ in 0..6 {
        app.clock.advance(TimeDelta::seconds(1));
        app.get("/api/admin/jobs").bearer(&admin.token).await.expect(200);
    }
    let mut seen = Vec::new();
    let mut cursor = String::new();
    loop {
        // Every page is an entry of its own, and none of them moves the others.
        let page = app.get(&format!("/api/admin/audit?action=jobs.list&limit=4{cursor}")).bearer(&admin.token).await;
        let page = page.expect(200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|entry| entry["at"].as_str().unwrap().to_owned()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
        app.clock.advance(TimeDelta::seconds(1));
        app.get("/api/admin/jobs").bearer(&admin.token).await.expect(200);
    }
    assert_eq!(seen.len(), 6);
    assert!(seen.is_sorted_by(|newer, older| newer > older), "{seen:?}");
}

async fn the_record_is_asked_for_by_who_what_and_when(app: App) {
    let admin = app.admin().await;
    let viewer = app.operator(7, Role::Viewer).await;
    app.clock.advance(TimeDelta::days(1));
    let admin_now = Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200));
    let shown = record(&app, &admin_now, &format!("&actor={}", viewer.account)).await;
    assert_eq!(shown["items"].as_array().unwrap().len(), 1);
    let expected = json!({
        "id": shown["items"][0]["id"], "at": shown["items"][0]["at"], "actor": "account", "account_id": viewer.account,
        "role": "viewer", "action": "account.sign_in", "target": null, "outcome": "done", "status": null,
        "address": "127.0.0.1", "request_id": shown["items"][0]["request_id"], "details": {"means": "api"}
    });
    assert_eq!(shown["items"][0], expected);
    let at = expected["at"].as_str().unwrap();
    assert_eq!(record(&app, &admin_now, &format!("&to={at}")).await["items"], json!([]));
    let first_day = record(&app, &admin_now, &format!("&from={at}&action=account.sign_in")).await;
    assert_eq!(first_day["items"].as_array().unwrap().len(), 3, "the first instant counts");
    assert_eq!(admin.account, admin_now.account);

    let wrong = "?actor=me&action=dance&from=today&to=2026-02-30&limit=0&cursor=x";
    let answer = app.get(&format!("/api/admin/audit{wrong}")).bearer(&admin_now.token).await;
    let expected = [
        "action: unknown_action",
        "actor: invalid_id",
        "cursor: invalid_cursor",
        "from: invalid_date",
        "limit: out_of_range",
        "to: invalid_date",
    ];
    assert_eq!(answer.wrong_fields(), expected);
}

/// What cannot be taken away again must not hold what has to be: passwords, addresses, and what somebody looked for.
async fn what_was_typed_or_looked_for_is_not_kept(app: App) {
    let admin = app.admin().await;
    app.log_in("typed@example.com", "typed battery").await.problem(401, "invalid_credentials");
    app.get("/api/admin/donations?q=looked-for&status=typed-status")
        .bearer(&admin.token)
        .await
        .problem(422, "validation_failed");
    app.get("/api/admin/donations?q=looked-for&status=completed").bearer(&admin.token).await.expect(200);
    let kept = app.everything_kept();
    for secret in ["typed@example.com", "typed battery", "looked-for", "typed-status"] {
        assert!(!kept.contains(secret), "{secret}");
    }
    assert!(kept.contains(r#""status":"completed""#) || kept.contains(r#""status": "completed""#));
}

/// A record that can be lost.
struct Record {
    inner: Arc<dyn AuditStore>,
    lost: AtomicBool,
}

#[async_trait]
impl AuditStore for Record {
    async fn append(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        match self.lost.load(Ordering::SeqCst) {
            true => Err(StoreError::Failed("disk full".to_owned())),
            false => self.inner.append(entry).await,
        }
    }

    async fn list(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        self.inner.list(query).await
    }
}

async fn nothing_is_done_that_cannot_be_put_on_record(setup: Setup) {
    let mut record = None;
    let app = setup.start_with(|state| {
        let inner = state.house.audit.clone();
        let lossy = record.insert(Arc::new(Record { inner, lost: AtomicBool::new(false) }));
        state.house.audit = lossy.clone();
    });
    let admin = app.admin().await;
    let (donation, _) = app.completed().await;
    record.unwrap().lost.store(true, Ordering::SeqCst);

    let before = app.kept(&donation).await;
    let body = json!({"amount": 1000, "reason": "asked"});
    app.refund(&admin, &donation, &body).await.problem(500, "internal");
    app.refund(&admin, &donation, &body).key("key").await.problem(500, "internal");
    app.get(&format!("/api/admin/donations/{donation}")).bearer(&admin.token).await.problem(500, "internal");
    app.log_in("admin@charity.kz", "correct horse").await.problem(500, "internal");
    app.log_in("admin@charity.kz", "wrong battery").await.problem(500, "internal");
    assert_eq!(app.kept(&donation).await, before);
}
