//! What giving money back means, given what we know. The amount is reserved before the gateway is asked: of two refunds at
//! once the second one sees what the first has spoken for.

use crate::donation::{Attempt, Cause, Change, RefundTerms, TimelineKind};
use crate::{Donation, Instant, Refund, RefundId, RefundReason, RefundRequest, RefundStatus, RefundedPayment, Tenge};

use super::transition::entry;

/// A refund that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundWish {
    /// Its id, from which its name at the gateway follows.
    pub id: RefundId,
    /// How much; all that is left of the payment if it is not said.
    pub amount: Option<Tenge>,
    /// Why.
    pub reason: RefundReason,
}

/// Why no money can be given back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefused {
    /// No payment of the donation's amount was made.
    #[error("the donation was never paid")]
    NeverPaid,
    /// More than is left, or nothing is left, what is spoken for counted.
    #[error("more than the {left} that are left")]
    ExceedsPaid {
        /// The most that one refund could give back.
        left: Tenge,
    },
}

impl Donation {
    /// Writes a refund down, and with it reserves its amount. Which payment goes back says [`Donation::refund_terms`].
    ///
    /// # Errors
    /// [`RefundRefused`].
    pub fn plan_refund(&self, wish: &RefundWish, now: Instant, cause: &Cause) -> Result<Change, RefundRefused> {
        let RefundTerms { attempt, payment, amount } = self.refund_terms(wish.amount)?;
        Ok(self.reserve((attempt, payment), amount, wish, (now, cause)))
    }

    /// Writes down that the superfluous payment of a donation that was paid twice goes back; `None` if there is none, or it
    /// has been asked for.
    pub fn plan_duplicate_refund(&self, wish: &RefundWish, now: Instant, cause: &Cause) -> Option<Change> {
        let kept = self.kept_payment()?.number;
        let known = self.refunds.iter().any(|refund| refund.id == wish.id);
        let mut superfluous = self.attempts.iter().rev().filter(|attempt| attempt.is_paid() && attempt.number != kept);
        let number = superfluous.find(|attempt| !self.unreserved_of(attempt.number).is_zero())?.number;
        let payment = (number, RefundedPayment::Superfluous);
        (!known).then(|| self.reserve(payment, self.unreserved_of(number), wish, (now, cause)))
    }

    /// What of an attempt's payment is neither given back nor spoken for; 0 ₸ if it was not paid.
    pub fn unreserved_of(&self, number: u32) -> Tenge {
        let paid = self.attempt(number).is_some_and(Attempt::is_paid);
        let counted = |refund: &&Refund| refund.attempt == number && refund.status != RefundStatus::Failed;
        let left = self
            .refunds
            .iter()
            .filter(counted)
            .fold(self.gift.amount, |left, refund| left.saturating_sub(refund.amount));
        if paid { left } else { Tenge::ZERO }
    }

    /// The payment that the donation stands on: the one that most is left of, of several the first.
    pub(super) fn kept_payment(&self) -> Option<&Attempt> {
        let paid = self.attempts.iter().filter(|attempt| attempt.is_paid());
        paid.rev().max_by_key(|attempt| self.unreserved_of(attempt.number))
    }

    fn reserve(
        &self,
        (attempt, payment): (u32, RefundedPayment),
        amount: Tenge,
        wish: &RefundWish,
        (now, cause): (Instant, &Cause),
    ) -> Change {
        let mut next = self.clone();
        next.0.refunds.push(Refund {
            id: wish.id,
            gateway_id: None,
            attempt,
            amount,
            status: RefundStatus::Pending,
            request: Some(RefundRequest { reason: wish.reason.clone(), payment }),
            created_at: now,
        });
        let details = vec![
            ("attempt", attempt.to_string()),
            ("refund_id", wish.id.to_string()),
            ("amount", amount.to_string()),
            ("reason", wish.reason.to_string()),
        ];
        let entries = vec![entry(self, &next, TimelineKind::RefundRequested, details, (now, cause))];
        self.change_into(next, entries, now)
    }
}
