//! Proving an address, and the guests' donations that join its account by that.

use chrono::TimeDelta;
use domain::ports::MailError;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, App, Session, webhook};

on_both_databases!(
    whoever_registers_is_asked_to_confirm_the_address,
    the_mail_speaks_the_accounts_language_and_repeats_no_name,
    an_address_is_confirmed_once,
    a_link_that_is_too_old_or_not_whole_counts_for_nothing,
    a_mail_that_was_sent_twice_brings_links_that_both_count,
    guests_donations_join_the_confirmed_address,
    nobody_gets_a_donation_by_registering_an_address,
    what_a_guest_gives_later_joins_at_the_next_sign_in,
    a_guests_donation_that_is_being_paid_joins_and_is_completed,
    addresses_that_only_look_alike_share_nothing,
);

async fn confirm(app: &App, token: &str) -> Answer {
    app.post("/api/auth/confirm").json(&json!({"token": token})).await
}

async fn confirmed_at(app: &App, session: &Session) -> Value {
    app.get("/api/auth/me").bearer(&session.token).await.expect(200)["email_confirmed_at"].clone()
}

async fn own(app: &App, session: &Session) -> Vec<String> {
    let list = app.get("/api/donations?limit=100").bearer(&session.token).await.expect(200);
    let mut own: Vec<_> =
        list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect();
    own.sort();
    own
}

async fn whoever_registers_is_asked_to_confirm_the_address(app: App) {
    let session = app.register("Asem@example.com").await;
    assert_eq!(confirmed_at(&app, &session).await, Value::Null);
    assert_eq!(app.work_off().await.done, 1);
    let mails = app.mailbox.mails();
    let [mail] = &mails[..] else { panic!("{mails:?}") };
    assert_eq!((mail.to.as_str(), mail.subject.as_str()), ("Asem@example.com", "Подтвердите адрес"));
    app.clock.advance(TimeDelta::hours(1));
    let session = Session::of(&app.log_in("asem@example.com", "correct horse").await.expect(200));
    confirm(&app, &app.link("Asem@example.com", "confirm-email")).await.nothing();
    assert_eq!(confirmed_at(&app, &session).await, "2026-03-01T11:00:00.000000Z");
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(app.work_off().await.begun, 0);
}

async fn the_mail_speaks_the_accounts_language_and_repeats_no_name(app: App) {
    for (language, subject) in
        [("kk", "Мекенжайыңызды растаңыз"), ("ru", "Подтвердите адрес"), ("en", "Confirm your address")]
    {
        let email = format!("{language}@example.com");
        let body = json!({
            "email": email, "password": "correct horse", "name": "You have won, see evil.example", "language": language,
        });
        app.post("/api/auth/register").json(&body).await.expect(201);
        app.work_off().await;
        let mails = app.mailbox.mails();
        let mail = mails.last().unwrap();
        assert_eq!((mail.to.as_str(), mail.subject.as_str()), (email.as_str(), subject));
        assert!(!mail.text.contains("evil.example") && mail.to_name.is_none(), "{}", mail.text);
        confirm(&app, &app.link(&email, "confirm-email")).await.nothing();
    }
}

async fn an_address_is_confirmed_once(app: App) {
    let (asem, oleg) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    app.work_off().await;
    let token = app.link("asem@example.com", "confirm-email");
    let mut statuses: Vec<_> =
        join_all((0..6).map(|_| confirm(&app, &token))).await.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [204, 422, 422, 422, 422, 422]);
    assert_eq!(confirm(&app, &token).await.wrong_fields(), ["token: invalid_token"]);
    assert_ne!(confirmed_at(&app, &asem).await, Value::Null);
    assert_eq!(confirmed_at(&app, &oleg).await, Value::Null);
}

async fn a_link_that_is_too_old_or_not_whole_counts_for_nothing(app: App) {
    let session = app.register("asem@example.com").await;
    app.work_off().await;
    let token = app.link("asem@example.com", "confirm-email");
    for wrong in
        [&token[1..], &token.to_uppercase(), &format!("{token}0"), "%", "_", &session.token, &session.refresh_token]
    {
        if *wrong != *token {
            assert_eq!(confirm(&app, wrong).await.wrong_fields(), ["token: invalid_token"], "{wrong}");
        }
    }
    assert_eq!(app.post("/api/auth/confirm").json(&json!({})).await.wrong_fields(), ["token: required"]);
    app.clock.advance(TimeDelta::days(7));
    assert_eq!(confirm(&app, &token).await.wrong_fields(), ["token: invalid_token"]);
    let session = Session::of(&app.log_in("asem@example.com", "correct horse").await.expect(200));
    assert_eq!(confirmed_at(&app, &session).await, Value::Null);
}

