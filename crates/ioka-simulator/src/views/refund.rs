//! Refunds.

use serde::Serialize;

use crate::model::{Acquirer, Reason, Refund, RefundStatus, Stamp};
use crate::settings::Settings;

/// A refund. \[API\]
#[derive(Serialize)]
pub(crate) struct RefundView<'a> {
    id: &'a str,
    payment_id: &'a str,
    order_id: &'a str,
    status: RefundStatus,
    external_id: Option<&'a str>,
    created_at: Stamp,
    amount: i64,
    error: Option<&'a Reason>,
    acquirer: Option<&'a Acquirer>,
}

impl<'a> RefundView<'a> {
    /// The refund with every key.
    pub(crate) fn of(refund: &'a Refund) -> Self {
        Self {
            id: &refund.id,
            payment_id: &refund.payment_id,
            order_id: &refund.order_id,
            status: refund.status,
            external_id: refund.external_id.as_deref(),
            created_at: refund.created_at,
            amount: refund.amount,
            error: refund.error.as_ref(),
            acquirer: refund.acquirer.as_ref(),
        }
    }
}

/// A refund as `GET /v2/search/refunds` shows it: with the shop and the reason. \[API\]
#[derive(Serialize)]
pub(crate) struct FoundRefundView<'a> {
    #[serde(flatten)]
    refund: RefundView<'a>,
    shop_id: &'a str,
    reason: Option<&'a str>,
}

impl<'a> FoundRefundView<'a> {
    /// One search result.
    pub(crate) fn of(settings: &'a Settings, refund: &'a Refund) -> Self {
        Self { refund: RefundView::of(refund), shop_id: &settings.shop_id, reason: refund.reason.as_deref() }
    }
}
