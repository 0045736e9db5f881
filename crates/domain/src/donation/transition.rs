//! What an event means for a donation. `docs/donation-states.md` is printed from this file.
//!
//! **Money wins.** A capture completes whatever came before it, and nothing but a refund changes a completed donation.
//! Whether a donation is completed or refunded is a function of which orders were paid and what was given back, never
//! of the order in which we heard of it: every order of delivering a set of events, with duplicates, ends the same.

use crate::donation::{
    Attempt, Cause, DonationEvent, DonationState, DonationStatus, OrderEvent, TimelineEntry, TimelineKind,
};
use std::collections::BTreeSet;

use crate::{
    CertificateChange, CertificateDraft, CertificateStatus, Donation, Instant, JobId, Refund, RefundId, RefundStatus,
    Tenge,
};

/// What came of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What the event meant.
    pub verdict: Verdict,
    /// What has to be stored, in one transaction; `None` if there is nothing new to keep.
    pub change: Option<Change>,
}

/// What an event meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It brought something about: another state, a refund, or a reason for a person to look.
    Applied,
    /// It had been applied before.
    AlreadyApplied,
    /// A later state has overtaken it.
    Stays,
    /// The state forbids it.
    Refused(Refusal),
}

/// Why a state forbids an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The donation was paid.
    #[error("the donation has been paid")]
    AlreadyPaid,
    /// It does not wait for a payment, so there is nothing to cancel.
    #[error("the donation does not wait for a payment")]
    NotCancellable,
    /// All of it was given back before.
    #[error("nothing is left to give back")]
    NothingLeft,
    /// No certificate of it is valid, or the donor has been forgotten.
    #[error("there is no certificate to correct")]
    NothingToCorrect,
    /// Nothing of the kind was ever to be looked at.
    #[error("there is no such review")]
    NothingToResolve,
}

/// A donation's next version and all that belongs to the same transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The donation as it will be; its version is one above the stored one's.
    pub donation: Donation,
    /// Steps for its timeline.
    pub entries: Vec<TimelineEntry>,
    /// Background work to queue.
    pub work: Vec<Work>,
    /// What becomes of its certificate.
    pub certificate: Option<CertificateChange>,
}

/// Work that a change causes, done later and repeated until it succeeds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Work {
    /// Send the donor the certificate that the same change has issued.
    SendCertificate,
    /// Send the donor the valid certificate once more, because somebody asked for it.
    SendCertificateAgain,
    /// Tell the donor that the payment was declined.
    TellOfDecline,
    /// Tell the donor of a refund.
    TellOfRefund(RefundId),
    /// Give a superfluous payment back, if the charity wants that done by itself.
    RefundDuplicate,
}

impl Work {
    /// The stable word in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::SendCertificate => "send_certificate",
            Self::SendCertificateAgain => "send_certificate_again",
            Self::TellOfDecline => "tell_of_decline",
            Self::TellOfRefund(_) => "tell_of_refund",
            Self::RefundDuplicate => "refund_duplicate",
        }
    }

    /// What it is about within its donation, where the word alone does not say.
    pub const fn refund(self) -> Option<RefundId> {
        match self {
            Self::TellOfRefund(refund) => Some(refund),
            Self::SendCertificate | Self::SendCertificateAgain | Self::TellOfDecline | Self::RefundDuplicate => None,
        }
    }

    /// The work of a stored word, and of the refund stored beside it.
    pub fn from_word(word: &str, refund: Option<RefundId>) -> Option<Self> {
        match (word, refund) {
            ("send_certificate", None) => Some(Self::SendCertificate),
            ("send_certificate_again", None) => Some(Self::SendCertificateAgain),
            ("tell_of_decline", None) => Some(Self::TellOfDecline),
            ("tell_of_refund", Some(refund)) => Some(Self::TellOfRefund(refund)),
            ("refund_duplicate", None) => Some(Self::RefundDuplicate),
            _ => None,
        }
    }

    /// The job's id: a function of the change that causes it, so that one cause queues it once.
    pub fn job_id(self, donation: &Donation) -> JobId {
        let subject = self.refund().map(|refund| format!(":{refund}")).unwrap_or_default();
        let name = format!("{}:{}{subject}", self.word(), donation.version);
        JobId(uuid::Uuid::new_v5(&donation.id.0, name.as_bytes()))
    }
}

impl Donation {
    /// What `event` means for this donation. Pure: the caller stores the change, if there is one.
    pub fn apply(&self, event: &DonationEvent, now: Instant, cause: &Cause) -> Decision {
        self.apply_all(std::slice::from_ref(event), now, cause)
    }

    /// What `events`, one after the other, mean together, as one change. The verdict is the last event's, or `Applied`
    /// if any was.
    pub fn apply_all(&self, events: &[DonationEvent], now: Instant, cause: &Cause) -> Decision {
        let mut next = self.clone();
        let mut entries = Vec::new();
        let mut verdict = Verdict::AlreadyApplied;
        for event in events {
            let before = next.clone();
            let step = next.step(event, now);
            if next != before {
                entries.push(entry(&before, &next, step.kind, step.details, (now, cause)));
            }
            if verdict != Verdict::Applied {
                verdict = step.verdict;
            }
        }
        Decision { verdict, change: self.change_to(next, entries, now) }
    }

    /// The change from this donation to `next`; `None` if they are the same.
    pub(super) fn change_to(&self, next: Self, entries: Vec<TimelineEntry>, now: Instant) -> Option<Change> {
        (next != *self).then(|| self.change_into(next, entries, now))
    }