/// The answer to the first was lost: to whom it was sent is one mail, whichever of the two a mail program shows.
async fn a_mail_that_was_sent_twice_brings_links_that_both_count(app: App) {
    for first in [true, false] {
        let email = format!("{first}@example.com");
        app.register(&email).await;
        app.mailbox.lose_next_answer(MailError::Unavailable("cut off".to_owned()));
        assert_eq!(app.work_off().await.again, 1);
        app.clock.advance(TimeDelta::minutes(1));
        assert_eq!(app.work_off().await.done, 1);
        let links = app.mailbox.links(&email);
        let [one, two] = &links[..] else { panic!("{links:?}") };
        assert_ne!(one, two);
        let (used, left) = if first { (one, two) } else { (two, one) };
        confirm(&app, used).await.nothing();
        assert_eq!(confirm(&app, left).await.wrong_fields(), ["token: invalid_token"]);
    }
}

async fn guests_donations_join_the_confirmed_address(app: App) {
    let mut of_asem =
        vec![app.guest_donation_of("asem@example.com").await, app.guest_donation_of("ASEM@Example.com").await];
    let others = [app.guest_donation_of("a_em@example.com").await, app.guest_donation_of("oleg@example.com").await];
    let session = app.register("Asem@example.com").await;
    of_asem.push(app.donation_of(&session, 700).await);
    of_asem.sort();
    assert_eq!(own(&app, &session).await.len(), 1);
    app.confirm("Asem@example.com").await;
    assert_eq!(own(&app, &session).await, of_asem);
    let joined = &of_asem[0];
    app.get(&format!("/api/donations/{joined}")).bearer(&session.token).await.expect(200);
    app.get(&format!("/api/guest-donations/{joined}")).await.problem(404, "not_found");
    for other in &others {
        app.shown(other).await;
        app.get(&format!("/api/donations/{other}")).bearer(&session.token).await.problem(404, "not_found");
    }
    let story = app.story(&app.admin().await, joined).await;
    let step = story["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&step["kind"], &step["from"], &step["to"]),
        (&json!("donation.joined"), &json!("pending"), &json!("pending"))
    );
    assert_eq!(step["actor"], format!("account:{}", session.account));
}

async fn nobody_gets_a_donation_by_registering_an_address(app: App) {
    let id = app.guest_donation_of("victim@example.com").await;
    let thief = app.register("victim@example.com").await;
    Session::of(&app.log_in("victim@example.com", "correct horse").await.expect(200));
    Session::of(&app.post("/api/auth/refresh").json(&json!({"refresh_token": thief.refresh_token})).await.expect(200));
    assert_eq!(own(&app, &thief).await, Vec::<String>::new());
    app.shown(&id).await;

    // Nor with the link of another account.
    app.register("thief@example.com").await;
    app.confirm("thief@example.com").await;
    assert_eq!(own(&app, &thief).await, Vec::<String>::new());
}

async fn what_a_guest_gives_later_joins_at_the_next_sign_in(app: App) {
    let session = app.register("asem@example.com").await;
    app.confirm("asem@example.com").await;
    let id = app.guest_donation_of("ASEM@example.com").await;
    app.shown(&id).await;
    assert_eq!(own(&app, &session).await, Vec::<String>::new(), "a guest who pays keeps the page");
    app.log_in("asem@example.com", "a wrong horse").await.problem(401, "invalid_credentials");
    app.shown(&id).await;
    let session = Session::of(&app.log_in("asem@example.com", "correct horse").await.expect(200));
    assert_eq!(own(&app, &session).await, [id]);
}

async fn a_guests_donation_that_is_being_paid_joins_and_is_completed(app: App) {
    let id = app.guest_donation_of("asem@example.com").await;
    let order = app.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    let session = app.register("asem@example.com").await;
    app.confirm("asem@example.com").await;
    app.ioka(&webhook::captured(&id, &order, 5000)).await.expect(200);
    let shown = app.get(&format!("/api/donations/{id}")).bearer(&session.token).await.expect(200);
    assert_eq!(shown["status"], "completed");
    app.work_off().await;
    assert!(app.mailbox.subjects().last().unwrap().starts_with("Спасибо!"));
}

async fn addresses_that_only_look_alike_share_nothing(app: App) {
    // The sign for kelvin is a k in lower case.
    let body = json!({"email": "\u{212a}ate@example.com", "password": "correct horse", "name": "Кейт"});
    assert_eq!(app.post("/api/auth/register").json(&body).await.wrong_fields(), ["email: invalid_email"]);
    let cyrillic = "kаte@example.com";
    let id = app.guest_donation_of("kate@example.com").await;
    let session = app.register(cyrillic).await;
    app.confirm(cyrillic).await;
    assert_eq!(own(&app, &session).await, Vec::<String>::new());
    app.shown(&id).await;
    for wild in ["%@example.com", "_ate@example.com"] {
        let session = app.register(wild).await;
        app.confirm(wild).await;
        assert_eq!(own(&app, &session).await, Vec::<String>::new(), "{wild}");
    }
    app.shown(&id).await;
}
