//! How what donors are told gets its words.

use crate::alert::{AlertKind, AlertPhase, GatewayFailure};
use crate::donation::DeclineReason;
use crate::ports::DaySummary;
use crate::{CertificateNumber, Language, Review, Tenge};

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
    /// Something that whoever answers for the money has to know.
    Alert(AlertLetter),
    /// What happened on a day.
    Summary(SummaryLetter),
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

/// Something that operators have to know. No donor's name, address or card stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertLetter {
    /// Of which kind.
    pub kind: AlertKind,
    /// Whether it began or is over.
    pub phase: AlertPhase,
    /// How many there are.
    pub total: u32,
    /// The first of them; one at least.
    pub items: Vec<AlertItem>,
    /// Where all of it is seen and settled.
    pub page: String,
}

/// One of the causes in an [`AlertLetter`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertItem {
    /// What it is about.
    pub subject: AlertSubject,
    /// Since when, by Kazakhstan's clocks.
    pub since: String,
    /// When it was over, by the same.
    pub ended: Option<String>,
    /// Where this one is seen, if it has a page of its own.
    pub page: Option<String>,
}

/// What an alert is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AlertSubject {
    /// A donation that a person has to look at.
    Review(Review),
    /// A day, and in how many things its books differ.
    Day {
        /// The day.
        day: String,
        /// In how many things.
        differences: u32,
    },
    /// Work of this kind, by the word of the API.
    Job(String),
    /// The gateway.
    Gateway(GatewayFailure),
    /// So many orders were paid, and no webhook came.
    Webhooks {
        /// How many.
        orders: u32,
    },
    /// The brake, and why it was pulled.
    Brake(Option<String>),
}

/// A day, for whoever answers for the money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SummaryLetter {
    /// The day: `2026-11-24`.
    pub day: String,
    /// What happened, and what waits.
    pub numbers: DaySummary,
    /// Where more of it is seen.
    pub page: String,
}
