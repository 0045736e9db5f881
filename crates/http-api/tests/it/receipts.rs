//! The certificate's mail, sent again because somebody asks.

use chrono::TimeDelta;
use domain::ports::MailError;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, App, Session, webhook};

on_both_databases!(
    the_certificate_is_sent_again_as_another_mail,
    whoever_clicks_twice_gets_one_mail,
    a_wish_whose_mail_was_given_up_can_be_repeated,
    nobody_can_name_another_address,
    without_a_valid_certificate_there_is_nothing_to_send,
    a_donor_who_was_forgotten_is_not_written_to,
    only_an_administrator_may_ask,
    what_is_sent_is_what_is_valid_when_it_is_sent,
    it_stands_on_the_timeline,
);

async fn receipt(app: &App, admin: &Session, donation: &str) -> Answer {
    app.post(&format!("/api/admin/donations/{donation}/receipt")).bearer(&admin.token).await
}

async fn the_certificate_is_sent_again_as_another_mail(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    let job = receipt(&app, &admin, &id).await.expect(202);
    assert_eq!((&job["kind"], &job["status"]), (&json!("send_certificate_again"), &json!("queued")));
    assert_eq!(job["donation_id"], json!(id));
    assert_eq!(app.work_off().await.done, 1);
    let mails = app.mailbox.mails();
    let [first, second] = &mails[..] else { panic!("{mails:?}") };
    assert_ne!(first.id, second.id, "another Message-ID");
    assert_eq!(job["id"], json!(second.id.to_string()));
    assert_eq!((&first.to, &first.subject, &first.text), (&second.to, &second.subject, &second.text));
    assert_eq!(first.attachments, second.attachments);
    assert_eq!(second.attachments.len(), 1);
    assert_eq!(app.kept(&id).await.status().word(), "completed");
}

async fn whoever_clicks_twice_gets_one_mail(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    let clicks = join_all((0..6).map(|_| receipt(&app, &admin, &id))).await;
    let jobs: Vec<Value> = clicks.iter().map(|click| click.expect(202)["id"].clone()).collect();
    assert!(jobs.iter().all(|job| *job == jobs[0]), "{jobs:?}");
    app.work_off().await;
    app.clock.advance(TimeDelta::seconds(59));
    assert_eq!(receipt(&app, &admin, &id).await.expect(202)["id"], jobs[0]);
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 2);

    app.clock.advance(TimeDelta::seconds(1));
    assert_ne!(receipt(&app, &admin, &id).await.expect(202)["id"], jobs[0]);
    // As long as the mail server is down, every further wish is the same one.
    for _ in 0..3 {
        app.mailbox.fail_next(MailError::Unavailable("asleep".to_owned()));
        assert_eq!(app.work_off().await.again, 1);
        app.clock.advance(TimeDelta::minutes(4));
        receipt(&app, &admin, &id).await.expect(202);
    }
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 3);
    assert_eq!(app.mailbox.handed_over(), 3);
}

async fn a_wish_whose_mail_was_given_up_can_be_repeated(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    let first = receipt(&app, &admin, &id).await.expect(202);
    app.mailbox.fail_next(MailError::Refused("no such mailbox".to_owned()));
    assert_eq!(app.work_off().await.parked, 1);
    let second = receipt(&app, &admin, &id).await.expect(202);
    assert_ne!(first["id"], second["id"]);
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 2);
}

async fn nobody_can_name_another_address(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    let other = json!({"to": "other@example.com", "email": "other@example.com", "donor_email": "other@example.com"});
    let path = format!("/api/admin/donations/{id}/receipt?to=other@example.com");
    app.post(&path).bearer(&admin.token).json(&other).await.expect(202);
    app.work_off().await;
    let mails = app.mailbox.mails();
    assert_eq!(mails.len(), 2);
    assert!(mails.iter().all(|mail| mail.to.as_str() == "ivan@example.com"), "{mails:?}");
}

async fn without_a_valid_certificate_there_is_nothing_to_send(app: App) {
    let admin = app.admin().await;
    let (waiting, _) = app.awaiting().await;
    receipt(&app, &admin, &waiting).await.problem(409, "invalid_state");
    let (refunded, _) = app.completed().await;
    app.refund(&admin, &refunded, &json!({"reason": "x"})).await.expect(201);
    receipt(&app, &admin, &refunded).await.problem(409, "invalid_state");
    receipt(&app, &admin, &uuid::Uuid::from_u128(7).to_string()).await.problem(404, "not_found");
    receipt(&app, &admin, "x").await.problem(404, "not_found");
    app.work_off().await;
    assert_eq!(app.mailbox.subjects(), ["Деньги возвращены"]);
}

async fn a_donor_who_was_forgotten_is_not_written_to(app: App) {
    let (admin, donor) = (app.admin().await, app.register("asem@example.com").await);
    let id = app.donation_of(&donor, 5000).await;
    app.ioka(&webhook::captured(&id, "ord_1", 5000)).await.expect(200);
    let queued = receipt(&app, &admin, &id).await.expect(202);
    app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&donor.token).await.nothing();
    receipt(&app, &admin, &id).await.problem(409, "invalid_state");
    app.work_off().await;
    assert_eq!(app.mailbox.handed_over(), 0, "not for {queued} either");
}

async fn only_an_administrator_may_ask(app: App) {
    let (donor, (id, _)) = (app.register("asem@example.com").await, app.completed().await);
    let path = format!("/api/admin/donations/{id}/receipt");
    app.post(&path).await.problem(401, "unauthenticated");
    app.post(&path).bearer(&donor.token).await.problem(403, "forbidden");
    app.get(&path).await.problem(405, "method_not_allowed");
}

async fn what_is_sent_is_what_is_valid_when_it_is_sent(app: App) {
    let (admin, (id, order)) = (app.admin().await, app.completed().await);
    app.work_off().await;
    receipt(&app, &admin, &id).await.expect(202);
    app.clock.advance(TimeDelta::seconds(1));
    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), ("rfd_1", 1000))).await.expect(200);
    let number = app.shown(&id).await["certificate"]["number"].as_str().unwrap().to_owned();
    app.work_off().await;
    let mails = app.mailbox.mails();
    assert!(mails[1..].iter().flat_map(|mail| &mail.attachments).all(|file| file.file_name == format!("{number}.pdf")));

    app.clock.advance(TimeDelta::minutes(2));
    receipt(&app, &admin, &id).await.expect(202);
    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), ("rfd_2", 4000))).await.expect(200);
    let before = app.mailbox.mails().len();
    app.work_off().await;
    assert_eq!(app.mailbox.subjects()[before..], ["Деньги возвращены"]);
}

async fn it_stands_on_the_timeline(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let before = app.kept(&id).await;
    receipt(&app, &admin, &id).await.expect(202);
    let story = app.story(&admin, &id).await;
    let last = story["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(last["kind"], "receipt.requested", "{last}");
    assert_eq!(last["actor"], format!("account:{}", admin.account), "{last}");
    assert!(last.to_string().contains("TREE-2026-000001"), "{last}");
    let after = app.kept(&id).await;
    assert_eq!((after.status(), after.version), (before.status(), before.version + 1));
    assert_eq!(after.certificate, before.certificate);
}
