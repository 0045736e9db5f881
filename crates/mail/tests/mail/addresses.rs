//! Addresses with letters outside ASCII.

use domain::DonorEmail;
use domain::ports::{Mail, Mailer as _};
use mail_parser::MessageParser;

use crate::support::server::{Skills, SmtpServer};
use crate::support::{mail, plain_mailer, refused};

fn mail_to(address: &str) -> Mail {
    Mail { to: DonorEmail::parse(address).unwrap(), ..mail() }
}

#[tokio::test]
async fn a_domain_in_kazakh_letters_needs_nothing_of_the_server() {
    let server = SmtpServer::start().await;
    plain_mailer(&server).send(&mail_to("asel@пошта.қаз")).await.unwrap();
    assert_eq!(server.heard("RCPT"), ["RCPT TO:<asel@xn--80a1acn3a.xn--80ao21a>"]);
    assert_eq!(server.heard("MAIL"), ["MAIL FROM:<noreply@fund.kz>"]);
}

#[tokio::test]
async fn a_name_in_kazakh_letters_is_refused_where_the_server_takes_ascii_alone() {
    let server = SmtpServer::start().await;
    let why = refused(plain_mailer(&server).send(&mail_to("әсел@example.com")).await);
    assert!(why.contains("ASCII"), "{why}");
    assert!(server.heard("MAIL").is_empty());
    assert_eq!(server.heard("QUIT").len(), 1);
}

#[tokio::test]
async fn a_name_in_kazakh_letters_is_sent_to_where_the_server_can() {
    let server = SmtpServer::with(Skills { extensions: &["8BITMIME", "SMTPUTF8"], ..Skills::default() }).await;
    plain_mailer(&server).send(&mail_to("әсел@example.com")).await.unwrap();
    assert_eq!(server.heard("MAIL"), ["MAIL FROM:<noreply@fund.kz> SMTPUTF8 BODY=8BITMIME"]);
    assert_eq!(server.heard("RCPT"), ["RCPT TO:<әсел@example.com>"]);
    let taken = server.books().taken.pop().unwrap();
    let message = MessageParser::default().parse(&taken.bytes).unwrap();
    assert_eq!(message.to().unwrap().first().unwrap().address(), Some("әсел@example.com"));
}
