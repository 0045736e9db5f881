//! Customers and the cards they saved.

use serde::{Deserialize, Serialize};

use super::Stamp;
use crate::cards::Verdict;

/// A customer: `PENDING` without a card, `READY` with one. \[API\]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Customer {
    pub(crate) id: String,
    pub(crate) created_at: Stamp,
    pub(crate) external_id: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) back_url: Option<String>,
    pub(crate) access_token: String,
    /// Ids of the cards, oldest first, deleted ones left out.
    pub(crate) cards: Vec<String>,
    pub(crate) deleted: bool,
}

impl Customer {
    /// `READY` as soon as there is a card. \[DOC\]
    pub(crate) fn status(&self) -> &'static str {
        match (self.deleted, self.cards.is_empty()) {
            (true, _) => "DELETED",
            (false, true) => "PENDING",
            (false, false) => "READY",
        }
    }
}

/// Where a saved card stands. \[API\]\[DOC\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum CardStatus {
    Approved,
    Declined,
    Deleted,
}

/// A saved card.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Card {
    pub(crate) id: String,
    pub(crate) customer_id: String,
    pub(crate) status: CardStatus,
    pub(crate) created_at: Stamp,
    pub(crate) pan_masked: String,
    pub(crate) expiry_date: String,
    pub(crate) holder: String,
    pub(crate) payment_system: String,
    pub(crate) emitter: Option<String>,
    /// What charges of it will do.
    pub(crate) verdict: Verdict,
}
