//! What news of an order mean for its donation.

use chrono::TimeDelta;

use crate::donation::transition::Step;
use crate::donation::{
    Attempt, AttemptState, Capture, CaptureReport, Decline, DonationState, OrderEvent, OrderFact, Refusal,
    TimelineKind, Verdict,
};
use crate::{Donation, ExternalId, Instant, RefundStatus, Review};

/// When an order is taken to be due of which we only know, from the gateway, that it exists: late enough for no payment
/// of it to be called late.
const UNKNOWN_DUE_IN: TimeDelta = TimeDelta::days(1);

impl Donation {
    pub(super) fn order_event(&mut self, event: &OrderEvent, now: Instant) -> Step {
        self.meet_attempt(event, now);
        let mut details = vec![("attempt", event.attempt.to_string())];
        if let Some(order) = &event.order_id {
            details.push(("order_id", order.to_string()));
        }
        let (kind, verdict) = match &event.fact {
            OrderFact::Created { checkout_url, due_at } => {
                (TimelineKind::OrderCreated, self.created(event, checkout_url, *due_at))
            }
            OrderFact::Captured(report) => {
                details.push(("captured", report.captured.to_string()));
                details.extend(report.payment_id.as_ref().map(|id| ("payment_id", id.to_string())));
                self.captured(event, report, now)
            }
            OrderFact::Declined(decline) => {
                details.push(("reason", decline.reason.word().to_owned()));
                details.extend(decline.gateway_code.clone().map(|code| ("gateway_code", code)));
                (TimelineKind::PaymentDeclined, self.declined(event, decline))
            }
            OrderFact::Ended => (TimelineKind::OrderEnded, self.order_ended(event)),
            OrderFact::RefundPending(report) => {
                let verdict = self.refund_news(event.attempt, report, (RefundStatus::Pending, now));
                (TimelineKind::RefundPending, self.with_refund(report, verdict, &mut details))
            }
            OrderFact::Refunded(report) => {
                let verdict = self.refund_news(event.attempt, report, (RefundStatus::Succeeded, now));
                (TimelineKind::RefundSucceeded, self.with_refund(report, verdict, &mut details))
            }
            OrderFact::RefundDeclined(report) => {
                let verdict = self.refund_news(event.attempt, report, (RefundStatus::Failed, now));
                (TimelineKind::RefundFailed, self.with_refund(report, verdict, &mut details))
            }
        };
        Step { kind, verdict, details }
    }

    /// Notes the order's id on its attempt. An attempt that we have no record of (a database restored from before it
    /// was made) is written down now: the gateway's word that it exists is enough, since its name is derived from ours.
    fn meet_attempt(&mut self, event: &OrderEvent, now: Instant) {
        if self.attempts.iter().all(|attempt| attempt.number != event.attempt) {
            let external_id = ExternalId::of_attempt(self.id, event.attempt);
            self.0.attempts.push(Attempt {
                number: event.attempt,
                external_id,
                order_id: None,
                checkout_url: None,
                state: AttemptState::Prepared,
                heard: false,
                started_at: now,
                due_at: now + UNKNOWN_DUE_IN,
            });
            self.0.attempts.sort_by_key(|attempt| attempt.number);
        }
        if let Some(attempt) = self.attempt_mut(event.attempt)
            && attempt.order_id.is_none()
        {
            attempt.order_id.clone_from(&event.order_id);
        }
    }

    fn created(&mut self, event: &OrderEvent, checkout_url: &str, due_at: Option<Instant>) -> Verdict {
        let current = self.is_current(event);
        let was_paid = self.status().was_paid();
        let Some(attempt) = self.attempt_mut(event.attempt) else {
            return Verdict::Stays;
        };
        attempt.checkout_url.get_or_insert_with(|| checkout_url.to_owned());
        if attempt.state == AttemptState::Prepared {
            attempt.state = AttemptState::Open;
            attempt.due_at = due_at.unwrap_or(attempt.due_at);
        }
        let overtaken = attempt.heard || !current;
        match self.state {
            _ if was_paid => Verdict::Refused(Refusal::AlreadyPaid),
            DonationState::AwaitingPayment => Verdict::AlreadyApplied,
            _ if overtaken => Verdict::Stays,
            _ => {
                self.0.state = DonationState::AwaitingPayment;
                Verdict::Applied
            }
        }
    }

