//! The settings of a mailer, and what can be wrong with them.

use std::time::Duration;

use secrecy::SecretString;

/// The settings of a [`SmtpMailer`](crate::SmtpMailer). Its `Debug` shows no secret.
#[derive(Debug, Clone)]
pub struct SmtpConfig {
    /// Where the server is and how we log in. A user and a password are percent-encoded.
    ///
    /// | form | encryption | port, if none is given |
    /// |---|---|---|
    /// | `smtps://user:password@host` | from the first byte | 465 |
    /// | `smtp://user:password@host?tls=required` | STARTTLS, or no mail | 587 |
    /// | `smtp://host` | STARTTLS if the server offers it; a password is never sent without | 587 |
    /// | `smtp://host?tls=none` | none, for a password too | 587 |
    pub url: SecretString,
    /// Who the mail is from: `Жасыл қор <noreply@fund.kz>`.
    pub from: String,
    /// How long one hand-over may take, from looking the host up to the server's last word.
    pub timeout: Duration,
}

/// Settings that no mail could be sent with. The texts say what to change and show neither user nor password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MailConfigError {
    /// The server's address cannot be used.
    #[error("the SMTP URL {0}")]
    Url(&'static str),
    /// The sender is no address.
    #[error("the sender must be an address, or a name and an address: Жасыл қор <noreply@fund.kz>")]
    From,
    /// No time at all to hand a mail over.
    #[error("the timeout for mail must be longer than zero")]
    Timeout,
    /// There is no way to tell a good certificate.
    #[error("no root certificates to check the mail server's certificate with (install ca-certificates): {0}")]
    Roots(String),
}