    /// The change from this donation to `next`.
    pub(super) fn change_into(&self, mut next: Self, entries: Vec<TimelineEntry>, now: Instant) -> Change {
        next.0.version = self.version + 1;
        next.0.updated_at = now;
        let certificate = certificate_change(&next, now);
        let mut work = Vec::new();
        if matches!(certificate, Some(CertificateChange::Issue(_) | CertificateChange::Replace(_))) {
            work.push(Work::SendCertificate);
        }
        if next.status() == DonationStatus::Failed && self.status() != DonationStatus::Failed {
            work.push(Work::TellOfDecline);
        }
        let succeeded = |refund: &&Refund| refund.status == RefundStatus::Succeeded;
        let same = |a: &Refund, b: &Refund| a.id == b.id || (a.gateway_id.is_some() && a.gateway_id == b.gateway_id);
        let told = |refund: &&Refund| self.refunds.iter().filter(succeeded).any(|known| same(known, refund));
        let given_back = next.refunds.iter().filter(succeeded).filter(|refund| !told(refund));
        work.extend(given_back.map(|refund| Work::TellOfRefund(refund.id)));
        let paid = |donation: &Self| donation.attempts.iter().filter(|attempt| attempt.is_paid()).count();
        if paid(&next) > paid(self).max(1) {
            work.push(Work::RefundDuplicate);
        }
        Change { donation: next, entries, work, certificate }
    }

    fn step(&mut self, event: &DonationEvent, now: Instant) -> Step {
        match event {
            DonationEvent::DonorCancelled => self.donor_cancels(now),
            DonationEvent::Order(event) => self.order_event(event, now),
        }
    }

    fn donor_cancels(&mut self, now: Instant) -> Step {
        let verdict = match self.state {
            DonationState::Pending | DonationState::AwaitingPayment | DonationState::Failed(_) => {
                self.0.state = DonationState::Cancelled;
                self.0.cancelled_by_donor_at = Some(now);
                if let Some(current) = self.0.attempts.last_mut() {
                    current.heard = true;
                }
                Verdict::Applied
            }
            DonationState::Cancelled => Verdict::AlreadyApplied,
            DonationState::Completed { .. }
            | DonationState::PartiallyRefunded { .. }
            | DonationState::Refunded { .. } => Verdict::Refused(Refusal::AlreadyPaid),
        };
        Step { kind: TimelineKind::DonationCancelled, verdict, details: Vec::new() }
    }

    /// Whether `event` is about the attempt that counts now.
    pub(super) fn is_current(&self, event: &OrderEvent) -> bool {
        self.current_attempt().is_some_and(|current| current.number == event.attempt)
    }

    /// Sets the state that what was paid and what was given back amount to; leaves it if nothing was paid.
    pub(super) fn settle(&mut self, now: Instant) {
        let Some(left) = self.left_of_paid() else { return };
        let completed_at = self.state.completed_at().unwrap_or(now);
        self.0.state = if left == self.gift.amount {
            DonationState::Completed { completed_at }
        } else if left.is_zero() {
            DonationState::Refunded { completed_at }
        } else {
            DonationState::PartiallyRefunded { completed_at, refunded: self.gift.amount.saturating_sub(left) }
        };
    }

    /// Whether money was taken that is not this donation's amount. Then nothing more may be charged for it.
    pub(super) fn has_mismatched_payment(&self) -> bool {
        self.attempts.iter().any(Attempt::is_mismatched)
    }
}

/// What one event came to.
pub(super) struct Step {
    pub(super) kind: TimelineKind,
    pub(super) verdict: Verdict,
    pub(super) details: Vec<(&'static str, String)>,
}

pub(super) fn entry(
    before: &Donation,
    after: &Donation,
    kind: TimelineKind,
    mut details: Vec<(&'static str, String)>,
    (at, cause): (Instant, &Cause),
) -> TimelineEntry {
    let raised = after.reviews.iter().filter(|item| {
        before.reviews.iter().all(|known| (known.review, &known.subject) != (item.review, &item.subject))
    });
    let raised: BTreeSet<_> = raised.map(|item| item.review.word()).collect();
    if !raised.is_empty() {
        details.push(("review", raised.into_iter().collect::<Vec<_>>().join(",")));
    }
    let details = details.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    TimelineEntry { at, kind, cause: cause.clone(), from: before.status(), to: after.status(), details }
}

/// What has to become of the certificate of `next`, whose own record still is the one from before the change.
fn certificate_change(next: &Donation, now: Instant) -> Option<CertificateChange> {
    let valid = next.certificate.as_ref().filter(|certificate| certificate.status == CertificateStatus::Valid);
    let deserved = match &next.state {
        DonationState::Completed { .. } => Some(next.gift.trees_after_refund(Tenge::ZERO)),
        DonationState::PartiallyRefunded { refunded, .. } => Some(next.gift.trees_after_refund(*refunded)),
        _ => None,
    };
    let draft = |trees| CertificateDraft {
        name: next.name_on_certificate().to_owned(),
        trees,
        test_mode: next.test_mode,
        issued_at: now,
    };
    match (valid, deserved) {
        (None, Some(trees)) => Some(CertificateChange::Issue(draft(trees))),
        (Some(valid), Some(trees)) if valid.draft.trees != trees || valid.draft.name != next.name_on_certificate() => {
            Some(CertificateChange::Replace(draft(trees)))
        }
        (Some(_), None) if next.status() == DonationStatus::Refunded => Some(CertificateChange::Withdraw),
        _ => None,
    }
}
