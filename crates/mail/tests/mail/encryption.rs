//! STARTTLS and TLS from the first byte, against a server whose certificate is good only to those who know it.

use domain::ports::Mailer as _;
use mail::SmtpMailer;

use crate::support::certificate::self_signed;
use crate::support::server::{At, Reaction, Skills, SmtpServer};
use crate::support::{config, mail, mailer, useless};

/// A server that calls itself this, and its certificate.
async fn server(name: &str, tls_at_once: Option<()>) -> (SmtpServer, Vec<u8>) {
    let certificate = self_signed(name);
    let skills = Skills { extensions: &["AUTH PLAIN"], tls: Some(certificate.acceptor), tls_at_once };
    (SmtpServer::with(skills).await, certificate.der)
}

fn trusting(url: &str, certificate: &[u8]) -> SmtpMailer {
    SmtpMailer::trusting_only(&config(url), certificate).unwrap()
}

fn with_starttls(port: u16) -> [String; 2] {
    [format!("smtp://me:pw@localhost:{port}"), format!("smtp://me:pw@localhost:{port}?tls=required")]
}

#[tokio::test]
async fn starttls_encrypts_all_that_matters() {
    let (server, certificate) = server("localhost", None).await;
    for url in with_starttls(server.address.port()) {
        server.books().heard.clear();
        let mailer = trusting(&url, &certificate);
        mailer.send(&mail()).await.unwrap();
        mailer.check().await.unwrap();
        let in_the_clear: Vec<_> =
            server.books().heard.iter().filter(|line| !line.starts_with("tls ")).cloned().collect();
        assert_eq!(in_the_clear, ["EHLO fund.kz", "STARTTLS", "EHLO fund.kz", "STARTTLS"]);
        assert_eq!(server.heard("tls AUTH").len(), 2);
    }
    assert_eq!(server.books().taken.len(), 2);
}

#[tokio::test]
async fn smtps_encrypts_from_the_first_byte() {
    let (server, certificate) = server("localhost", Some(())).await;
    let mailer = trusting(&format!("smtps://me:pw@localhost:{}", server.address.port()), &certificate);
    mailer.send(&mail()).await.unwrap();
    mailer.check().await.unwrap();
    assert!(server.books().heard.iter().all(|line| line.starts_with("tls ")));
    assert_eq!(server.books().taken.len(), 1);
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (starttls, _) = server("localhost", None).await;
    let (at_once, _) = server("localhost", Some(())).await;
    let mut urls = with_starttls(starttls.address.port()).to_vec();
    urls.push(format!("smtps://me:pw@localhost:{}", at_once.address.port()));
    for url in urls {
        let why = useless(&mailer(&url)).await;
        assert!(why.contains("certificate"), "{url}: {why}");
    }
    for server in [starttls, at_once] {
        assert!(server.books().taken.is_empty());
        assert!(server.heard("tls ").is_empty() && server.heard("AUTH").is_empty() && server.heard("MAIL").is_empty());
    }
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (server, certificate) = server("mail.fund.kz", Some(())).await;
    let why = useless(&trusting(&format!("smtps://localhost:{}", server.address.port()), &certificate)).await;
    assert!(why.contains("certificate"), "{why}");
    assert!(server.books().taken.is_empty());
}

#[tokio::test]
async fn without_starttls_no_mail_goes_where_it_is_required() {
    let server = SmtpServer::start().await;
    let why = useless(&mailer(&format!("smtp://{}?tls=required", server.address))).await;
    assert!(why.contains("STARTTLS"), "{why}");
    assert!(server.heard("MAIL").is_empty());
}

#[tokio::test]
async fn a_starttls_that_is_offered_and_then_refused_is_no_way_around_it() {
    let (server, certificate) = server("localhost", None).await;
    server.books().script.insert(At::StartTls, Reaction::Say("454 TLS not available"));
    for url in with_starttls(server.address.port()) {
        let why = useless(&trusting(&url, &certificate)).await;
        assert!(why.contains("STARTTLS: ") && why.contains("454"), "{why}");
    }
    assert!(server.heard("MAIL").is_empty() && server.heard("AUTH").is_empty());
}

#[tokio::test]
async fn without_starttls_a_mail_without_a_password_goes_all_the_same() {
    let server = SmtpServer::start().await;
    mailer(&format!("smtp://{}", server.address)).send(&mail()).await.unwrap();
    assert_eq!(server.books().taken.len(), 1);
}

#[tokio::test]
async fn nothing_is_encrypted_where_the_url_says_so() {
    let (server, _) = server("localhost", None).await;
    mailer(&format!("smtp://localhost:{}?tls=none", server.address.port())).send(&mail()).await.unwrap();
    assert!(server.heard("STARTTLS").is_empty());
    assert_eq!(server.books().taken.len(), 1);
}
