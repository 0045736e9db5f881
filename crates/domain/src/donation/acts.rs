//! What an operator may have done with a donation as it stands: the buttons of its page. There is none that says that it was paid:
//! only the gateway does.

use crate::{Donation, RefundedPayment, Review, Tenge};

use super::refund_plan::RefundRefused;

/// Something that an operator may have done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OperatorAct {
    /// The gateway is asked how the orders and refunds stand.
    AskGateway,
    /// Money is given back; in one refund no more than this.
    Refund {
        /// The most.
        most: Tenge,
    },
    /// The certificate is sent once more.
    SendCertificate,
    /// The name on the certificate is corrected.
    CorrectName,
    /// What is open under this is said to be looked at.
    Resolve(Review),
}

/// What a refund of some amount would give back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefundTerms {
    /// The number of the attempt whose payment it is.
    pub attempt: u32,
    /// Which payment that is.
    pub payment: RefundedPayment,
    /// How much.
    pub amount: Tenge,
}

impl Donation {
    /// What may be done with it now: each act that [`Donation::plan_refund`] and its like would not refuse, and no other.
    pub fn allowed_acts(&self) -> Vec<OperatorAct> {
        let mut acts = Vec::new();
        if !self.attempts.is_empty() {
            acts.push(OperatorAct::AskGateway);
        }
        if self.refund_terms(None).is_ok() {
            let left = self.attempts.iter().map(|attempt| self.unreserved_of(attempt.number));
            acts.push(OperatorAct::Refund { most: left.max().unwrap_or(Tenge::ZERO) });
        }
        if self.certificate_to_send().is_some() {
            acts.extend([OperatorAct::SendCertificate, OperatorAct::CorrectName]);
        }
        acts.extend(self.open_reviews().into_iter().map(OperatorAct::Resolve));
        acts
    }

    /// What a refund would give back, of all that is left of a payment if no amount is said. If a donation was paid twice, the
    /// superfluous payment goes back first, so that the donation keeps what it has for as long as it can.
    ///
    /// # Errors
    /// [`RefundRefused`].
    pub fn refund_terms(&self, amount: Option<Tenge>) -> Result<RefundTerms, RefundRefused> {
        let kept = self.kept_payment().ok_or(RefundRefused::NeverPaid)?.number;
        let superfluous = self.attempts.iter().rev().filter(|attempt| attempt.is_paid() && attempt.number != kept);
        let payments = superfluous.map(|attempt| attempt.number).chain([kept]);
        let payments: Vec<_> = payments.map(|number| (number, self.unreserved_of(number))).collect();
        let fits = |left: Tenge| !left.is_zero() && amount.is_none_or(|amount| amount <= left && !amount.is_zero());
        let Some((attempt, left)) = payments.iter().copied().find(|(_, left)| fits(*left)) else {
            let left = payments.iter().map(|(_, left)| *left).max().unwrap_or(Tenge::ZERO);
            return Err(RefundRefused::ExceedsPaid { left });
        };
        let payment = if attempt == kept { RefundedPayment::Kept } else { RefundedPayment::Superfluous };
        Ok(RefundTerms { attempt, payment, amount: amount.unwrap_or(left) })
    }
}
