//! A donation's story, one entry a step, written in the same transaction as the step.

use std::collections::BTreeMap;

use crate::donation::DonationStatus;
use crate::{AccountId, Instant};

/// One step of the story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When it was applied.
    pub at: Instant,
    /// What happened.
    pub kind: TimelineKind,
    /// Who or what brought it about.
    pub cause: Cause,
    /// The state before.
    pub from: DonationStatus,
    /// The state after.
    pub to: DonationStatus,
    /// Named facts, for a person to read; never a secret, a card or an e-mail address.
    pub details: BTreeMap<String, String>,
}

/// What a step was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TimelineKind {
    /// The donation was made.
    DonationCreated,
    /// The donor asked to pay; the attempt was written down.
    PaymentStarted,
    /// The gateway has the order.
    OrderCreated,
    /// Money was taken.
    PaymentCaptured,
    /// Money was taken that does not fit the donation.
    PaymentMismatched,
    /// A payment was declined.
    PaymentDeclined,
    /// The order can no longer be paid.
    OrderEnded,
    /// The donor gave up.
    DonationCancelled,
    /// We want to give money back; its amount is reserved.
    RefundRequested,
    /// The gateway has taken a refund on; the bank has not answered.
    RefundPending,
    /// Money was given back.
    RefundSucceeded,
    /// No money was given back: the bank or the gateway refused.
    RefundFailed,
    /// Somebody has looked at what needed looking at.
    ReviewResolved,
    /// The certificate was asked to be sent again.
    ReceiptRequested,
    /// The name on the certificate was corrected; another certificate bears it.
    CertificateRenamed,
    /// A guest's donation was found to be an account's.
    DonationJoined,
    /// The donor was forgotten.
    DonationErased,
}

impl TimelineKind {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::DonationCreated,
        Self::PaymentStarted,
        Self::OrderCreated,
        Self::PaymentCaptured,
        Self::PaymentMismatched,
        Self::PaymentDeclined,
        Self::OrderEnded,
        Self::DonationCancelled,
        Self::RefundRequested,
        Self::RefundPending,
        Self::RefundSucceeded,
        Self::RefundFailed,
        Self::ReviewResolved,
        Self::ReceiptRequested,
        Self::CertificateRenamed,
        Self::DonationJoined,
        Self::DonationErased,
    ];

    /// The stable word in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::DonationCreated => "donation.created",
            Self::PaymentStarted => "payment.started",
            Self::OrderCreated => "order.created",
            Self::PaymentCaptured => "payment.captured",
            Self::PaymentMismatched => "payment.mismatched",
            Self::PaymentDeclined => "payment.declined",
            Self::OrderEnded => "order.ended",
            Self::DonationCancelled => "donation.cancelled",
            Self::RefundRequested => "refund.requested",
            Self::RefundPending => "refund.pending",
            Self::RefundSucceeded => "refund.succeeded",
            Self::RefundFailed => "refund.failed",
            Self::ReviewResolved => "review.resolved",
            Self::ReceiptRequested => "receipt.requested",
            Self::CertificateRenamed => "certificate.renamed",
            Self::DonationJoined => "donation.joined",
            Self::DonationErased => "donation.erased",
        }
    }

    /// The kind of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// Who or what brought a step about, and in which request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cause {
    /// Who.
    pub actor: Actor,
    /// The request's id, as the answer and the log lines carry it; `None` outside a request.
    pub request_id: Option<String>,
}

/// Who or what acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Actor {
    /// A donor without an account.
    Guest,
    /// Somebody signed in.
    Account(AccountId),
    /// The gateway, by its webhook or its answer.
    Gateway,
    /// The house itself.
    System,
}

impl Actor {
    /// `guest`, `gateway`, `system`, or `account:<id>`.
    pub fn word(self) -> String {
        match self {
            Self::Guest => "guest".to_owned(),
            Self::Account(id) => format!("account:{id}"),
            Self::Gateway => "gateway".to_owned(),
            Self::System => "system".to_owned(),
        }
    }

    /// The actor of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "guest" => Some(Self::Guest),
            "gateway" => Some(Self::Gateway),
            "system" => Some(Self::System),
            other => uuid::Uuid::try_parse(other.strip_prefix("account:")?).ok().map(|id| Self::Account(AccountId(id))),
        }
    }
}
