//! An order: what is to be paid.

use serde::{Deserialize, Serialize};

use super::{FreeJson, Stamp};

/// Where an order stands. \[API\]
///
/// | from | to | when |
/// |---|---|---|
/// | `UNPAID` | `PAID` | a payment of an `AUTO` order is captured |
/// | `UNPAID` | `ON_HOLD` | a payment of a `MANUAL` order is approved |
/// | `ON_HOLD` | `PAID` | capture, or by itself after 48 h \[DOC\] |
/// | `ON_HOLD` | `UNPAID` | the hold is cancelled \[GUESS\] |
/// | `UNPAID` | `EXPIRED` | `due_date` passed \[DOC\] |
///
/// Refunds and declined payments do not move it. \[API\]\[DOC\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum OrderStatus {
    Expired,
    Unpaid,
    OnHold,
    Paid,
}

/// Whether money is taken at once or held first. \[API\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum CaptureMethod {
    #[default]
    Auto,
    Manual,
}

/// An order. Amounts are in tiyn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: String,
    pub(crate) status: OrderStatus,
    pub(crate) created_at: Stamp,
    pub(crate) amount: i64,
    pub(crate) mcc: Option<String>,
    pub(crate) capture_method: CaptureMethod,
    pub(crate) external_id: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) extra_info: Option<FreeJson>,
    /// Payment attempts left; each payment takes one, the successful one too. \[CAP\]
    pub(crate) attempts: u32,
    pub(crate) due_date: Option<Stamp>,
    pub(crate) customer_id: Option<String>,
    pub(crate) card_id: Option<String>,
    pub(crate) back_url: Option<String>,
    pub(crate) success_url: Option<String>,
    pub(crate) failure_url: Option<String>,
    pub(crate) template: Option<String>,
    pub(crate) features: Vec<String>,
    pub(crate) subscription_id: Option<String>,
    pub(crate) access_token: String,
    /// Ids of its payments, oldest first.
    pub(crate) payments: Vec<String>,
    /// Ids of its refunds, oldest first.
    pub(crate) refunds: Vec<String>,
}
