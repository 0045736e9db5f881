//! From the donation to a real SMTP conversation, with a mail server that is down, slow, forgetful or refuses.

use std::sync::Arc;
use std::time::Duration;

use application::{House, JobRound, work_off_jobs};
use chrono::TimeDelta;
use mail::{SmtpConfig, SmtpMailer};

use crate::support::App;
use crate::support::smtp::{MailServer, Reaction};

on_both_databases!(
    a_mail_that_was_taken_without_an_answer_comes_again_as_the_same_mail,
    a_server_that_says_later_gets_it_later,
    a_server_that_refuses_gets_it_no_more_and_a_person_can_try_anew,
    a_server_that_was_down_gets_everything_when_it_is_back,
);

/// The house, with its mail handed to this server.
fn house(app: &App, server: &MailServer) -> House {
    let config = SmtpConfig {
        url: format!("smtp://{}?tls=none", server.address).into(),
        from: "Жасыл қор <noreply@fund.kz>".to_owned(),
        timeout: Duration::from_secs(5),
    };
    House { mailer: Arc::new(SmtpMailer::new(&config).unwrap()), ..app.house() }
}

async fn round(house: &House) -> JobRound {
    work_off_jobs(house, &|| false).await.unwrap()
}

/// That each of the server's mails is whole: both texts, and the certificate byte for byte. Gives their Message-IDs.
async fn whole_mails(app: &App, server: &MailServer, donation: &str) -> Vec<String> {
    let certificate = app.get(&format!("/api/guest-donations/{donation}/certificate")).await.body;
    let mails = server.taken();
    for mail in &mails {
        assert_eq!(mail.to, ["ivan@example.com"]);
        assert!(mail.plain().contains(donation) && mail.html().contains(donation));
        assert!(mail.html().starts_with("<!doctype html>"));
        let files = mail.attachments();
        let [(name, kind, bytes)] = &files[..] else { panic!("{} files", files.len()) };
        assert_eq!((name.as_str(), kind.as_str()), ("TREE-2026-000001.pdf", "application/pdf"));
        assert!(*bytes == certificate, "the certificate differs");
    }
    mails.iter().map(|mail| mail.id()).collect()
}

async fn a_mail_that_was_taken_without_an_answer_comes_again_as_the_same_mail(app: App) {
    let server = MailServer::start().await;
    let house = house(&app, &server);
    let (id, _) = app.completed().await;
    for reaction in [Reaction::TakeAndHang, Reaction::TakeAndCut] {
        server.next(reaction);
        assert_eq!(round(&house).await.again, 1);
        app.clock.advance(TimeDelta::hours(8));
    }
    assert_eq!(round(&house).await.done, 1);
    app.clock.advance(TimeDelta::days(2));
    assert_eq!(round(&house).await.begun, 0);
    let ids = whole_mails(&app, &server, &id).await;
    assert_eq!(ids.len(), 3);
    assert!(ids.iter().all(|one| *one == ids[0]), "one mail under one name: {ids:?}");
    let mails = server.taken();
    assert!(mails.iter().all(|mail| mail.bytes == mails[0].bytes));
}

async fn a_server_that_says_later_gets_it_later(app: App) {
    let server = MailServer::start().await;
    let house = house(&app, &server);
    let (id, _) = app.completed().await;
    for line in ["451 4.7.1 greylisted", "452 4.3.1 full"] {
        server.next(Reaction::Say(line));
        assert_eq!(round(&house).await.again, 1);
        app.clock.advance(TimeDelta::hours(8));
    }
    assert_eq!(round(&house).await.done, 1);
    assert_eq!(whole_mails(&app, &server, &id).await.len(), 1);
}

async fn a_server_that_refuses_gets_it_no_more_and_a_person_can_try_anew(app: App) {
    let server = MailServer::start().await;
    let house = house(&app, &server);
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    server.next(Reaction::Say("554 5.7.1 <ivan@example.com>: looks like spam"));
    assert_eq!(round(&house).await.parked, 1);
    app.clock.advance(TimeDelta::minutes(20));
    assert_eq!(round(&house).await.begun, 0);
    let parked = app.get("/api/admin/jobs?status=parked").bearer(&admin.token).await.expect(200);
    let job = &parked["items"][0];
    let note = job["note"].as_str().unwrap();
    assert!(note.contains("554") && !note.contains("ivan@"), "{note}");
    let retry = format!("/api/admin/jobs/{}/retry", job["id"].as_str().unwrap());
    app.post(&retry).bearer(&admin.token).await.expect(202);
    assert_eq!(round(&house).await.done, 1);
    assert_eq!(whole_mails(&app, &server, &id).await.len(), 1);
}

async fn a_server_that_was_down_gets_everything_when_it_is_back(app: App) {
    let server = MailServer::start().await;
    let house = house(&app, &server);
    server.go_down();
    let mut donations = Vec::new();
    for _ in 0..5 {
        donations.push(app.completed().await.0);
    }
    assert_eq!(round(&house).await.again, 5);
    assert_eq!(server.taken().len(), 0);
    server.come_back();
    app.clock.advance(TimeDelta::hours(1));
    assert_eq!(round(&house).await.done, 5);
    app.clock.advance(TimeDelta::days(2));
    assert_eq!(round(&house).await.begun, 0);
    let mut ids: Vec<_> = server.taken().iter().map(|mail| mail.id()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!((ids.len(), server.taken().len()), (5, 5));
    for donation in donations {
        let about = |mail: &&crate::support::smtp::TakenMail| mail.plain().contains(&donation);
        assert_eq!(server.taken().iter().filter(about).count(), 1, "{donation}");
    }
}
