//! What news of a refund mean for its donation.

use crate::donation::{Decision, RefundReport, Refusal, TimelineKind, Verdict};
use crate::{
    Donation, GatewayRefundId, Instant, Refund, RefundId, RefundStatus, RefundedPayment, ReportedAmount, Review, Tenge,
};

use super::timeline::Cause;
use super::transition::entry;

impl Donation {
    /// Takes a report up. A refund that we asked for is known by our name for it, else by the gateway's: its webhook may
    /// overtake the gateway's answer to us, and may come without our name.
    pub(super) fn refund_news(
        &mut self,
        attempt: u32,
        report: &RefundReport,
        (status, now): (RefundStatus, Instant),
    ) -> Verdict {
        let Some(amount) = some_tenge(&report.amount) else {
            let known = self.reviews.len();
            self.flag(Review::AmountMismatch, format!("refund {}", report.id), now);
            return if self.reviews.len() == known { Verdict::AlreadyApplied } else { Verdict::Applied };
        };
        let left_before = self.gift.amount.saturating_sub(self.refunded_of(attempt));
        self.bind(report);
        let verdict = match self.0.refunds.iter_mut().find(|refund| refund.gateway_id.as_ref() == Some(&report.id)) {
            None => {
                self.0.refunds.push(Refund {
                    id: RefundId::of_gateway(self.id, &report.id),
                    gateway_id: Some(report.id.clone()),
                    attempt,
                    amount,
                    status,
                    request: None,
                    created_at: now,
                });
                Verdict::Applied
            }
            Some(known) if known.status.rank() > status.rank() => return Verdict::Stays,
            Some(known) => {
                let news = known.status != status || known.amount != amount;
                let another_amount = known.amount != amount;
                (known.status, known.amount) = (status, amount);
                if another_amount {
                    self.flag(Review::AmountMismatch, format!("refund {}", report.id), now);
                }
                if news { Verdict::Applied } else { Verdict::AlreadyApplied }
            }
        };
        if status != RefundStatus::Succeeded || verdict == Verdict::AlreadyApplied {
            return verdict;
        }
        let paid_whole = self.attempt(attempt).is_none_or(|attempt| !attempt.is_mismatched());
        if paid_whole && self.refunded_of(attempt) > self.gift.amount {
            self.flag(Review::AmountMismatch, format!("refunds of attempt {attempt}"), now);
        }
        self.settle(now);
        let known = self.refunds.iter().find(|refund| refund.gateway_id.as_ref() == Some(&report.id));
        let request = known.and_then(|refund| refund.request.as_ref());
        if request.is_some_and(|request| request.payment == RefundedPayment::Superfluous) {
            self.resolve_paid_twice(now);
        }
        if paid_whole && left_before.is_zero() { Verdict::Refused(Refusal::NothingLeft) } else { verdict }
    }

    /// A refund that we asked for was not made, and will not be: the gateway refused. What was reserved for it is free.
    pub fn refund_refused(&self, id: RefundId, why: &str, (now, cause): (Instant, &Cause)) -> Decision {
        let mut next = self.clone();
        let open = next.0.refunds.iter_mut().find(|refund| refund.id == id && refund.is_open());
        let Some(refund) = open else {
            return Decision { verdict: Verdict::Stays, change: None };
        };
        refund.status = RefundStatus::Failed;
        let details = vec![
            ("attempt", refund.attempt.to_string()),
            ("refund_id", refund.id.to_string()),
            ("amount", refund.amount.to_string()),
            ("why", why.to_owned()),
        ];
        let entries = vec![entry(self, &next, TimelineKind::RefundFailed, details, (now, cause))];
        Decision { verdict: Verdict::Applied, change: self.change_to(next, entries, now) }
    }

    /// Adds to the step's details which refund it is about.
    pub(super) fn with_refund(
        &self,
        report: &RefundReport,
        verdict: Verdict,
        details: &mut Vec<(&'static str, String)>,
    ) -> Verdict {
        let known = self.refunds.iter().find(|refund| refund.gateway_id.as_ref() == Some(&report.id));
        details.extend(known.map(|refund| ("refund_id", refund.id.to_string())));
        details.push(("gateway_refund_id", report.id.to_string()));
        details.push(("amount", report.amount.to_string()));
        verdict
    }

    /// Notes the gateway's name on the refund of ours that the report names. If the gateway's name was heard before, without
    /// ours, both stand for the same money: one of them goes, and the further status stays.
    fn bind(&mut self, report: &RefundReport) {
        let named = |refund: &Refund| report.external_id.is_some() && refund.external_id() == report.external_id;
        let Some(ours) = self.refunds.iter().position(|refund| refund.gateway_id.is_none() && named(refund)) else {
            return;
        };
        let heard = |id: &GatewayRefundId, refund: &Refund| refund.gateway_id.as_ref() == Some(id);
        let heard_before = self.refunds.iter().position(|refund| heard(&report.id, refund));
        let status = heard_before.map(|index| self.refunds[index].status);
        let refund = &mut self.0.refunds[ours];
        refund.gateway_id = Some(report.id.clone());
        // That the gateway had refused it was our own conclusion: it has it after all, and says how far it is.
        refund.status = RefundStatus::Pending;
        if let Some(status) = status.filter(|status| status.rank() > refund.status.rank()) {
            refund.status = status;
        }
        if let Some(index) = heard_before {
            self.0.refunds.remove(index);
        }
    }
}

/// An amount that can have been given back; a fraction, another currency or nothing at all cannot.
fn some_tenge(reported: &ReportedAmount) -> Option<Tenge> {
    match reported {
        ReportedAmount::Tenge(amount) if !amount.is_zero() => Some(*amount),
        ReportedAmount::Tenge(_) | ReportedAmount::NotWholeTenge(_) => None,
    }
}
