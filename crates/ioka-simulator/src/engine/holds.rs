//! Capturing and releasing a hold.

use std::sync::Arc;

use serde::Deserialize;

use super::checks;
use crate::error::Refusal;
use crate::model::{Order, OrderStatus, Payment, PaymentStatus};
use crate::webhooks::Announcement;
use crate::world::World;

/// `POST /v2/orders/{id}/capture`. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct CaptureBody {
    amount: i64,
    reason: Option<String>,
}

/// `POST /v2/orders/{id}/cancel`; the body may be absent. \[API\]
#[derive(Debug, Default, Deserialize)]
pub(crate) struct ReasonBody {
    reason: Option<String>,
}

/// The least that can be captured, in tiyn: 5 ₸. \[DOC\]
const MIN_CAPTURE: i64 = 500;

impl World {
    /// Takes all or part of a hold; the rest is released \[GUESS\], one capture per hold \[GUESS\].
    ///
    /// # Errors
    /// 400 for a malformed body, `PaymentCaptureAmountExceeded` above the hold, `PaymentCaptureInsufficientAmount`
    /// below 5 ₸ or 1 % of it \[DOC\]; 404; 409 `OrderHasNoApprovedPayment`.
    pub(crate) fn capture(&mut self, order_id: &str, body: &CaptureBody) -> Result<Arc<Payment>, Refusal> {
        let order = self.order(order_id)?;
        checks::amount(body.amount)?;
        checks::length("reason", body.reason.as_deref(), 0, 255)?;
        let payment = self.held_payment(&order)?;
        let held = payment.approved_amount;
        if body.amount > held {
            return Err(business(
                "PaymentCaptureAmountExceeded",
                "Сумма списания превышает сумму заблокированных средств.",
            ));
        }
        // A hold below the minimum can still be captured whole.
        if body.amount < held && (body.amount < MIN_CAPTURE || body.amount.saturating_mul(100) < held) {
            return Err(business("PaymentCaptureInsufficientAmount", "Сумма списания меньше минимальной."));
        }
        Ok(self.take_money(&order, (*payment).clone(), body.amount))
    }

    /// Releases a hold; the order becomes `UNPAID` again. \[DOC\], \[GUESS\] on the order.
    ///
    /// # Errors
    /// 400, 404, 409 `OrderHasNoApprovedPayment`.
    pub(crate) fn cancel(&mut self, order_id: &str, body: &ReasonBody) -> Result<Arc<Payment>, Refusal> {
        let order = self.order(order_id)?;
        checks::length("reason", body.reason.as_deref(), 0, 255)?;
        let payment = self.held_payment(&order)?;
        let payment =
            self.put_payment(Payment { status: PaymentStatus::Cancelled, capture_at: None, ..(*payment).clone() });
        let order = self.move_order(&order, OrderStatus::Unpaid);
        self.record_payment("PAYMENT_CANCELLED", &payment);
        self.announce(Announcement::of_payment("PAYMENT_CANCELLED", &order, &payment));
        Ok(payment)
    }

    /// Captures the whole of a hold whose time has come. \[DOC\]
    pub(super) fn capture_if_due(&mut self, payment_id: &str) {
        let Some(payment) = self.payments.get(payment_id) else {
            return;
        };
        let Some(order) = self.orders.get(&payment.order_id) else {
            return;
        };
        if payment.status == PaymentStatus::Approved && payment.capture_at.is_some_and(|at| at <= self.now) {
            self.take_money(&order, (*payment).clone(), payment.approved_amount);
        }
    }

    fn held_payment(&self, order: &Order) -> Result<Arc<Payment>, Refusal> {
        let payments = self.payments_of(order);
        payments
            .into_iter()
            .find(|payment| payment.status == PaymentStatus::Approved)
            .ok_or_else(|| Refusal::conflict("OrderHasNoApprovedPayment", "У заказа нет одобренного платежа."))
    }
}

/// A 400 with a business code. \[GUESS\] on the status.
pub(super) fn business(code: &'static str, message: &str) -> Refusal {
    Refusal { code, ..Refusal::invalid(message) }
}
