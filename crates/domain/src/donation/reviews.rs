//! Raising and resolving what a person must look at.

use std::collections::BTreeSet;

use crate::donation::{Actor, Cause, Decision, Refusal, TimelineKind, Verdict};
use crate::{Donation, Instant, LineText, Resolution, Review, ReviewItem, ReviewNote};

use super::transition::entry;

impl Donation {
    /// What waits for a person.
    pub fn open_reviews(&self) -> BTreeSet<Review> {
        self.reviews.iter().filter(|item| item.is_open()).map(|item| item.review).collect()
    }

    /// Whether a person must look at this.
    pub fn is_flagged(&self, review: Review) -> bool {
        self.reviews.iter().any(|item| item.review == review && item.is_open())
    }

    /// Somebody has looked: everything that is open under `review` is resolved. It changes nothing else, and news of the
    /// same thing do not raise it again.
    pub fn resolve_review(&self, review: Review, note: &ReviewNote, (now, cause): (Instant, &Cause)) -> Decision {
        if !self.is_flagged(review) {
            let known = self.reviews.iter().any(|item| item.review == review);
            let verdict = if known { Verdict::AlreadyApplied } else { Verdict::Refused(Refusal::NothingToResolve) };
            return Decision { verdict, change: None };
        }
        let mut next = self.clone();
        next.end_reviews(|item| item.review == review, &Resolution { at: now, by: cause.actor, note: note.clone() });
        let details = vec![("review", review.word().to_owned()), ("note", note.to_string())];
        let entries = vec![entry(self, &next, TimelineKind::ReviewResolved, details, (now, cause))];
        Decision { verdict: Verdict::Applied, change: self.change_to(next, entries, now) }
    }

    /// Raises a review, unless it was raised for this subject before.
    pub(super) fn flag(&mut self, review: Review, subject: String, now: Instant) {
        let place = self.reviews.binary_search_by(|item| (item.review, &item.subject).cmp(&(review, &subject)));
        if let Err(place) = place {
            self.0.reviews.insert(place, ReviewItem { review, subject, raised_at: now, resolution: None });
        }
    }

    /// Raised once for each further payment, whichever it is, so that the order of the news makes no difference.
    pub(super) fn flag_paid_twice(&mut self, now: Instant) {
        let paid = self.attempts.iter().filter(|attempt| attempt.is_paid()).count();
        if paid > 1 {
            self.flag(Review::PaidTwice, orders_paid(paid), now);
        }
    }

    /// We have given a superfluous payment back. Once all but one are given back, nobody needs to look any longer. (Money that
    /// went back in the gateway's panel, or before the further payment came, was not meant for that by anybody we know of:
    /// whether the donor wants to have paid at all is for a person to find out.)
    pub(super) fn resolve_paid_twice(&mut self, now: Instant) {
        if self.payments_held() > 1 {
            return;
        }
        let note = LineText::parse("all but one payment were given back").expect("a plain line");
        let resolution = Resolution { at: now, by: Actor::System, note };
        let meant = |item: &ReviewItem| item.review == Review::PaidTwice && item.subject.ends_with(ORDERS_PAID);
        self.end_reviews(meant, &resolution);
    }

    fn end_reviews(&mut self, which: impl Fn(&ReviewItem) -> bool, resolution: &Resolution) {
        for item in self.0.reviews.iter_mut().filter(|item| item.is_open() && which(item)) {
            item.resolution = Some(resolution.clone());
        }
    }
}

const ORDERS_PAID: &str = " orders paid";

fn orders_paid(count: usize) -> String {
    format!("{count}{ORDERS_PAID}")
}
