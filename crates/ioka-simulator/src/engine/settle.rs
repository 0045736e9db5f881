//! How a payment ends.

use std::sync::Arc;

use crate::faults::FaultKind;
use crate::model::{Acquirer, CaptureMethod, Order, OrderStatus, Payment, PaymentStatus, Reason};
use crate::webhooks::Announcement;
use crate::world::World;

/// A hold is captured by itself after 48 hours. \[DOC\]
const AUTO_CAPTURE_SECONDS: u32 = 48 * 60 * 60;

impl World {
    /// The bank refused: the payment is `DECLINED`, the order stays as it is. \[DOC\]
    pub(super) fn decline(&mut self, payment: &Payment, reason: Reason) -> Arc<Payment> {
        let payment = self.put_payment(Payment {
            status: PaymentStatus::Declined,
            error: Some(reason),
            pending: None,
            ..payment.clone()
        });
        self.record_payment("PAYMENT_DECLINED", &payment);
        if let Some(order) = self.orders.get(&payment.order_id) {
            self.announce(Announcement::of_payment("PAYMENT_DECLINED", &order, &payment));
        }
        payment
    }

    /// The bank agreed: held for a `MANUAL` order, taken for an `AUTO` one. \[API\]
    ///
    /// If the order expired or was paid meanwhile, the bank is told to forget it: the payment is declined. \[GUESS\]
    pub(super) fn succeed(&mut self, payment: &Payment) -> Arc<Payment> {
        let open = self.orders.get(&payment.order_id).filter(|order| order.status == OrderStatus::Unpaid);
        let Some(order) = open else {
            let late = Reason {
                code: "TRANSACTION_IN_WRONG_STATE".to_owned(),
                message: "Заказ больше нельзя оплатить".to_owned(),
            };
            return self.decline(payment, late);
        };
        let mut payment = Payment { pending: None, error: None, ..payment.clone() };
        payment.approved_amount = order.amount;
        payment.acquirer = Some(self.acquirer());
        if payment.save {
            self.save_card_of(&order, &mut payment);
        }
        match order.capture_method {
            CaptureMethod::Auto => self.take_money(&order, payment, order.amount),
            CaptureMethod::Manual => self.hold_money(&order, payment),
        }
    }

    fn hold_money(&mut self, order: &Order, payment: Payment) -> Arc<Payment> {
        let payment = self.put_payment(Payment {
            status: PaymentStatus::Approved,
            capture_at: Some(self.now.plus_seconds(AUTO_CAPTURE_SECONDS)),
            ..payment
        });
        let order = self.move_order(order, OrderStatus::OnHold);
        self.record_payment("PAYMENT_APPROVED", &payment);
        self.record_payment("ORDER_ON_HOLD", &payment);
        self.announce(Announcement::of_payment("PAYMENT_APPROVED", &order, &payment));
        payment
    }

    /// Takes `amount` tiyn, or what a fault says instead, and makes the order `PAID`.
    pub(super) fn take_money(&mut self, order: &Order, payment: Payment, amount: i64) -> Arc<Payment> {
        let call = self.call.clone();
        let other = self.faults.take(&call, |kind| match kind {
            FaultKind::CapturedAmount { amount } => Some(amount),
            _ => None,
        });
        let payment = self.put_payment(Payment {
            status: PaymentStatus::Captured,
            captured_amount: other.unwrap_or(amount),
            capture_at: None,
            ..payment
        });
        let order = self.move_order(order, OrderStatus::Paid);
        self.record_payment("PAYMENT_CAPTURED", &payment);
        self.record_payment("ORDER_PAID", &payment);
        self.announce(Announcement::of_payment("PAYMENT_CAPTURED", &order, &payment));
        payment
    }

    /// Gives an order another status.
    pub(super) fn move_order(&mut self, order: &Order, status: OrderStatus) -> Arc<Order> {
        self.put_order(Order { status, ..order.clone() })
    }

    /// The bank's reference of a successful authorisation or refund.
    pub(super) fn acquirer(&mut self) -> Acquirer {
        Acquirer { name: "epay_v2".to_owned(), reference: self.ids.reference() }
    }
}
