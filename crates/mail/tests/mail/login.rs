//! Who we say we are, and who may hear the password.

use domain::ports::Mailer as _;

use crate::support::server::{At, Reaction, Skills, SmtpServer};
use crate::support::{mail, mailer, useless};

/// `\0me@fund.kz\0p:w/қ` in base64.
const PLAIN: &str = "AUTH PLAIN AG1lQGZ1bmQua3oAcDp3L9Kb";

async fn server() -> SmtpServer {
    SmtpServer::with(Skills { extensions: &["AUTH PLAIN LOGIN"], ..Skills::default() }).await
}

fn url(server: &SmtpServer, rest: &str) -> String {
    format!("smtp://me%40fund.kz:p%3Aw%2F%D2%9B@{}{rest}", server.address)
}

#[tokio::test]
async fn the_user_and_the_password_are_sent_as_they_are_meant() {
    let server = server().await;
    mailer(&url(&server, "?tls=none")).send(&mail()).await.unwrap();
    assert_eq!(server.heard("AUTH"), [PLAIN]);
    assert_eq!(server.books().taken.len(), 1);
}

#[tokio::test]
async fn a_password_that_is_refused_is_not_held_against_the_mail_and_not_repeated() {
    for line in ["535 5.7.8 bad password p:w/қ AG1lQGZ1bmQua3oAcDp3L9Kb", "454 later", "504 no such mechanism"] {
        let server = server().await;
        server.books().script.insert(At::Auth, Reaction::Say(line));
        let why = useless(&mailer(&url(&server, "?tls=none"))).await;
        assert!(why.contains(&line[..3]) && why.contains("SMTP_URL"), "{why}");
        assert!(!why.contains("p:w") && !why.contains("AG1l"), "{why}");
        assert!(server.heard("MAIL").is_empty());
    }
}

#[tokio::test]
async fn a_password_is_not_sent_in_the_clear_unless_the_url_says_so() {
    let server = server().await;
    let why = useless(&mailer(&url(&server, ""))).await;
    assert!(why.contains("the password was not sent"), "{why}");
    assert!(server.heard("AUTH").is_empty() && server.heard("MAIL").is_empty());
}

#[tokio::test]
async fn a_server_without_a_login_is_not_sent_a_password() {
    let server = SmtpServer::start().await;
    useless(&mailer(&url(&server, "?tls=none"))).await;
    assert!(server.heard("AUTH").is_empty() && server.heard("MAIL").is_empty());
}
