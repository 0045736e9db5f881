//! The states, each with the facts that only it has.

use crate::donation::Decline;
use crate::{Instant, Tenge};

/// Where a donation stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DonationState {
    /// Made; no order at the gateway has been heard of.
    Pending,
    /// An order is there for the donor to pay.
    AwaitingPayment,
    /// The last thing heard was that a payment was declined. The order may still be paid.
    Failed(Decline),
    /// The donor turned back, or the order ended unpaid.
    Cancelled,
    /// Paid.
    Completed {
        /// When we learnt of it.
        completed_at: Instant,
    },
    /// Paid, and a part given back.
    PartiallyRefunded {
        /// When we learnt that it was paid.
        completed_at: Instant,
        /// What was given back so far; more than 0 ₸, less than the donation.
        refunded: Tenge,
    },
    /// Paid, and all of it given back.
    Refunded {
        /// When we learnt that it was paid.
        completed_at: Instant,
    },
}

/// A state without its facts: the word that the API, the database and the logs use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DonationStatus {
    /// See [`DonationState::Pending`].
    Pending,
    /// See [`DonationState::AwaitingPayment`].
    AwaitingPayment,
    /// See [`DonationState::Failed`].
    Failed,
    /// See [`DonationState::Cancelled`].
    Cancelled,
    /// See [`DonationState::Completed`].
    Completed,
    /// See [`DonationState::PartiallyRefunded`].
    PartiallyRefunded,
    /// See [`DonationState::Refunded`].
    Refunded,
}

impl DonationStatus {
    /// All of them, in the order of a donation's life.
    pub const ALL: [Self; 7] = [
        Self::Pending,
        Self::AwaitingPayment,
        Self::Failed,
        Self::Cancelled,
        Self::Completed,
        Self::PartiallyRefunded,
        Self::Refunded,
    ];

    /// The stable word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::AwaitingPayment => "awaiting_payment",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Completed => "completed",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Refunded => "refunded",
        }
    }

    /// The status of a word; `None` for any other text.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether the donor's money has been taken at some time.
    pub const fn was_paid(self) -> bool {
        matches!(self, Self::Completed | Self::PartiallyRefunded | Self::Refunded)
    }
}

impl DonationState {
    /// The state's word.
    pub const fn status(&self) -> DonationStatus {
        match self {
            Self::Pending => DonationStatus::Pending,
            Self::AwaitingPayment => DonationStatus::AwaitingPayment,
            Self::Failed(_) => DonationStatus::Failed,
            Self::Cancelled => DonationStatus::Cancelled,
            Self::Completed { .. } => DonationStatus::Completed,
            Self::PartiallyRefunded { .. } => DonationStatus::PartiallyRefunded,
            Self::Refunded { .. } => DonationStatus::Refunded,
        }
    }

    /// When we learnt that it was paid; `None` before.
    pub const fn completed_at(&self) -> Option<Instant> {
        match self {
            Self::Pending | Self::AwaitingPayment | Self::Failed(_) | Self::Cancelled => None,
            Self::Completed { completed_at }
            | Self::PartiallyRefunded { completed_at, .. }
            | Self::Refunded { completed_at } => Some(*completed_at),
        }
    }

    /// Why the last payment was declined, while `failed`.
    pub const fn decline(&self) -> Option<&Decline> {
        match self {
            Self::Failed(decline) => Some(decline),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_one_status() {
        for status in DonationStatus::ALL {
            assert_eq!(DonationStatus::from_word(status.word()), Some(status));
        }
        assert_eq!(DonationStatus::from_word("paid"), None);
    }
}
