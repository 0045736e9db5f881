//! What the caller is told, by where a conversation fails.

use std::time::Duration;

use domain::ports::Mailer as _;
use mail::{MailConfigError, SmtpConfig, SmtpMailer};
use tokio::net::TcpListener;
use tokio::task::JoinSet;

use crate::support::server::{At, Reaction, SmtpServer};
use crate::support::{config, mail, mailer, plain_mailer, refused, unavailable, useless};

const STEPS_ABOUT_US: [At; 3] = [At::Greeting, At::Ehlo, At::Mail];
const STEPS_ABOUT_THE_MAIL: [At; 3] = [At::Rcpt, At::Data, At::End];

#[tokio::test]
async fn a_mail_that_the_server_will_not_have_is_refused() {
    for at in STEPS_ABOUT_THE_MAIL {
        for line in ["550 5.1.1 no such user", "552 too large", "554-no\r\n554 really not"] {
            let server = SmtpServer::scripted(&[(at, Reaction::Say(line))]).await;
            let why = refused(plain_mailer(&server).send(&mail()).await);
            assert!(why.contains(&line[..3]), "{at:?}: {why}");
            assert!(server.books().taken.is_empty() && server.heard("QUIT").len() == 1, "{at:?}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_our_settings_is_not_held_against_the_mail() {
    for at in STEPS_ABOUT_US {
        let server = SmtpServer::scripted(&[(at, Reaction::Say("554 5.7.1 not you"))]).await;
        let why = unavailable(plain_mailer(&server).send(&mail()).await);
        assert!(why.contains("554"), "{at:?}: {why}");
    }
    for at in STEPS_ABOUT_THE_MAIL {
        for line in ["530 5.7.0 authentication required", "503 log in first", "538 encrypt first"] {
            let server = SmtpServer::scripted(&[(at, Reaction::Say(line))]).await;
            let why = unavailable(plain_mailer(&server).send(&mail()).await);
            assert!(why.contains(&line[..3]), "{at:?}: {why}");
        }
    }
}

#[tokio::test]
async fn a_server_that_says_later_is_tried_later() {
    for at in STEPS_ABOUT_US.into_iter().chain(STEPS_ABOUT_THE_MAIL) {
        for line in ["421 4.3.2 shutting down", "451 4.7.1 greylisted", "452 full"] {
            let server = SmtpServer::scripted(&[(at, Reaction::Say(line))]).await;
            let why = unavailable(plain_mailer(&server).send(&mail()).await);
            assert!(why.contains(&line[..3]), "{at:?}: {why}");
            assert!(server.books().taken.is_empty(), "{at:?}");
        }
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_is_tried_again() {
    for at in STEPS_ABOUT_US.into_iter().chain(STEPS_ABOUT_THE_MAIL) {
        let server = SmtpServer::scripted(&[(at, Reaction::Cut)]).await;
        unavailable(plain_mailer(&server).send(&mail()).await);
    }
}

#[tokio::test]
async fn a_mail_whose_answer_was_lost_comes_again_under_the_same_name() {
    let server = SmtpServer::scripted(&[(At::End, Reaction::Cut)]).await;
    let mailer = plain_mailer(&server);
    unavailable(mailer.send(&mail()).await);
    server.books().script.clear();
    mailer.send(&mail()).await.unwrap();
    let taken = server.books().taken.clone();
    assert_eq!(taken.len(), 2);
    assert!(taken[0].bytes == taken[1].bytes);
}

#[tokio::test]
async fn a_server_that_hangs_is_given_up() {
    let mut tries = JoinSet::new();
    for at in STEPS_ABOUT_US.into_iter().chain(STEPS_ABOUT_THE_MAIL) {
        tries.spawn(async move {
            let server = SmtpServer::scripted(&[(at, Reaction::Hang)]).await;
            let config = config(&format!("smtp://{}?tls=none", server.address));
            let config = SmtpConfig { timeout: Duration::from_secs(1), ..config };
            let why = unavailable(SmtpMailer::new(&config).unwrap().send(&mail()).await);
            assert!(why.contains("within 1000 ms"), "{at:?}: {why}");
        });
    }
    tries.join_all().await;
}

#[tokio::test]
async fn what_is_no_smtp_is_unavailable() {
    for line in ["HTTP/1.1 400 Bad Request", "", "220", "99 bottles"] {
        let line: &'static str = line;
        let server = SmtpServer::scripted(&[(At::Ehlo, Reaction::Say(line)), (At::Quit, Reaction::Cut)]).await;
        unavailable(plain_mailer(&server).send(&mail()).await);
    }
}

#[tokio::test]
async fn a_server_that_has_taken_the_mail_may_go_without_a_word() {
    for reaction in [Reaction::Cut, Reaction::Hang, Reaction::Say("421 no"), Reaction::Say("rubbish")] {
        let server = SmtpServer::scripted(&[(At::Quit, reaction)]).await;
        plain_mailer(&server).send(&mail()).await.unwrap();
        plain_mailer(&server).check().await.unwrap();
        assert_eq!(server.books().taken.len(), 1);
    }
}

#[tokio::test]
async fn the_donors_address_is_not_repeated() {
    let line = "550 5.1.1 <asel@example.com>: Recipient address rejected: asel@example.com unknown";
    let server = SmtpServer::scripted(&[(At::Rcpt, Reaction::Say(line))]).await;
    let why = refused(plain_mailer(&server).send(&mail()).await);
    assert!(why.contains("Recipient address rejected") && !why.contains("asel"), "{why}");
}

#[tokio::test]
async fn nobody_there_is_unavailable() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let why = useless(&mailer(&format!("smtp://{address}?tls=none"))).await;
    assert!(why.contains("connecting"), "{why}");
}

#[tokio::test]
async fn the_check_asks_and_goes() {
    let server = SmtpServer::scripted(&[(At::Noop, Reaction::Say("421 4.3.2 shutting down"))]).await;
    assert!(unavailable(plain_mailer(&server).check().await).contains("421"));
    server.books().script.clear();
    plain_mailer(&server).check().await.unwrap();
    assert_eq!(server.heard(""), ["EHLO fund.kz", "NOOP", "QUIT", "EHLO fund.kz", "NOOP", "QUIT"]);
}

#[test]
fn settings_that_no_mail_could_be_sent_with_are_refused() {
    let usable = || config("smtp://localhost?tls=none");
    let error = |config: &SmtpConfig| SmtpMailer::new(config).map(|_| ()).unwrap_err();
    assert_eq!(error(&SmtpConfig { from: "fund.kz".to_owned(), ..usable() }), MailConfigError::From);
    assert_eq!(error(&SmtpConfig { timeout: Duration::ZERO, ..usable() }), MailConfigError::Timeout);
    let wrong = SmtpConfig { url: "smtp://me:secret-word@host?tls=maybe".into(), ..usable() };
    let printed = format!("{wrong:?} {0:?} {0}", error(&wrong));
    assert!(printed.contains("?tls=required") && !printed.contains("secret-word"), "{printed}");
}
