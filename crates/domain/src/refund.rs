//! Money given back.

use crate::{GatewayRefundId, Instant, Tenge};

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefundStatus {
    /// Asked for; the bank has not answered.
    Pending,
    /// The money is on its way to the donor.
    Succeeded,
    /// The bank refused.
    Failed,
}

impl RefundStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Pending, Self::Succeeded, Self::Failed];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Succeeded => "succeeded",
            Self::Failed => "failed",
        }
    }

    /// The status of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// One refund of a payment, whoever asked for it: us, or a person in the gateway's own panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refund {
    /// The gateway's name for it, by which a report heard twice is known.
    pub gateway_id: GatewayRefundId,
    /// The number of the attempt whose payment it gives back.
    pub attempt: u32,
    /// How much.
    pub amount: Tenge,
    /// Where it stands.
    pub status: RefundStatus,
    /// When we first heard of it.
    pub created_at: Instant,
}
