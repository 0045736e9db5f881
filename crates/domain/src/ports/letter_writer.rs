//! How what donors are told gets its words.

use crate::donation::DeclineReason;
use crate::{CertificateNumber, Language, Tenge};

/// Puts letters into words, in each of the three languages.
///
/// What must hold of every implementation:
/// - The same letter in the same language always has the same words.
/// - The text says all that the HTML says; the HTML loads nothing and runs nothing.
/// - What somebody typed (a name, a title) is shown as text, whatever it looks like: it makes no link, no markup and no line of its
///   own, and does not turn the direction of what stands around it.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait LetterWriter: Send + Sync {
    /// The letter's words.
    fn write(&self, letter: &Letter, language: Language) -> Wording;
}

/// A letter's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What it is about, in one line; nothing in it was typed by anybody.
    pub subject: String,
    /// What it says, as plain text.
    pub text: String,
    /// The same as an HTML document.
    pub html: String,
}

/// What somebody is told, as facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    /// A donation was paid; its certificate is attached.
    Thanks(Thanks),
    /// A payment did not go through.
    PaymentFailed(PaymentFailed),
    /// Money was given back.
    Refunded(Refunded),
    /// An account was made with this address. Whoever follows the link has proved the address.
    ConfirmEmail {
        /// Where to.
        link: String,
        /// How long it counts.
        valid_days: u32,
    },
    /// Another password was asked for. Whoever follows the link may choose it.
    ResetPassword {
        /// Where to.
        link: String,
        /// How long it counts.
        valid_hours: u32,
    },
}

/// Thanks for a donation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thanks {
    /// The donor's name, as it was typed.
    pub name: String,
    /// What the donor has given and did not get back.
    pub amount: Tenge,
    /// What the donor had given before anything went back, if anything did.
    pub before_refunds: Option<Tenge>,
    /// The campaign's title.
    pub campaign: String,
    /// The certificate's number.
    pub number: CertificateNumber,
    /// The trees on it.
    pub trees: u32,
    /// The earlier certificate of the same donation in whose place it stands.
    pub replaces: Option<CertificateNumber>,
    /// The donation's page.
    pub page: String,
    /// Where anybody can check the certificate.
    pub verify: String,
    /// Whether the money was play money.
    pub test_mode: bool,
}

/// A payment that did not go through. It has no name: anybody can make a donation fail at anybody's address, and must not put words
/// into a mail for nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentFailed {
    /// How much was to be paid.
    pub amount: Tenge,
    /// Why it was not.
    pub reason: DeclineReason,
    /// Where the donor can try again.
    pub page: String,
    /// Whether the money was play money.
    pub test_mode: bool,
}

/// Money that went back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refunded {
    /// The donor's name, as it was typed.
    pub name: String,
    /// How much went back.
    pub amount: Tenge,
    /// The donation's amount before anything went back.
    pub donation: Tenge,
    /// What it was a part of.
    pub of: RefundOf,
    /// What becomes of the certificate; `None` if there never was one.
    pub certificate: Option<CertificateFate>,
    /// The donation's page.
    pub page: String,
    /// Whether the money was play money.
    pub test_mode: bool,
}

/// What a refund gave back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefundOf {
    /// Of the donation a part; so much is left.
    Part {
        /// What is left.
        left: Tenge,
    },
    /// The donation, or the last of it.
    Whole,
    /// A second payment of the same donation, which stays as it is.
    SecondPayment,
    /// A payment that never counted for the donation.
    Uncounted,
}

/// What becomes of a certificate when money goes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateFate {
    /// It counts as before.
    Stays(CertificateNumber),
    /// Another one has taken its place, and comes with a mail of its own.
    Replaced {
        /// The one that counts no longer.
        earlier: CertificateNumber,
        /// The one that counts.
        by: CertificateNumber,
    },
    /// It does not count any longer.
    Withdrawn(CertificateNumber),
}
