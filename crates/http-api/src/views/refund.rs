//! A refund as the API shows it.

use domain::Refund;
use serde::Serialize;

use super::timestamp;

/// A refund.
#[derive(Debug, Serialize)]
pub struct RefundView {
    id: String,
    status: &'static str,
    amount: i64,
    currency: &'static str,
    /// Why we asked for it; null if it was made in the gateway's panel.
    reason: Option<String>,
    /// Which payment goes back: `kept` or `superfluous`; null if it was made in the gateway's panel.
    payment: Option<&'static str>,
    attempt: u32,
    gateway_refund_id: Option<String>,
    created_at: String,
}

impl RefundView {
    /// The refund.
    pub fn new(refund: &Refund) -> Self {
        Self {
            id: refund.id.to_string(),
            status: refund.status.word(),
            amount: refund.amount.get(),
            currency: "KZT",
            reason: refund.request.as_ref().map(|request| request.reason.to_string()),
            payment: refund.request.as_ref().map(|request| request.payment.word()),
            attempt: refund.attempt,
            gateway_refund_id: refund.gateway_id.as_ref().map(ToString::to_string),
            created_at: timestamp(refund.created_at),
        }
    }
}