    fn captured(&mut self, event: &OrderEvent, report: &CaptureReport, now: Instant) -> (TimelineKind, Verdict) {
        let amount = self.gift.amount;
        let before = (self.state.clone(), self.reviews.clone());
        let capture = Capture { payment_id: report.payment_id.clone(), paid_at: report.paid_at.unwrap_or(now) };
        let fits = report.ordered.is(amount) && report.captured.is(amount);
        let kind = if fits { TimelineKind::PaymentCaptured } else { TimelineKind::PaymentMismatched };
        if fits {
            self.take_payment(event.attempt, capture, now)
        } else {
            self.take_mismatch(event.attempt, capture, now)
        }
        self.settle(now);
        let changed = before != (self.state.clone(), self.reviews.clone());
        (kind, if changed { Verdict::Applied } else { Verdict::AlreadyApplied })
    }

    fn take_payment(&mut self, number: u32, capture: Capture, now: Instant) {
        let cancelled_at = self.cancelled_by_donor_at;
        let Some(attempt) = self.attempt_mut(number) else {
            return;
        };
        attempt.heard = true;
        let late = capture.paid_at > attempt.due_at || cancelled_at.is_some_and(|at| capture.paid_at > at);
        if let AttemptState::Paid(known) = &mut attempt.state {
            let another_payment = matches!((&known.payment_id, &capture.payment_id), (Some(a), Some(b)) if a != b);
            if known.payment_id.is_none() {
                known.payment_id = capture.payment_id;
            }
            if another_payment {
                self.flag(Review::PaidTwice, format!("two payments of attempt {number}"), now);
            }
            return;
        }
        attempt.state = AttemptState::Paid(capture);
        self.flag_paid_twice(now);
        if late {
            self.flag(Review::PaidLate, format!("attempt {number}"), now);
        }
    }

    fn take_mismatch(&mut self, number: u32, capture: Capture, now: Instant) {
        self.flag(Review::AmountMismatch, format!("payment of attempt {number}"), now);
        let Some(attempt) = self.attempt_mut(number) else {
            return;
        };
        attempt.heard = true;
        if !attempt.is_paid() && !matches!(attempt.state, AttemptState::Mismatched(_)) {
            attempt.state = AttemptState::Mismatched(capture);
        }
    }

    fn declined(&mut self, event: &OrderEvent, decline: &Decline) -> Verdict {
        let current = self.is_current(event);
        if let Some(attempt) = self.attempt_mut(event.attempt) {
            attempt.heard = true;
        }
        match &mut self.0.state {
            state @ (DonationState::Pending | DonationState::AwaitingPayment) if current => {
                *state = DonationState::Failed(decline.clone());
                Verdict::Applied
            }
            DonationState::Failed(known) if current && decline > known => {
                known.clone_from(decline);
                Verdict::Applied
            }
            DonationState::Failed(known) if known == decline => Verdict::AlreadyApplied,
            _ => Verdict::Stays,
        }
    }

    fn order_ended(&mut self, event: &OrderEvent) -> Verdict {
        let current = self.is_current(event);
        if let Some(attempt) = self.attempt_mut(event.attempt) {
            attempt.heard = true;
            if matches!(attempt.state, AttemptState::Prepared | AttemptState::Open) {
                attempt.state = AttemptState::Ended;
            }
        }
        match self.state {
            DonationState::Pending | DonationState::AwaitingPayment | DonationState::Failed(_) if current => {
                self.0.state = DonationState::Cancelled;
                Verdict::Applied
            }
            _ => Verdict::Stays,
        }
    }
}
