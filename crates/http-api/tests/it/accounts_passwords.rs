//! Forgotten passwords.

use chrono::TimeDelta;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, App, Session};

on_both_databases!(
    whoever_forgot_the_password_chooses_another_one,
    nobody_learns_who_has_an_account,
    a_link_counts_once_and_for_an_hour,
    a_link_is_good_for_its_own_account_and_mail_alone,
    a_password_that_is_too_short_leaves_the_link_as_it_was,
    a_reset_proves_the_address_and_throws_out_whoever_was_in,
    one_mail_is_sent_however_often_it_is_asked_for,
    the_mail_goes_to_the_accounts_own_spelling_of_the_address,
);

async fn forgot(app: &App, email: &str) -> Answer {
    app.post("/api/auth/password/forgot").json(&json!({"email": email})).await
}

async fn reset(app: &App, token: &str, password: &str) -> Answer {
    app.post("/api/auth/password/reset").json(&json!({"token": token, "password": password})).await
}

/// Asks for a link, and reads it in the mail.
async fn asked(app: &App, email: &str) -> String {
    app.clock.advance(TimeDelta::minutes(2));
    forgot(app, email).await;
    app.work_off().await;
    app.link(email, "reset-password")
}

async fn is_in(app: &App, session: &Session) -> bool {
    app.get("/api/auth/me").bearer(&session.token).await.status == 200
}

async fn whoever_forgot_the_password_chooses_another_one(app: App) {
    let (asem, oleg) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    let second = Session::of(&app.log_in("asem@example.com", "correct horse").await.expect(200));
    let token = asked(&app, "asem@example.com").await;
    assert!(app.mailbox.subjects().contains(&"Новый пароль".to_owned()));
    assert!(is_in(&app, &asem).await, "a mail changes nothing yet");
    reset(&app, &token, "another horse").await.nothing();
    for session in [&asem, &second] {
        assert!(!is_in(&app, session).await);
        let refresh = app.post("/api/auth/refresh").json(&json!({"refresh_token": session.refresh_token}));
        refresh.await.problem(401, "unauthenticated");
    }
    assert!(is_in(&app, &oleg).await);
    app.log_in("asem@example.com", "correct horse").await.problem(401, "invalid_credentials");
    app.log_in("asem@example.com", "another horse").await.expect(200);
    app.log_in("oleg@example.com", "correct horse").await.expect(200);
}

/// Neither by the answer nor by the work behind it: as many rows are written for either.
async fn nobody_learns_who_has_an_account(app: App) {
    app.register("asem@example.com").await;
    let admin = app.admin().await;
    app.work_off().await;
    let jobs = async || -> usize {
        let list = app.get("/api/admin/jobs?limit=100").bearer(&admin.token).await.expect(200);
        list["items"].as_array().unwrap().len()
    };
    let before = jobs().await;
    let mut answers = Vec::new();
    let addresses = ["asem@example.com", "nobody@example.com", "ASEM@example.com", "_sem@example.com", "%@example.com"];
    for (count, email) in addresses.into_iter().enumerate() {
        let answer = forgot(&app, email).await;
        answers.push((answer.status, answer.text(), answer.header("content-type").map(str::to_owned)));
        assert_eq!(jobs().await, before + count + 1, "{email}");
    }
    answers.push((forgot(&app, "no address").await.status, String::new(), None));
    answers.dedup();
    assert_eq!(answers, [(202, String::new(), None)]);
    app.work_off().await;
    let to: Vec<_> = app.mailbox.mails().into_iter().map(|mail| mail.to.as_str().to_owned()).collect();
    assert_eq!(to, ["asem@example.com", "asem@example.com"], "the registration's and one more");
    let list = app.get("/api/admin/jobs?limit=100").bearer(&admin.token).await.expect(200);
    let notes: Vec<&Value> = list["items"].as_array().unwrap().iter().map(|job| &job["note"]).collect();
    assert_eq!(notes.iter().filter(|note| ***note == "there is nobody to write to").count(), 4);
    assert!(!list.to_string().contains("example.com"));
    assert_eq!(app.post("/api/auth/password/forgot").json(&json!({})).await.wrong_fields(), ["email: required"]);
}

