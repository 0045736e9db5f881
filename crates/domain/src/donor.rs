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

/// Stands where the address of a donor was who has been forgotten. No mail can ever reach it (RFC 2606, 2).
const ERASED_EMAIL: &str = "erased@donor.invalid";

/// Stands where a name was. It says nothing in any language, and every certificate can show it.
const ERASED_NAME: &str = "—";

impl Donor {
    /// Nobody any longer: what stays of a donor in the books.
    pub fn erased() -> Self {
        let name = LineText::parse(ERASED_NAME).expect("a plain line");
        Self { account: None, name, email: DonorEmail(ERASED_EMAIL.to_owned()) }
    }

    /// Whether the donor has been forgotten.
    pub fn is_erased(&self) -> bool {
        self.email.is_erased()
    }
}

impl DonorEmail {
    /// Takes a bare address with a dotted domain; no display name, no address literal, no quoted local part. Nor a letter
    /// that passes for another one in lower case (the sign for kelvin for a k): two mailboxes would be one account.
    ///
    /// # Errors
    /// [`EmailError`] for anything else, and for the address that stands for a forgotten one.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let email = Self::well_formed(text)?;
        if email.is_erased() || email.0.chars().any(passes_for_another) { Err(EmailError) } else { Ok(email) }
    }

    /// An address as a store kept it: one that was parsed once, or the one that stands for a forgotten one.
    ///
    /// # Errors
    /// [`EmailError`] if it can be neither.
    pub fn restore(text: &str) -> Result<Self, EmailError> {
        Self::well_formed(text)
    }

    /// Whether it stands for a forgotten address.
    pub fn is_erased(&self) -> bool {
        self.key() == ERASED_EMAIL
    }

    fn well_formed(text: &str) -> Result<Self, EmailError> {
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

/// Whether a letter's small one has another capital: then two different letters are equal in lower case.
fn passes_for_another(letter: char) -> bool {
    let small: String = letter.to_lowercase().collect();
    let large: String = small.chars().flat_map(char::to_uppercase).collect();
    !letter.to_lowercase().eq([letter]) && !large.chars().eq([letter])
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
    fn letters_that_pass_for_others_are_refused() {
        // The signs for kelvin and ångström, and the Turkish capital İ.
        for text in ["\u{212a}ate@example.com", "ann@\u{212b}bo.se", "\u{130}van@example.com"] {
            assert_eq!(DonorEmail::parse(text), Err(EmailError), "{text}");
        }
        for text in
            ["Kate@example.com", "ӘСЕЛ.Ұлан@ПОШТА.ҚАЗ", "ІҢКӘР@пошта.қаз", "Ångström@example.se", "straße@example.de"]
        {
            assert!(DonorEmail::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn nobody_can_be_the_forgotten_donor() {
        let erased = Donor::erased();
        assert!(erased.is_erased());
        assert_eq!(DonorEmail::restore(erased.email.as_str()), Ok(erased.email));
        for text in [ERASED_EMAIL, "ERASED@donor.INVALID", " erased@Donor.invalid "] {
            assert_eq!(DonorEmail::parse(text), Err(EmailError), "{text}");
        }
    }

    #[test]
    fn kazakh_domains_are_accepted() {
        assert!(DonorEmail::parse("ivan+trees@пошта.қаз").is_ok());
    }
}
