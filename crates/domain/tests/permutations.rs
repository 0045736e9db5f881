//! Every order in which the news of a payment can come, each of them up to twice: not a sample, all of them.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::DonationEvent;
use domain::{CertificateStatus, Donation, DonationStatus, Tenge};
use support::*;

/// What must be the same in the end. A late payment is flagged by what was known when it came, so flags are not in it.
type End = (DonationStatus, Tenge, Option<(u32, CertificateStatus)>);

fn end(donation: &Donation) -> End {
    let certificate = donation.certificate.as_ref().map(|known| (known.draft.trees, known.status));
    (donation.status(), donation.refunded(), certificate.filter(|(_, status)| *status == CertificateStatus::Valid))
}

/// Delivers what is left in every order, and counts the orders.
fn deliver(donation: &Donation, left: &mut [(DonationEvent, u32)], expected: &mut Option<End>) -> u32 {
    if left.iter().all(|(_, times)| *times == 0) {
        let reached = end(donation);
        assert_eq!(*expected.get_or_insert(reached), reached);
        return 1;
    }
    let mut orders = 0;
    for index in 0..left.len() {
        if left[index].1 == 0 {
            continue;
        }
        left[index].1 -= 1;
        let next = after(donation.clone(), &[left[index].0.clone()]);
        orders += deliver(&next, left, expected);
        left[index].1 += 1;
    }
    orders
}

fn every_order_of(events: &[DonationEvent], times: u32) -> (End, u32) {
    let mut left: Vec<_> = events.iter().map(|event| (event.clone(), times)).collect();
    let mut expected = None;
    let orders = deliver(&started(), &mut left, &mut expected);
    (expected.expect("there is an order"), orders)
}

fn news(refund: u32) -> [DonationEvent; 5] {
    [captured(1), declined(1, 1), ended(1), DonationEvent::DonorCancelled, refunded(1, "r1", refund)]
}

#[test]
fn every_order_of_the_news_ends_the_same() {
    assert_eq!(every_order_of(&news(5000), 1), ((DonationStatus::Refunded, Tenge::new(5000), None), 120));
    let part = (DonationStatus::PartiallyRefunded, Tenge::new(2000), Some((6, CertificateStatus::Valid)));
    assert_eq!(every_order_of(&news(2000), 1), (part, 120));
}

#[test]
fn every_order_of_the_news_with_each_of_them_doubled_ends_the_same() {
    let (reached, orders) = every_order_of(&news(5000), 2);
    assert_eq!((reached, orders), ((DonationStatus::Refunded, Tenge::new(5000), None), 113_400));
}

#[test]
fn every_order_of_every_part_of_the_news_ends_the_same() {
    let news = news(2000);
    for chosen in 1_u32..32 {
        let part: Vec<_> = (0..5).filter(|index| chosen >> index & 1 == 1).map(|index| news[index].clone()).collect();
        let ((status, ..), _) = every_order_of(&part, 1);
        assert_eq!(status.was_paid(), part.contains(&captured(1)), "{part:?}");
    }
}
