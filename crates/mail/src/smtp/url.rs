//! `SMTP_URL`, read here: the library's own reading leaves `smtp://` unencrypted, password and all.

use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use crate::config::MailConfigError;

/// How we prove who we are. Both send the password itself, which is what encryption is for.
pub(super) const MECHANISMS: &[Mechanism] = &[Mechanism::Plain, Mechanism::Login];

/// For mail that is submitted, RFC 6409 and RFC 8314.
const SUBMISSION: u16 = 587;
const SUBMISSION_OVER_TLS: u16 = 465;

/// Where the server is, and how we log in.
pub(super) struct Server {
    /// A name, or an address without brackets.
    pub host: String,
    pub port: u16,
    pub encryption: Encryption,
    pub login: Option<Credentials>,
}

/// When the conversation is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encryption {
    FromTheFirstByte,
    Required,
    IfOffered,
    Never,
}

impl Server {
    /// # Errors
    /// [`MailConfigError::Url`]. The text never repeats a part of the URL.
    pub(super) fn parse(text: &str) -> Result<Self, MailConfigError> {
        let wrong = MailConfigError::Url;
        let url = Url::parse(text.trim()).map_err(|_| {
            wrong("must be like smtps://user:password@host or smtp://host:25; write signs such as @ / : # in a password as %40 %2F %3A %23")
        })?;
        if !matches!(url.scheme(), "smtp" | "smtps") {
            return Err(wrong("must begin with smtp:// or smtps://"));
        }
        if !matches!(url.path(), "" | "/") || url.fragment().is_some() {
            return Err(wrong(
                "must end after host and port, or with ?tls=required or ?tls=none; write / and # in a password as %2F and %23",
            ));
        }
        let encryption = encryption(&url)?;
        let host = match url.host_str().map(Host::parse) {
            Some(Ok(Host::Domain(name))) if !name.is_empty() => name,
            Some(Ok(Host::Ipv4(address))) => address.to_string(),
            Some(Ok(Host::Ipv6(address))) => address.to_string(),
            _ => return Err(wrong("needs a host: smtp://host")),
        };
        let default_port = if encryption == Encryption::FromTheFirstByte { SUBMISSION_OVER_TLS } else { SUBMISSION };
        Ok(Self { host, port: url.port().unwrap_or(default_port), encryption, login: login(&url)? })
    }
}

fn encryption(url: &Url) -> Result<Encryption, MailConfigError> {
    match (url.scheme(), url.query()) {
        ("smtps", None) => Ok(Encryption::FromTheFirstByte),
        ("smtps", Some(_)) => {
            Err(MailConfigError::Url("is always encrypted with smtps://; leave out what follows the ?"))
        }
        (_, None) => Ok(Encryption::IfOffered),
        (_, Some("tls=required")) => Ok(Encryption::Required),
        (_, Some("tls=none")) => Ok(Encryption::Never),
        (_, Some(_)) => {
            Err(MailConfigError::Url("may have ?tls=required or ?tls=none, nothing else; write ? in a password as %3F"))
        }
    }
}

fn login(url: &Url) -> Result<Option<Credentials>, MailConfigError> {
    let decode = |text: &str| {
        let decoded = percent_decode_str(text).decode_utf8();
        decoded
            .map(String::from)
            .map_err(|_| MailConfigError::Url("has a user or password that is not UTF-8 when decoded"))
    };
    match (url.username(), url.password()) {
        ("", None) => Ok(None),
        ("", Some(_)) => Err(MailConfigError::Url("has a password but no user")),
        (_, None | Some("")) => Err(MailConfigError::Url("has a user but no password")),
        (user, Some(password)) => Ok(Some(Credentials::new(decode(user)?, decode(password)?))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> (String, u16, Encryption, Option<Credentials>) {
        let server = Server::parse(text).unwrap();
        (server.host, server.port, server.encryption, server.login)
    }

    #[test]
    fn every_form_has_its_encryption_and_port() {
        for (text, host, port, encryption) in [
            ("smtp://mail.fund.kz", "mail.fund.kz", 587, Encryption::IfOffered),
            ("smtp://mail.fund.kz:25/", "mail.fund.kz", 25, Encryption::IfOffered),
            ("smtp://mail.fund.kz?tls=required", "mail.fund.kz", 587, Encryption::Required),
            ("smtp://127.0.0.1:1025?tls=none", "127.0.0.1", 1025, Encryption::Never),
            ("smtp://[::1]:2525", "::1", 2525, Encryption::IfOffered),
            ("smtps://mail.fund.kz", "mail.fund.kz", 465, Encryption::FromTheFirstByte),
            ("smtps://mail.fund.kz:4465", "mail.fund.kz", 4465, Encryption::FromTheFirstByte),
            ("smtps://пошта.қаз", "xn--80a1acn3a.xn--80ao21a", 465, Encryption::FromTheFirstByte),
        ] {
            assert_eq!(parsed(text), (host.to_owned(), port, encryption, None), "{text}");
        }
    }

    #[test]
    fn a_login_is_decoded() {
        let login = |user: &str, password: &str| Some(Credentials::new(user.to_owned(), password.to_owned()));
        assert_eq!(parsed("smtps://me:pw@h.kz").3, login("me", "pw"));
        assert_eq!(parsed("smtps://me%40fund.kz:p%2Fw%3A%D2%9B+%25@h.kz").3, login("me@fund.kz", "p/w:қ+%"));
        assert_eq!(parsed("smtps://me@fund.kz:p:w@h.kz").3, login("me@fund.kz", "p:w"));
    }

    #[test]
    fn a_wrong_url_says_what_to_change_and_never_the_password() {
        for (text, said) in [
            ("", "must be like"),
            ("mail.fund.kz", "must be like"),
            ("smtp://me:se/cret@h.kz", "must be like"),
            ("smtp://me:12#secret@h.kz", "# in a password"),
            ("smtp://me:secret@h.kz:x", "must be like"),
            ("https://me:secret@h.kz", "must begin with"),
            ("smtp:me:secret@h.kz", "must end"),
            ("smtp://", "needs a host"),
            ("smtp://me:secret@", "must be like"),
            ("smtp://me:secret@h.kz/inbox", "must end"),
            ("smtp://me:secret@h.kz#x", "must end"),
            ("smtp://me:secret@h.kz?tls=maybe", "may have"),
            ("smtp://me:secret@h.kz?x=1", "may have"),
            ("smtp://me:secret@h.kz?tls=none&tls=required", "may have"),
            ("smtps://me:secret@h.kz?tls=none", "always encrypted"),
            ("smtps://secret@h.kz", "no password"),
            ("smtps://secret:@h.kz", "no password"),
            ("smtps://:secret@h.kz", "no user"),
            ("smtps://me:secret%ff@h.kz", "not UTF-8"),
        ] {
            let error = Server::parse(text).map(|server| server.host).unwrap_err().to_string();
            assert!(error.contains(said) && !error.contains("cret"), "{text}: {error}");
        }
    }
}
