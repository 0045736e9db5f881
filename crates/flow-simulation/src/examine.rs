//! The invariants: what the house believes in the end, against the gateway's own books.

use domain::donation::{AttemptState, DonationStatus, TimelineEntry, TimelineKind};
use domain::ports::{DeliveryStore, DonationStore};
use domain::{CertificateStatus, Donation, DonationId, Refund, RefundStatus, Review, Tenge};

use crate::clients::stored;
use crate::coverage::Seen;
use crate::gateway::{Order, Standing};
use crate::play::Play;

impl Play {
    /// Looks at everything that must hold at the end of a history.
    pub fn examine(&self) {
        let ids: Vec<_> = self.world.state().donations.iter().copied().flatten().collect();
        for id in ids {
            let story = self.stage.wait(self.stage.store.timeline(id));
            match (stored(self, id), story) {
                (Ok(Some(donation)), Ok(story)) => self.examine_one(&donation, &story),
                (Ok(None), _) => self.violated(id, "a client was told of it, and it is gone"),
                (Err(error), _) | (_, Err(error)) => self.violated(id, &format!("cannot be read: {error}")),
            }
        }
        self.webhooks_are_on_record();
        self.every_order_is_known();
    }

    fn violated(&self, id: DonationId, what: &str) {
        self.world.state().violated(format!("donation {id}: {what}"));
    }

    fn examine_one(&self, donation: &Donation, story: &[TimelineEntry]) {
        let orders: Vec<_> = self.world.state().books.orders_of(donation.id).cloned().collect();
        let mut wrong = Vec::new();
        wrong.extend(state_agrees(donation, &orders));
        wrong.extend(attempts_agree(donation, &orders));
        wrong.extend(refunds_agree(donation, &orders));
        wrong.extend(reviews_agree(donation, &orders));
        wrong.extend(certificate_agrees(donation));
        wrong.extend(timeline_explains(donation, story));
        for what in wrong {
            self.violated(donation.id, &what);
        }
        let mut state = self.world.state();
        if orders.len() > 1 {
            state.saw(Seen::SecondAttempt);
        }
        state.saw(match donation.status() {
            DonationStatus::Completed => Seen::Completed,
            DonationStatus::PartiallyRefunded => Seen::PartlyRefunded,
            DonationStatus::Refunded => Seen::Refunded,
            _ => Seen::Unpaid,
        });
    }

    /// A webhook that the house took must be on record.
    fn webhooks_are_on_record(&self) {
        let answered: Vec<_> = {
            let state = self.world.state();
            let messages = state.messages.0.iter();
            messages
                .filter(|message| message.standing == Standing::Answered)
                .map(|message| message.key.clone())
                .collect()
        };
        for key in answered {
            let found = self.stage.wait(DeliveryStore::find(&self.stage.store, &key));
            if !matches!(found, Ok(Some(_))) {
                self.world.state().violated(format!("webhook {key} was answered and is not on record: {found:?}"));
            }
        }
    }

    /// There must be no order that belongs to nobody.
    fn every_order_is_known(&self) {
        let orders: Vec<_> = self.world.state().books.orders.clone();
        for order in orders {
            let donation = order.donation().and_then(|id| stored(self, id).ok().flatten());
            let known = donation.is_some_and(|it| it.attempts.iter().any(|one| one.external_id == order.external_id));
            if !known {
                self.world.state().violated(format!("no attempt stands for order {}", order.external_id));
            }
        }
    }
}

/// Whether the donation's own amount was taken for the order.
fn is_paid_rightly(order: &Order, donation: &Donation) -> bool {
    let amount = donation.gift.amount;
    order.amount == amount && order.payment.as_ref().is_some_and(|payment| payment.captured == amount)
}

/// Paid there, completed here; given back there, refunded here.
fn state_agrees(donation: &Donation, orders: &[Order]) -> Option<String> {
    let amount = donation.gift.amount;
    let paid = orders.iter().filter(|order| is_paid_rightly(order, donation));
    let left = paid.map(|order| amount.saturating_sub(order.given_back())).max();
    let (agrees, expected) = match left {
        None => (!donation.status().was_paid(), "unpaid".to_owned()),
        Some(left) if left == amount => (donation.status() == DonationStatus::Completed, "completed".to_owned()),
        Some(Tenge::ZERO) => (donation.status() == DonationStatus::Refunded, "refunded".to_owned()),
        Some(left) => {
            let refunded = amount.saturating_sub(left);
            let agrees = donation.status() == DonationStatus::PartiallyRefunded && donation.refunded() == refunded;
            (agrees, format!("partially refunded by {refunded}"))
        }
    };
    let found = donation.status().word();
    (!agrees).then(|| format!("by the gateway's books it is {expected}, here it is {found}"))
}

