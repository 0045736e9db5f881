//! What must hold of one donation: its record against the orders in the gateway's books.

use domain::donation::{AttemptState, DonationStatus, TimelineEntry, TimelineKind};
use domain::{CertificateStatus, Donation, GatewayRefundId, Refund, RefundStatus, Review, Tenge};

use crate::gateway::{Order, RefundEntry};

/// Whether the donation's own amount was taken for the order.
pub fn is_paid_rightly(order: &Order, donation: &Donation) -> bool {
    let amount = donation.gift.amount;
    order.amount == amount && order.payment.as_ref().is_some_and(|payment| payment.captured == amount)
}

/// Paid there, completed here; given back there, refunded here.
pub fn state_agrees(donation: &Donation, orders: &[Order]) -> Option<String> {
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
pub fn attempts_agree(donation: &Donation, orders: &[Order]) -> Vec<String> {
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

/// No order stands at the gateway that no attempt stands for.
pub fn orders_are_known(donation: &Donation, orders: &[Order]) -> Vec<String> {
    let known = |order: &&Order| donation.attempts.iter().any(|attempt| attempt.external_id == order.external_id);
    let unknown = orders.iter().filter(|order| !known(order));
    unknown.map(|order| format!("no attempt stands for order {}", order.external_id)).collect()
}

/// Refund by refund: the same ones, of the same amounts, with the same ends; and never more than was taken.
pub fn refunds_agree(donation: &Donation, orders: &[Order]) -> Vec<String> {
    let mut wrong = Vec::new();
    for order in orders {
        let captured = order.payment.as_ref().map_or(Tenge::ZERO, |payment| payment.captured);
        if order.given_back() > captured {
            wrong.push(format!("{} given back of {captured}", order.given_back()));
        }
        for refund in &order.refunds {
            let named = |known: &&Refund| known.gateway_id.as_ref() == Some(&refund.id);
            let same: Vec<_> = donation.refunds.iter().filter(named).collect();
            if same.is_empty() && concerns_nobody(refund) {
                continue;
            }
            let agrees = matches!(same[..], [known] if (known.amount, known.status) == (refund.amount, refund.status)
                && known.external_id() == refund.external_id);
            if !agrees {
                wrong.push(format!("refund {} is {refund:?} at the gateway and {same:?} here", refund.id));
            }
        }
    }
    let there = |id: &GatewayRefundId| orders.iter().flat_map(|order| &order.refunds).any(|refund| refund.id == *id);
    for refund in donation.refunds.iter().filter(|refund| refund.gateway_id.as_ref().is_some_and(|id| !there(id))) {
        wrong.push(format!("refund {} is not at the gateway: {refund:?}", refund.id));
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

/// A refund that somebody tried in the panel and the bank declined: no money moved, so the day's comparison passes it over.
const fn concerns_nobody(refund: &RefundEntry) -> bool {
    refund.external_id.is_none() && matches!(refund.status, RefundStatus::Failed)
}

/// What a person has to look at is flagged, whether somebody has looked since or not, and nothing else is.
pub fn reviews_agree(donation: &Donation, orders: &[Order]) -> Vec<String> {
    let wrongly = orders.iter().any(|order| order.payment.is_some() && !is_paid_rightly(order, donation));
    let rightly = orders.iter().filter(|order| is_paid_rightly(order, donation)).count();
    let expected = [(Review::AmountMismatch, wrongly), (Review::PaidTwice, rightly > 1)];
    let raised = |review: Review| donation.reviews.iter().any(|item| item.review == review);
    let wrong = expected.into_iter().filter(|(review, expected)| raised(*review) != *expected);
    wrong.map(|(review, expected)| format!("flagged {}: {}, should be {expected}", review.word(), !expected)).collect()
}

/// One valid certificate while something is left of the money, and none otherwise.
pub fn certificate_agrees(donation: &Donation) -> Option<String> {
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
pub fn timeline_explains(donation: &Donation, story: &[TimelineEntry]) -> Vec<String> {
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
    // News of one refund under two names, ours and the gateway's, are two steps until they are found to be one.
    if count(TimelineKind::RefundSucceeded) < refunded {
        wrong.push(format!("its timeline tells of {} refunds", count(TimelineKind::RefundSucceeded)));
    }
    if donation.status().was_paid() != (count(TimelineKind::PaymentCaptured) > 0) {
        wrong.push("its timeline does not tell of the payment".to_owned());
    }
    wrong
}
