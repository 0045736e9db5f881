//! An entry of an order's history.

use serde::{Deserialize, Serialize};

use super::Stamp;

/// One event of `GET /v2/orders/{id}/events`. \[API\]
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) created_at: Stamp,
    pub(crate) order_id: String,
    pub(crate) payment_id: Option<String>,
    pub(crate) refund_id: Option<String>,
    pub(crate) md: Option<String>,
    pub(crate) pa_req: Option<String>,
    pub(crate) acs_url: Option<String>,
    pub(crate) term_url: Option<String>,
    pub(crate) action_url: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) message: Option<String>,
}