/// Each attempt stands where its order stands, and none is open.
fn attempts_agree(donation: &Donation, orders: &[Order]) -> Vec<String> {
    let mut wrong = Vec::new();
    for attempt in &donation.attempts {
        let order = orders.iter().find(|order| order.external_id == attempt.external_id);
        let agrees = match (&attempt.state, order) {
            (AttemptState::Prepared | AttemptState::Open, _) => false,
            (AttemptState::Ended, order) => order.is_none_or(|order| order.payment.is_none()),
            (AttemptState::Paid(_), order) => order.is_some_and(|order| is_paid_rightly(order, donation)),
            (AttemptState::Mismatched(_), order) => {
                order.is_some_and(|order| order.payment.is_some() && !is_paid_rightly(order, donation))
            }
        };
        if !agrees {
            let found = attempt.state.word();
            wrong.push(format!("attempt {} is {found}, its order {:?}", attempt.number, order.map(Order::told)));
        }
    }
    wrong
}

/// Refund by refund: the same ones, of the same amounts, with the same ends; and never more than was taken.
fn refunds_agree(donation: &Donation, orders: &[Order]) -> Vec<String> {
    let mut wrong = Vec::new();
    for order in orders {
        let captured = order.payment.as_ref().map_or(Tenge::ZERO, |payment| payment.captured);
        if order.given_back() > captured {
            wrong.push(format!("{} given back of {captured}", order.given_back()));
        }
        for refund in &order.refunds {
            let named = |known: &&Refund| known.gateway_id.as_ref() == Some(&refund.id);
            let same: Vec<_> = donation.refunds.iter().filter(named).collect();
            let agrees = matches!(same[..], [known] if (known.amount, known.status) == (refund.amount, refund.status));
            if !agrees {
                wrong.push(format!("refund {} is {refund:?} at the gateway and {same:?} here", refund.id));
            }
        }
    }
    let there = orders.iter().flat_map(|order| &order.refunds).count();
    let here = donation.refunds.iter().filter(|refund| refund.gateway_id.is_some()).count();
    if here != there {
        wrong.push(format!("{there} refunds at the gateway, {here} here"));
    }
    if donation.refunds.iter().any(|refund| refund.status == RefundStatus::Pending) {
        wrong.push("a refund waits that the bank has decided".to_owned());
    }
    let mut unmade = donation.refunds.iter().filter(|refund| refund.gateway_id.is_none());
    if unmade.any(|refund| refund.status == RefundStatus::Succeeded) {
        wrong.push("a refund is said to have been made that the gateway never heard of".to_owned());
    }
    wrong
}

/// What a person has to look at is flagged, whether somebody has looked since or not, and nothing else is.
fn reviews_agree(donation: &Donation, orders: &[Order]) -> Vec<String> {
    let wrongly = orders.iter().any(|order| order.payment.is_some() && !is_paid_rightly(order, donation));
    let rightly = orders.iter().filter(|order| is_paid_rightly(order, donation)).count();
    let expected = [(Review::AmountMismatch, wrongly), (Review::PaidTwice, rightly > 1)];
    let raised = |review: Review| donation.reviews.iter().any(|item| item.review == review);
    let wrong = expected.into_iter().filter(|(review, expected)| raised(*review) != *expected);
    wrong.map(|(review, expected)| format!("flagged {}: {}, should be {expected}", review.word(), !expected)).collect()
}

/// One valid certificate while something is left of the money, and none otherwise.
fn certificate_agrees(donation: &Donation) -> Option<String> {
    let valid = donation.certificate.as_ref().filter(|certificate| certificate.status == CertificateStatus::Valid);
    let trees = match donation.status() {
        DonationStatus::Completed | DonationStatus::PartiallyRefunded => {
            Some(donation.gift.trees_after_refund(donation.refunded()))
        }
        _ => None,
    };
    let found = valid.map(|certificate| certificate.draft.trees);
    (found != trees).then(|| format!("a certificate for {found:?} trees is valid, it should be {trees:?}"))
}

/// The story begins with the donation, goes on without a gap, never turns money that was taken into money that was not,
/// and ends where the donation stands.
fn timeline_explains(donation: &Donation, story: &[TimelineEntry]) -> Vec<String> {
    let mut wrong = Vec::new();
    let first = story.first().map(|entry| (entry.kind, entry.from));
    if first != Some((TimelineKind::DonationCreated, DonationStatus::Pending)) {
        wrong.push("its timeline does not begin with its creation".to_owned());
    }
    for pair in story.windows(2) {
        if pair[0].to != pair[1].from {
            wrong.push(format!("its timeline jumps from {} to {}", pair[0].to.word(), pair[1].from.word()));
        }
    }
    let undone = story.iter().find(|entry| entry.from.was_paid() && !entry.to.was_paid());
    wrong.extend(undone.map(|entry| format!("{} undid that it was paid", entry.kind.word())));
    if story.last().map(|entry| entry.to) != Some(donation.status()) {
        wrong.push(format!("its timeline does not end with {}", donation.status().word()));
    }
    let count = |kind: TimelineKind| story.iter().filter(|entry| entry.kind == kind).count();
    let refunded = donation.refunds.iter().filter(|refund| refund.status == RefundStatus::Succeeded).count();
    if count(TimelineKind::RefundSucceeded) != refunded {
        wrong.push(format!("its timeline tells of {} refunds", count(TimelineKind::RefundSucceeded)));
    }
    if donation.status().was_paid() != (count(TimelineKind::PaymentCaptured) > 0) {
        wrong.push("its timeline does not tell of the payment".to_owned());
    }
    wrong
}
