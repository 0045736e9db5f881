//! What news of an order mean for its donation.

use chrono::TimeDelta;

use crate::donation::transition::Step;
use crate::donation::{
    Attempt, AttemptState, Capture, CaptureReport, Decline, DonationState, OrderEvent, OrderFact, RefundReport,
    Refusal, TimelineKind, Verdict,
};
use crate::{Donation, ExternalId, Instant, Refund, RefundStatus, ReportedAmount, Review, Tenge};

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
            OrderFact::Refunded(report) => {
                details.extend([("refund_id", report.id.to_string()), ("amount", report.amount.to_string())]);
                (TimelineKind::RefundSucceeded, self.refund_succeeded(event, report, now))
            }
            OrderFact::RefundDeclined(report) => {
                details.extend([("refund_id", report.id.to_string()), ("amount", report.amount.to_string())]);
                (TimelineKind::RefundFailed, self.refund_failed(event, report, now))
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
            self.take_payment(event.attempt, capture)
        } else {
            self.take_mismatch(event.attempt, capture)
        }
        self.settle(now);
        let changed = before != (self.state.clone(), self.reviews.clone());
        (kind, if changed { Verdict::Applied } else { Verdict::AlreadyApplied })
    }

    fn take_payment(&mut self, number: u32, capture: Capture) {
        let another_paid = self.attempts.iter().any(|other| other.is_paid() && other.number != number);
        let cancelled_at = self.cancelled_by_donor_at;
        let Some(attempt) = self.attempt_mut(number) else {
            return;
        };
        attempt.heard = true;
        let late = capture.paid_at > attempt.due_at || cancelled_at.is_some_and(|at| capture.paid_at > at);
        let paid_before = match &mut attempt.state {
            AttemptState::Paid(known) => {
                let another_payment = matches!((&known.payment_id, &capture.payment_id), (Some(a), Some(b)) if a != b);
                if known.payment_id.is_none() {
                    known.payment_id = capture.payment_id;
                }
                if another_payment {
                    self.flag(Review::PaidTwice);
                }
                return;
            }
            state => {
                *state = AttemptState::Paid(capture);
                another_paid
            }
        };
        if paid_before {
            self.flag(Review::PaidTwice);
        }
        if late {
            self.flag(Review::PaidLate);
        }
    }

    fn take_mismatch(&mut self, number: u32, capture: Capture) {
        self.flag(Review::AmountMismatch);
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

    fn refund_succeeded(&mut self, event: &OrderEvent, report: &RefundReport, now: Instant) -> Verdict {
        let Some(amount) = some_tenge(&report.amount) else { return self.flag_mismatch() };
        let left_before = self.gift.amount.saturating_sub(self.refunded_of(event.attempt));
        match self.0.refunds.iter_mut().find(|refund| refund.gateway_id == report.id) {
            Some(known) if known.status == RefundStatus::Succeeded => return Verdict::AlreadyApplied,
            Some(known) => known.status = RefundStatus::Succeeded,
            None => self.0.refunds.push(Refund {
                gateway_id: report.id.clone(),
                attempt: event.attempt,
                amount,
                status: RefundStatus::Succeeded,
                created_at: now,
            }),
        }
        if self.refunded_of(event.attempt) > self.gift.amount {
            self.flag(Review::AmountMismatch);
        }
        self.settle(now);
        if left_before.is_zero() { Verdict::Refused(Refusal::NothingLeft) } else { Verdict::Applied }
    }

    fn refund_failed(&mut self, event: &OrderEvent, report: &RefundReport, now: Instant) -> Verdict {
        let Some(amount) = some_tenge(&report.amount) else { return self.flag_mismatch() };
        match self.0.refunds.iter_mut().find(|refund| refund.gateway_id == report.id) {
            Some(known) if known.status == RefundStatus::Pending => known.status = RefundStatus::Failed,
            Some(known) if known.status == RefundStatus::Failed => return Verdict::AlreadyApplied,
            Some(_) => return Verdict::Stays,
            None => self.0.refunds.push(Refund {
                gateway_id: report.id.clone(),
                attempt: event.attempt,
                amount,
                status: RefundStatus::Failed,
                created_at: now,
            }),
        }
        Verdict::Applied
    }

    fn flag_mismatch(&mut self) -> Verdict {
        let known = self.reviews.contains(&Review::AmountMismatch);
        self.flag(Review::AmountMismatch);
        if known { Verdict::AlreadyApplied } else { Verdict::Applied }
    }
}

/// An amount that can have been given back; a fraction, another currency or nothing at all cannot.
fn some_tenge(reported: &ReportedAmount) -> Option<Tenge> {
    match reported {
        ReportedAmount::Tenge(amount) if !amount.is_zero() => Some(*amount),
        ReportedAmount::Tenge(_) | ReportedAmount::NotWholeTenge(_) => None,
    }
}
