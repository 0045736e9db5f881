//! A payment: one attempt to pay an order.

use serde::{Deserialize, Serialize};

use super::Stamp;

/// Where a payment stands. \[API\]
///
/// | from | to | when |
/// |---|---|---|
/// | (new) | `PENDING` | the bank is slow |
/// | (new), `PENDING` | `REQUIRES_ACTION` | 3-D Secure |
/// | those three | `APPROVED` | held, order is `MANUAL` |
/// | those three | `CAPTURED` | taken, order is `AUTO` |
/// | those three | `DECLINED` | `error` is set |
/// | `APPROVED` | `CAPTURED` | capture, or by itself after 48 h \[DOC\] |
/// | `APPROVED` | `CANCELLED` | cancel \[DOC\] |
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum PaymentStatus {
    Pending,
    RequiresAction,
    Approved,
    Captured,
    Cancelled,
    Declined,
}

impl PaymentStatus {
    /// Whether its outcome is still open, so that no second payment may start. \[API\]
    pub(crate) fn is_running(self) -> bool {
        matches!(self, Self::Pending | Self::RequiresAction)
    }
}

/// Who pays, with what. \[API\]\[DOC\]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payer {
    /// `CARD`, or `BINDING` for a saved card. \[API\]
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) pan_masked: String,
    pub(crate) expiry_date: String,
    pub(crate) holder: String,
    pub(crate) payment_system: String,
    pub(crate) emitter: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) customer_id: Option<String>,
    pub(crate) card_id: Option<String>,
}

/// The bank that processed it; present after a successful authorisation. \[API\]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Acquirer {
    pub(crate) name: String,
    pub(crate) reference: String,
}

/// Why a payment or refund was declined.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reason {
    pub(crate) code: String,
    pub(crate) message: String,
}

/// What a running payment will become, and when.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Pending {
    /// When the outcome comes by itself.
    pub(crate) at: Stamp,
    /// The refusal it ends in; `None` succeeds.
    pub(crate) refusal: Option<Reason>,
    /// Whether the payer must pass 3-D Secure once the bank has answered.
    pub(crate) three_ds: bool,
}

/// A payment. Amounts are in tiyn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) id: String,
    pub(crate) order_id: String,
    pub(crate) status: PaymentStatus,
    pub(crate) created_at: Stamp,
    pub(crate) approved_amount: i64,
    pub(crate) captured_amount: i64,
    pub(crate) refunded_amount: i64,
    /// Whether 3-D Secure took part.
    pub(crate) tds: bool,
    pub(crate) payer: Payer,
    pub(crate) acquirer: Option<Acquirer>,
    pub(crate) error: Option<Reason>,
    /// Whether the payer ticked "save card".
    pub(crate) save: bool,
    /// The bank's verdict on the card, for later charges of it once saved.
    pub(crate) verdict: crate::cards::Verdict,
    /// Set while the outcome is open.
    pub(crate) pending: Option<Pending>,
    /// When a hold is captured by itself. \[DOC\]
    pub(crate) capture_at: Option<Stamp>,
    /// The subscription that made it.
    pub(crate) subscription_id: Option<String>,
}
