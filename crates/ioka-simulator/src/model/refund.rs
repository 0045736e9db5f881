//! A refund of a captured payment.

use serde::{Deserialize, Serialize};

use super::{Acquirer, Reason, Stamp};

/// Where a refund stands. \[API\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum RefundStatus {
    Pending,
    Approved,
    Declined,
}

/// A refund. `amount` is in tiyn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Refund {
    pub(crate) id: String,
    pub(crate) payment_id: String,
    pub(crate) order_id: String,
    pub(crate) status: RefundStatus,
    pub(crate) external_id: Option<String>,
    pub(crate) created_at: Stamp,
    pub(crate) amount: i64,
    pub(crate) reason: Option<String>,
    pub(crate) error: Option<Reason>,
    pub(crate) acquirer: Option<Acquirer>,
    /// When a slow bank will answer, and whether it will refuse; set while `PENDING`.
    pub(crate) settles_at: Option<Stamp>,
    pub(crate) will_be_declined: bool,
}
