//! What asking to pay means, given what we know: at most one order that can be paid, ever.

use chrono::TimeDelta;

use crate::donation::transition::entry;
use crate::donation::{
    Attempt, AttemptState, Cause, Change, Decision, DonationEvent, DonationStatus, OrderEvent, OrderFact, TimelineKind,
    Verdict,
};
use crate::ports::GatewayMode;
use crate::{Donation, ExternalId, Instant, OrderId};

/// The next step on the way to an order that the donor can pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaymentPlan {
    /// The order is there and can be paid: give the donor its address.
    Use {
        /// The order.
        order_id: OrderId,
        /// Where the donor pays.
        checkout_url: String,
    },
    /// Write this down first, then plan again. Nothing has been asked of the gateway yet.
    Prepare(Box<Change>),
    /// Ask the gateway for the attempt's order, by its external id. If the gateway has it already, use that one.
    Create(Attempt),
    /// The order is known; only the gateway can say whether it can still be paid.
    Ask {
        /// The attempt's number.
        attempt: u32,
        /// The order.
        order_id: OrderId,
    },
}

/// A donation that must not be charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the donation has been paid")]
pub struct PaymentRefused;

/// What a payment is started under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentTerms {
    /// How long a new order can be paid.
    pub ttl: TimeDelta,
    /// Whether the money is real.
    pub mode: GatewayMode,
    /// The number of the attempt whose order the gateway has just said can no longer be paid.
    pub ended_at_gateway: Option<u32>,
}

impl Donation {
    /// The next step towards an order that can be paid.
    ///
    /// # Errors
    /// [`PaymentRefused`] if money has been taken for this donation, be it the wrong amount.
    pub fn plan_payment(
        &self,
        terms: PaymentTerms,
        now: Instant,
        cause: &Cause,
    ) -> Result<PaymentPlan, PaymentRefused> {
        if self.status().was_paid() || self.has_mismatched_payment() {
            return Err(PaymentRefused);
        }
        let Some(current) = self.current_attempt() else {
            return Ok(self.prepare(1, terms, now, cause));
        };
        let ended = terms.ended_at_gateway == Some(current.number);
        let plan = match (&current.state, &current.order_id) {
            (AttemptState::Ended, _) if ended => self.prepare(current.number + 1, terms, now, cause),
            (AttemptState::Prepared, None) if current.due_at - now < terms.ttl / 2 => {
                self.prepare(current.number, terms, now, cause)
            }
            (AttemptState::Prepared, None) => PaymentPlan::Create(current.clone()),
            (AttemptState::Prepared | AttemptState::Open | AttemptState::Ended, Some(order_id)) => {
                match current.payable(now) {
                    Some((order_id, url)) if self.status() == DonationStatus::AwaitingPayment => {
                        PaymentPlan::Use { order_id: order_id.clone(), checkout_url: url.to_owned() }
                    }
                    _ => PaymentPlan::Ask { attempt: current.number, order_id: order_id.clone() },
                }
            }
            // It lapsed without an order: the same name is free for one that is not born expired, and if the gateway
            // made one after all, the name finds it.
            (AttemptState::Ended, None) => self.prepare(current.number, terms, now, cause),
            (AttemptState::Open, None) => PaymentPlan::Create(current.clone()),
            (AttemptState::Paid(_) | AttemptState::Mismatched(_), _) => return Err(PaymentRefused),
        };
        Ok(plan)
    }

    /// The donor wants to pay, and the gateway says that the order still can be paid: it awaits payment again, whatever
    /// was heard of it before.
    pub fn reopen(&self, event: &OrderEvent, now: Instant, cause: &Cause) -> Decision {
        let mut armed = self.clone();
        armed.0.cancelled_by_donor_at = None;
        let OrderFact::Created { checkout_url, .. } = &event.fact else {
            return Decision { verdict: Verdict::Stays, change: None };
        };
        if let Some(attempt) = armed.attempt_mut(event.attempt) {
            attempt.heard = false;
            attempt.checkout_url.get_or_insert_with(|| checkout_url.clone());
            if attempt.state == AttemptState::Ended {
                attempt.state = AttemptState::Open;
            }
        }
        let Decision { verdict, change } = armed.apply(&DonationEvent::Order(event.clone()), now, cause);
        let (next, entries) = change.map_or((armed, Vec::new()), |change| {
            let mut next = change.donation;
            next.0.version = self.version;
            next.0.updated_at = self.updated_at;
            (next, change.entries)
        });
        Decision { verdict, change: self.change_to(next, entries, now) }
    }

    fn prepare(&self, number: u32, terms: PaymentTerms, now: Instant, cause: &Cause) -> PaymentPlan {
        let mut next = self.clone();
        next.0.cancelled_by_donor_at = None;
        next.0.test_mode = terms.mode == GatewayMode::Test;
        let due_at = now + terms.ttl;
        if let Some(attempt) = next.attempt_mut(number) {
            attempt.due_at = due_at;
            if attempt.state == AttemptState::Ended {
                attempt.state = AttemptState::Prepared;
                attempt.heard = false;
            }
        } else {
            next.0.attempts.push(Attempt {
                number,
                external_id: ExternalId::of_attempt(self.id, number),
                order_id: None,
                checkout_url: None,
                state: AttemptState::Prepared,
                heard: false,
                started_at: now,
                due_at,
            });
        }
        let details = vec![("attempt", number.to_string())];
        let entries = vec![entry(self, &next, TimelineKind::PaymentStarted, details, (now, cause))];
        PaymentPlan::Prepare(Box::new(self.change_into(next, entries, now)))
    }
}
