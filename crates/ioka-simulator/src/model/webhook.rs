//! A registered receiver of webhooks.

use serde::{Deserialize, Serialize};

use super::Stamp;

/// Events a webhook can be registered for. \[API\]
pub(crate) const WEBHOOK_EVENTS: &[&str] = &[
    "ORDER_EXPIRED",
    "PAYMENT_ACTION_REQUIRED",
    "PAYMENT_DECLINED",
    "PAYMENT_APPROVED",
    "PAYMENT_CAPTURED",
    "CAPTURE_DECLINED",
    "PAYMENT_CANCELLED",
    "CANCEL_DECLINED",
    "REFUND_APPROVED",
    "REFUND_DECLINED",
    "CARD_APPROVED",
    "CARD_DECLINED",
    "CHECK_APPROVED",
    "CHECK_DECLINED",
    "SPLIT_APPROVED",
    "SPLIT_DECLINED",
    "SPLIT_REFUND_APPROVED",
    "SPLIT_REFUND_DECLINED",
    "INSTALLMENT_ISSUED",
    "INSTALLMENT_REJECTED",
    "PAYOUT_APPROVED",
    "PAYOUT_DECLINED",
];

/// A registered receiver.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Webhook {
    pub(crate) id: String,
    pub(crate) url: String,
    pub(crate) events: Vec<String>,
    pub(crate) created_at: Stamp,
    /// The signing secret: text of 64 hex digits, used as text. \[CAP\]
    pub(crate) key: String,
    pub(crate) deleted: bool,
}
