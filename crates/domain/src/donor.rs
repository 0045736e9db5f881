//! Who gives.

use std::fmt;
use std::str::FromStr as _;

use email_address::{EmailAddress, Options};

use crate::{AccountId, LineText};

/// A donor's name, 1–120 characters.
pub type DonorName = LineText<120>;

/// Whose donation it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Donor {
    /// The account that made the donation; `None` for a guest.
    pub account: Option<AccountId>,
    /// The name as given.
    pub name: DonorName,
    /// Where the certificate goes.
    pub email: DonorEmail,
}

/// An e-mail address that mail can be sent to (RFC 5321: at most 254 characters), in the donor's own spelling.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct DonorEmail(String);

/// A text that is no e-mail address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct EmailError;

impl DonorEmail {
    /// Takes a bare address with a dotted domain; no display name, no address literal, no quoted local part.
    ///
    /// # Errors
    /// [`EmailError`] for anything else.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
        let plain =
            text.len() <= 254 && !text.contains('"') && !text.chars().any(|c| c.is_control() || c.is_whitespace());
        if !plain || EmailAddress::from_str(text).is_err() {
            return Err(EmailError);
        }
        EmailAddress::parse_with_options(text, options).map_err(|_| EmailError)?;
        Ok(Self(text.to_owned()))
    }

    /// The address as given.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two spellings of one address have in common: lower case. Accounts are unique by it.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// `i***@example.com`: enough for a donor to recognise it, too little for anybody else.
    pub fn masked(&self) -> String {
        let (local, host) = self.0.split_once('@').unwrap_or((&self.0, ""));
        let first = local.chars().next().map(String::from).unwrap_or_default();
        format!("{first}***@{host}")
    }
}

impl fmt::Debug for DonorEmail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DonorEmail({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_masked_in_views_and_in_debug() {
        let email = DonorEmail::parse("Ivan@Example.com").unwrap();
        assert_eq!(email.masked(), "I***@Example.com");
        assert_eq!(format!("{email:?}"), "DonorEmail(I***@Example.com)");
        assert_eq!(email.key(), "ivan@example.com");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "ivan",
            "ivan@",
            "@example.com",
            "ivan@localhost",
            "a b@example.com",
            "a@b@example.com",
            "a@example.com\r\nBcc: x@y.kz",
            "Ivan <ivan@example.com>",
            "ivan@[127.0.0.1]",
            "\"a b\"@example.com",
        ] {
            assert_eq!(DonorEmail::parse(text), Err(EmailError), "{text:?}");
        }
        assert_eq!(DonorEmail::parse(&format!("{}@example.com", "a".repeat(250))), Err(EmailError));
    }

    #[test]
    fn kazakh_domains_are_accepted() {
        assert!(DonorEmail::parse("ivan+trees@пошта.қаз").is_ok());
    }
}
