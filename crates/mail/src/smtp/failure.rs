//! What a failed step lets the caller do next.
//!
//! | what happened | word |
//! |---|---|
//! | 5xx to the recipient, or to the mail itself | `Refused` |
//! | 5xx that asks to log in or to encrypt (503, 530, 534, 535, 538) | `Unavailable` |
//! | 5xx before that: greeting, EHLO, STARTTLS, login, sender | `Unavailable` |
//! | 4xx at any step | `Unavailable` |
//! | no connection, a bad certificate, an answer that is none, a connection cut | `Unavailable` |
//!
//! What is wrong before the recipient is named is wrong for every mail: it is our settings, and a mail must not be given
//! up for them. The sender is such a setting too.

use domain::ports::MailError;
use lettre::transport::smtp::Error;

/// A server's words are kept up to this length.
const LONGEST_REASON: usize = 300;

/// Answers that are about how we came, not about the mail (RFC 4954, RFC 5321).
const ABOUT_US: [u16; 5] = [503, 530, 534, 535, 538];

/// How far a conversation has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Connecting,
    Encrypting,
    LoggingIn,
    Asking,
    NamingSender,
    NamingRecipient,
    AskingToWrite,
    Writing,
}

impl Step {
    const fn is_about_the_mail(self) -> bool {
        matches!(self, Self::NamingRecipient | Self::AskingToWrite | Self::Writing)
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Encrypting => "STARTTLS",
            Self::LoggingIn => "logging in with the user and password of SMTP_URL",
            Self::Asking => "NOOP",
            Self::NamingSender => "MAIL, with the sender of MAIL_FROM",
            Self::NamingRecipient => "RCPT",
            Self::AskingToWrite => "DATA",
            Self::Writing => "the mail",
        }
    }
}

/// The domain's word for it.
pub(super) fn failure(step: Step, error: &Error) -> MailError {
    let code = error.status().map(u16::from);
    let what = match (step, code) {
        // An answer to a login may repeat what was sent.
        (Step::LoggingIn, Some(code)) => code.to_string(),
        (Step::LoggingIn, None) if error.is_response() => "an answer that is none".to_owned(),
        _ => tidy(&error.to_string()),
    };
    let why = format!("{}: {what}", step.words());
    let about_us = code.is_some_and(|code| ABOUT_US.contains(&code));
    if step.is_about_the_mail() && error.is_permanent() && !about_us {
        MailError::Refused(why)
    } else {
        MailError::Unavailable(why)
    }
}

pub(super) fn unavailable(why: &str) -> MailError {
    MailError::Unavailable(why.to_owned())
}

/// In one line, not too long, and without addresses: servers like to repeat the donor's.
fn tidy(text: &str) -> String {
    let words = text.split(|c: char| c.is_control() || c.is_whitespace()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.map(|word| if word.contains('@') { "[address]" } else { word }).collect();
    words.join(" ").chars().take(LONGEST_REASON).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_servers_words_are_tidied() {
        assert_eq!(tidy("5.1.1 <asel@example.com>:\r\nno such user"), "5.1.1 [address] no such user");
        assert_eq!(tidy(&"ә".repeat(1000)).chars().count(), LONGEST_REASON);
    }
}
