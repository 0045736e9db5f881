//! What a person must look at. A second axis beside the state: it hides nothing of the state and undoes nothing.

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
