//! Hands mails to an SMTP server (RFC 5321), one connection for each.

mod failure;
mod url;

use std::time::Duration;

use async_trait::async_trait;
use domain::ports::{Mail, MailError, Mailer};
use lettre::transport::smtp::client::{
    AsyncSmtpConnection, Certificate, CertificateStore, TlsParameters, TlsParametersBuilder,
};
use lettre::transport::smtp::commands::{Data, Mail as MailFrom, Noop, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailBodyParameter, MailParameter};
use secrecy::ExposeSecret as _;
use tokio::time::timeout;

use self::failure::{Step, failure, unavailable};
use self::url::{Encryption, Server};
use crate::address::Sender;
use crate::config::{MailConfigError, SmtpConfig};
use crate::message::{Written, write};

/// A host may have several addresses; one that does not answer must not use up the time of the others.
const LONGEST_CONNECT: Duration = Duration::from_secs(5);
/// How long a server may take to say goodbye. Whatever it says, the mail's fate is known by then.
const LONGEST_GOODBYE: Duration = Duration::from_millis(500);

/// A connection, and what came of using it; or no connection.
type Outcome = Result<(AsyncSmtpConnection, Result<(), MailError>), MailError>;

/// Hands mails to the server of `SMTP_URL`.
pub struct SmtpMailer {
    server: Server,
    /// `None` if nothing is ever encrypted.
    tls: Option<TlsParameters>,
    sender: Sender,
    /// What we call ourselves in EHLO: the sender's domain, since a machine's own name means nothing outside.
    hello: ClientId,
    time_limit: Duration,
}

impl SmtpMailer {
    /// A mailer that trusts the certificates that the machine trusts. Asks nobody yet; see [`Mailer::check`].
    ///
    /// # Errors
    /// [`MailConfigError`], by the first setting that no mail could be sent with.
    pub fn new(config: &SmtpConfig) -> Result<Self, MailConfigError> {
        Self::with_roots(config, |tls| tls)
    }

    /// A mailer that trusts this certificate (DER) alone. For tests: no setting leads here.
    ///
    /// # Errors
    /// [`MailConfigError`], as with [`Self::new`].
    pub fn trusting_only(config: &SmtpConfig, root: &[u8]) -> Result<Self, MailConfigError> {
        let root = Certificate::from_der(root.to_vec()).map_err(|error| MailConfigError::Roots(error.to_string()))?;
        Self::with_roots(config, |tls| tls.certificate_store(CertificateStore::None).add_root_certificate(root))
    }

    fn with_roots(
        config: &SmtpConfig,
        trust: impl FnOnce(TlsParametersBuilder) -> TlsParametersBuilder,
    ) -> Result<Self, MailConfigError> {
        let server = Server::parse(config.url.expose_secret())?;
        let sender = Sender::parse(&config.from)?;
        if config.timeout.is_zero() {
            return Err(MailConfigError::Timeout);
        }
        let tls = match server.encryption {
            Encryption::Never => None,
            Encryption::FromTheFirstByte | Encryption::Required | Encryption::IfOffered => {
                let tls = trust(TlsParametersBuilder::new(server.host.clone())).build();
                Some(tls.map_err(|error| MailConfigError::Roots(error.to_string()))?)
            }
        };
        let hello = ClientId::Domain(sender.domain().to_owned());
        Ok(Self { server, tls, sender, hello, time_limit: config.timeout })
    }

    /// A connection over which mail may go: encrypted if it has to be, logged in if we have a password.
    async fn connect(&self) -> Result<AsyncSmtpConnection, MailError> {
        let encryption = self.server.encryption;
        let at_once = self.tls.clone().filter(|_| encryption == Encryption::FromTheFirstByte);
        let address = (self.server.host.as_str(), self.server.port);
        let patience = Some((self.time_limit / 3).min(LONGEST_CONNECT));
        let mut connection = AsyncSmtpConnection::connect_tokio1(address, patience, &self.hello, at_once, None)
            .await
            .map_err(|error| failure(Step::Connecting, &error))?;
        if let Some(tls) = self.tls.clone().filter(|_| encryption != Encryption::FromTheFirstByte) {
            if connection.can_starttls() {
                let encrypted = connection.starttls(tls, &self.hello).await;
                encrypted.map_err(|error| failure(Step::Encrypting, &error))?;
            } else if encryption == Encryption::Required {
                return Err(unavailable("the server offers no STARTTLS, which SMTP_URL requires"));
            }
        }
        if let Some(login) = &self.server.login {
            if !connection.is_encrypted() && encryption != Encryption::Never {
                return Err(unavailable(
                    "the server offers no STARTTLS, so the password was not sent; smtps:// encrypts, ?tls=none sends it as it is",
                ));
            }
            let logged_in = connection.auth(url::MECHANISMS, login).await;
            logged_in.map_err(|error| failure(Step::LoggingIn, &error))?;
        }
        Ok(connection)
    }

    /// What came of a conversation within the time limit. The goodbye has a time of its own: once the server has answered,
    /// its slowness must not make a mail that it took look like one that it did not.
    async fn in_time(&self, conversation: impl Future<Output = Outcome> + Send) -> Result<(), MailError> {
        let (mut connection, result) = timeout(self.time_limit, conversation).await.unwrap_or_else(|_| {
            Err(unavailable(&format!("the server did not finish within {} ms", self.time_limit.as_millis())))
        })?;
        let _ = timeout(LONGEST_GOODBYE, connection.abort()).await;
        result
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let written = write(mail, &self.sender)?;
        self.in_time(async {
            let mut connection = self.connect().await?;
            let result = transfer(&mut connection, &self.sender, &written).await;
            Ok((connection, result))
        })
        .await
    }

    async fn check(&self) -> Result<(), MailError> {
        self.in_time(async {
            let mut connection = self.connect().await?;
            let result = connection.command(Noop).await.map_err(|error| failure(Step::Asking, &error));
            Ok((connection, result.map(|_| ())))
        })
        .await
    }
}

async fn transfer(connection: &mut AsyncSmtpConnection, sender: &Sender, mail: &Written) -> Result<(), MailError> {
    let mut parameters = Vec::new();
    if !mail.to.user().is_ascii() {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            return Err(MailError::Refused("the server takes ASCII alone before the @ of an address".to_owned()));
        }
        // RFC 6531, 3.1: whoever offers SMTPUTF8 offers 8BITMIME.
        parameters.extend([MailParameter::SmtpUtfEight, MailParameter::Body(MailBodyParameter::EightBitMime)]);
    }
    let from = MailFrom::new(Some(sender.address().clone()), parameters);
    connection.command(from).await.map_err(|error| failure(Step::NamingSender, &error))?;
    let to = Rcpt::new(mail.to.clone(), vec![]);
    connection.command(to).await.map_err(|error| failure(Step::NamingRecipient, &error))?;
    connection.command(Data).await.map_err(|error| failure(Step::AskingToWrite, &error))?;
    // The line break before the closing dot is the mail's own last one.
    let mail = mail.bytes.strip_suffix(b"\r\n").unwrap_or(&mail.bytes);
    connection.message(mail).await.map_err(|error| failure(Step::Writing, &error))?;
    Ok(())
}
