//! What several test files need.

pub mod alerts;
pub mod certificate;
pub mod decode;
pub mod letters;
pub mod server;

use std::time::Duration;

use domain::contract::mailer::mail_number;
use domain::ports::{Mail, MailError, Mailer};
use mail::{SmtpConfig, SmtpMailer};

use server::SmtpServer;

pub const FROM: &str = "Жасыл қор <noreply@fund.kz>";

/// Long enough for a busy machine; what has to be waited for sets its own.
const PATIENCE: Duration = Duration::from_secs(20);

pub fn config(url: &str) -> SmtpConfig {
    SmtpConfig { url: url.into(), from: FROM.to_owned(), timeout: PATIENCE }
}

pub fn mailer(url: &str) -> SmtpMailer {
    SmtpMailer::new(&config(url)).unwrap()
}

/// A mailer for a server that speaks in the clear.
pub fn plain_mailer(server: &SmtpServer) -> SmtpMailer {
    mailer(&format!("smtp://{}?tls=none", server.address))
}

pub fn mail() -> Mail {
    mail_number(1)
}

#[track_caller]
pub fn refused(result: Result<(), MailError>) -> String {
    match result {
        Err(MailError::Refused(why)) => why,
        other => panic!("not refused: {other:?}"),
    }
}

#[track_caller]
pub fn unavailable(result: Result<(), MailError>) -> String {
    match result {
        Err(MailError::Unavailable(why)) => why,
        other => panic!("not unavailable: {other:?}"),
    }
}

/// That neither sending nor checking works; says why not.
pub async fn useless(mailer: &SmtpMailer) -> String {
    let why = unavailable(mailer.send(&mail()).await);
    assert_eq!(unavailable(mailer.check().await), why);
    why
}
