//! What a person must look at. A second axis beside the state: it hides nothing of the state and undoes nothing.

use crate::donation::Actor;
use crate::{Instant, LineText};

/// A reason for a person to look at a donation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Review {
    /// The gateway ordered, captured or refunded another amount or currency than the donation's.
    AmountMismatch,
    /// The donor paid more than once.
    PaidTwice,
    /// Paid after the order's due date, or after the donor had cancelled.
    PaidLate,
}

/// One thing to look at. It is raised once for one subject, however often news of it come, and stays on record when it is
/// resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewItem {
    /// What is the matter.
    pub review: Review,
    /// What with: an attempt, a refund. Together with `review` its name within the donation.
    pub subject: String,
    /// Since when.
    pub raised_at: Instant,
    /// How it ended; `None` while it waits for somebody.
    pub resolution: Option<Resolution>,
}

/// How a review ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// When.
    pub at: Instant,
    /// Who looked, or the house itself if the cause is gone.
    pub by: Actor,
    /// What was found or done.
    pub note: ReviewNote,
}

/// What an operator writes about a review.
pub type ReviewNote = LineText<500>;

impl ReviewItem {
    /// Whether it waits for somebody.
    pub const fn is_open(&self) -> bool {
        self.resolution.is_none()
    }
}

impl Review {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::AmountMismatch, Self::PaidTwice, Self::PaidLate];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::AmountMismatch => "amount_mismatch",
            Self::PaidTwice => "paid_twice",
            Self::PaidLate => "paid_late",
        }
    }

    /// The review of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|review| review.word() == word)
    }
}