async fn a_link_counts_once_and_for_an_hour(app: App) {
    app.register("asem@example.com").await;
    let old = asked(&app, "asem@example.com").await;
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(reset(&app, &old, "another horse").await.wrong_fields(), ["token: invalid_token"]);

    let (earlier, token) = (asked(&app, "asem@example.com").await, asked(&app, "asem@example.com").await);
    let passwords: Vec<String> = (0..6).map(|n| format!("another horse {n}")).collect();
    let answers = join_all(passwords.iter().map(|password| reset(&app, &token, password))).await;
    let won: Vec<_> = answers.iter().zip(&passwords).filter(|(answer, _)| answer.status == 204).collect();
    assert_eq!(won.len(), 1);
    app.log_in("asem@example.com", won[0].1).await.expect(200);
    for token in [&earlier, &token, &old] {
        assert_eq!(reset(&app, token, "a third horse").await.wrong_fields(), ["token: invalid_token"]);
    }
}

async fn a_link_is_good_for_its_own_account_and_mail_alone(app: App) {
    let (asem, oleg) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    app.work_off().await;
    let to_confirm = app.link("asem@example.com", "confirm-email");
    assert_eq!(reset(&app, &to_confirm, "another horse").await.wrong_fields(), ["token: invalid_token"]);
    let to_reset = asked(&app, "asem@example.com").await;
    let confirm = app.post("/api/auth/confirm").json(&json!({"token": to_reset}));
    assert_eq!(confirm.await.wrong_fields(), ["token: invalid_token"]);
    for wrong in [&asem.token, &asem.refresh_token, &oleg.refresh_token, &to_reset[1..], "%", "x"] {
        assert_eq!(reset(&app, wrong, "another horse").await.wrong_fields(), ["token: invalid_token"]);
    }
    for session in [&asem, &oleg] {
        assert!(is_in(&app, session).await, "nothing of it has changed anything");
    }
    reset(&app, &to_reset, "another horse").await.nothing();
    assert!(is_in(&app, &oleg).await);
    app.log_in("oleg@example.com", "another horse").await.problem(401, "invalid_credentials");
}

async fn a_password_that_is_too_short_leaves_the_link_as_it_was(app: App) {
    app.register("asem@example.com").await;
    let token = asked(&app, "asem@example.com").await;
    assert_eq!(reset(&app, &token, "short").await.wrong_fields(), ["password: too_short"]);
    assert_eq!(reset(&app, &token, &"x".repeat(129)).await.wrong_fields(), ["password: too_long"]);
    reset(&app, &token, &"қ".repeat(10)).await.nothing();
    app.log_in("asem@example.com", &"қ".repeat(10)).await.expect(200);
}

/// Somebody has registered another one's address. Its owner takes the account over.
async fn a_reset_proves_the_address_and_throws_out_whoever_was_in(app: App) {
    let id = app.guest_donation_of("asem@example.com").await;
    let stranger = app.register("asem@example.com").await;
    let token = asked(&app, "asem@example.com").await;
    let to_confirm = app.link("asem@example.com", "confirm-email");
    reset(&app, &token, "another horse").await.nothing();
    assert!(!is_in(&app, &stranger).await);
    let owner = Session::of(&app.log_in("asem@example.com", "another horse").await.expect(200));
    let me = app.get("/api/auth/me").bearer(&owner.token).await.expect(200);
    assert_ne!(me["email_confirmed_at"], Value::Null);
    app.get(&format!("/api/donations/{id}")).bearer(&owner.token).await.expect(200);
    let late = app.post("/api/auth/confirm").json(&json!({"token": to_confirm}));
    assert_eq!(late.await.wrong_fields(), ["token: invalid_token"]);
}

async fn one_mail_is_sent_however_often_it_is_asked_for(app: App) {
    app.register("asem@example.com").await;
    app.work_off().await;
    for _ in 0..5 {
        forgot(&app, "asem@example.com").await;
    }
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 2);
    app.clock.advance(TimeDelta::minutes(1));
    forgot(&app, "asem@example.com").await;
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 3);
}

async fn the_mail_goes_to_the_accounts_own_spelling_of_the_address(app: App) {
    app.register("Әсел@пошта.қаз").await;
    forgot(&app, "ӘСЕЛ@ПОШТА.ҚАЗ").await;
    app.work_off().await;
    assert!(app.mailbox.mails().iter().all(|mail| mail.to.as_str() == "Әсел@пошта.қаз"));
    let token = app.link("Әсел@пошта.қаз", "reset-password");
    reset(&app, &token, "another horse").await.nothing();
}
