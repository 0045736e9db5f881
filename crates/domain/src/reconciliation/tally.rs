//! One side's books of a day in numbers.

use crate::ports::{ListedRefund, ListedStatus};
use crate::reconciliation::OrderThere;
use crate::{Donation, Refund, RefundStatus, ReportedAmount, Tenge};

/// How many orders and refunds, and how much money. What is no whole number of tenge counts as none; it differs from
/// what we hold, and is listed there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Orders, whatever became of them.
    pub orders: u64,
    /// Those of them that were paid.
    pub paid: u64,
    /// How much they were made for.
    pub paid_amount: Tenge,
    /// Refunds that the bank did not decline.
    pub refunds: u64,
    /// How much was given back by those that succeeded.
    pub refunded_amount: Tenge,
}

impl Tally {
    /// Counts an order of ours: one of the donation's attempts.
    pub fn count_attempt(&mut self, donation: &Donation, number: u32) {
        let Some(attempt) = donation.attempt(number) else { return };
        self.orders += 1;
        if attempt.is_paid() {
            self.paid += 1;
            self.paid_amount = self.paid_amount.saturating_add(donation.gift.amount);
        }
    }

    /// Counts an order of the gateway's.
    pub fn count_order(&mut self, there: &OrderThere) {
        self.orders += 1;
        if there.status == ListedStatus::Paid {
            self.paid += 1;
            self.paid_amount = self.paid_amount.saturating_add(whole(&there.amount));
        }
    }

    /// Counts a refund of ours.
    pub fn count_refund_here(&mut self, refund: &Refund) {
        self.count_refund(refund.status, refund.amount);
    }

    /// Counts a refund of the gateway's.
    pub fn count_refund_there(&mut self, listed: &ListedRefund) {
        self.count_refund(listed.refund.status, whole(&listed.refund.amount));
    }

    fn count_refund(&mut self, status: RefundStatus, amount: Tenge) {
        match status {
            RefundStatus::Failed => {}
            RefundStatus::Pending => self.refunds += 1,
            RefundStatus::Succeeded => {
                self.refunds += 1;
                self.refunded_amount = self.refunded_amount.saturating_add(amount);
            }
        }
    }
}

fn whole(amount: &ReportedAmount) -> Tenge {
    match amount {
        ReportedAmount::Tenge(amount) => *amount,
        ReportedAmount::NotWholeTenge(_) => Tenge::ZERO,
    }
}
