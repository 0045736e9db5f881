//! Refunds: ours as Ioka takes them, Ioka's as the domain knows them.

use domain::ports::{GatewayRefund, NewRefund};
use domain::{ExternalId, GatewayRefundId, RefundStatus};

use crate::mapping::{cut, parse_date, present, reported_tiyn, tiyn};
use crate::wire::{IokaNewRefund, IokaRefund};

/// The refund as Ioka takes it; `None` for more money than there is.
pub(crate) fn new_refund(refund: &NewRefund) -> Option<IokaNewRefund<'_>> {
    Some(IokaNewRefund {
        amount: tiyn(refund.amount)?,
        external_id: refund.external_id.as_str(),
        reason: refund.reason.as_deref().map(cut),
    })
}

/// The refund in our words; an `Err` says what the answer lacks. A status that we do not know is not final, so that it is
/// asked about again.
pub(crate) fn gateway_refund(refund: &IokaRefund) -> Result<GatewayRefund, &'static str> {
    let id = present(refund.id.as_deref()).ok_or("has no refund id")?;
    let amount = refund.amount.as_deref().ok_or("has no refund amount")?;
    let status = match refund.status.as_deref() {
        None => return Err("has no refund status"),
        Some("APPROVED") => RefundStatus::Succeeded,
        Some("DECLINED") => RefundStatus::Failed,
        Some(_) => RefundStatus::Pending,
    };
    Ok(GatewayRefund {
        id: GatewayRefundId::new(id),
        external_id: present(refund.external_id.as_deref()).map(ExternalId::new),
        // A refund has no currency of its own: it goes back to the card that the order was paid with.
        amount: reported_tiyn(amount, None),
        status,
        created_at: refund.created_at.as_deref().and_then(parse_date),
    })
}
