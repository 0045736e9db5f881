//! Refunding a captured payment.

use std::sync::Arc;

use serde::Deserialize;

use super::HistoryEntry;
use super::checks;
use super::holds::business;
use crate::error::Refusal;
use crate::faults::FaultKind;
use crate::model::{Order, Payment, PaymentStatus, Reason, Refund, RefundStatus};
use crate::webhooks::Announcement;
use crate::world::World;

/// `POST /v2/orders/{id}/refunds`. \[API\] `rules` and `positions` belong to splits and receipts and are ignored.
#[derive(Debug, Deserialize)]
pub(crate) struct NewRefund {
    amount: i64,
    external_id: Option<String>,
    reason: Option<String>,
}

impl World {
    /// Refunds part or all of what was captured. A bank's refusal is no error: the refund is `DECLINED`. \[API\]
    ///
    /// # Errors
    /// 400 for a malformed body and `PaymentRefundAmountExceededError` for more than is left; 404 `OrderNotFound`;
    /// 409 `OrderUnpaid` if nothing was captured, `RefundExists` for a used `external_id` \[GUESS\].
    pub(crate) fn refund(&mut self, order_id: &str, body: NewRefund) -> Result<Arc<Refund>, Refusal> {
        let order = self.order(order_id)?;
        checks::amount(body.amount)?;
        checks::length("reason", body.reason.as_deref(), 0, 255)?;
        if body.external_id.as_ref().is_some_and(|external_id| self.has_refund_external_id(external_id)) {
            return Err(Refusal::conflict("RefundExists", "Возврат с указанным external_id уже существует."));
        }
        let captured = self.payments_of(&order).into_iter().find(|payment| payment.status == PaymentStatus::Captured);
        let payment = captured.ok_or_else(|| Refusal::conflict("OrderUnpaid", "Заказ не оплачен."))?;
        if body.amount > payment.captured_amount - payment.refunded_amount - self.underway(&order) {
            return Err(business(
                "PaymentRefundAmountExceededError",
                "Сумма возврата превышает сумму списанных средств.",
            ));
        }
        Ok(self.start_refund(&order, &payment, body))
    }

    /// Tiyn of refunds that are still `PENDING`.
    fn underway(&self, order: &Order) -> i64 {
        let refunds = order.refunds.iter().filter_map(|id| self.refunds.get(id));
        refunds.filter(|refund| refund.status == RefundStatus::Pending).map(|refund| refund.amount).sum()
    }

    fn start_refund(&mut self, order: &Order, payment: &Payment, body: NewRefund) -> Arc<Refund> {
        let id = self.fresh_id("rfd_");
        let mut after = order.clone();
        after.refunds.push(id.clone());
        self.put_order(after);
        let call = self.call.clone();
        let is_refused = self.faults.take(&call, |kind| (kind == FaultKind::RefundDeclined).then_some(())).is_some();
        let slow = self.faults.take(&call, |kind| match kind {
            FaultKind::Pending { seconds } => Some(seconds),
            _ => None,
        });
        let refund = Refund {
            id,
            payment_id: payment.id.clone(),
            order_id: order.id.clone(),
            status: RefundStatus::Pending,
            external_id: body.external_id,
            created_at: self.now,
            amount: body.amount,
            reason: body.reason,
            error: None,
            acquirer: None,
            settles_at: slow.map(|seconds| self.now.plus_seconds(seconds)),
            will_be_declined: is_refused,
        };
        self.record_refund("REFUND_CREATED", &refund);
        let refund = self.put_refund(refund);
        if refund.settles_at.is_some() { refund } else { self.settle_refund(&refund) }
    }

    /// Ends a refund that a slow bank kept.
    pub(super) fn settle_refund_if_due(&mut self, refund_id: &str) {
        let Some(refund) = self.refunds.get(refund_id) else {
            return;
        };
        if refund.status == RefundStatus::Pending && refund.settles_at.is_some_and(|at| at <= self.now) {
            self.settle_refund(&refund);
        }
    }

    fn settle_refund(&mut self, refund: &Refund) -> Arc<Refund> {
        let mut refund = Refund { settles_at: None, ..refund.clone() };
        let event = if refund.will_be_declined {
            refund.status = RefundStatus::Declined;
            refund.error = Some(Reason {
                code: "DECLINE_SINCE_UNABLE_TO_PROCESS".to_owned(),
                message: "Возврат отклонён банком".to_owned(),
            });
            "REFUND_DECLINED"
        } else {
            refund.status = RefundStatus::Approved;
            refund.acquirer = Some(self.acquirer());
            "REFUND_APPROVED"
        };
        let refund = self.put_refund(refund);
        let Some(mut payment) = self.payments.get(&refund.payment_id) else {
            return refund;
        };
        if refund.status == RefundStatus::Approved {
            let refunded_amount = payment.refunded_amount + refund.amount;
            payment = self.put_payment(Payment { refunded_amount, ..(*payment).clone() });
        }
        self.record_refund(event, &refund);
        if let Some(order) = self.orders.get(&refund.order_id) {
            self.announce(Announcement { refund: Some(&refund), ..Announcement::of_payment(event, &order, &payment) });
        }
        refund
    }

    fn record_refund(&mut self, name: &'static str, refund: &Refund) {
        self.record(HistoryEntry {
            name,
            order_id: &refund.order_id,
            payment_id: Some(&refund.payment_id),
            refund_id: Some(&refund.id),
            reason: refund.error.as_ref(),
            ..HistoryEntry::default()
        });
    }
}
