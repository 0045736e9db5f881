//! How payments ended lately, and the brake.

use uuid::Uuid;

use super::Stores;
use super::samples::{at, donation, kept, text};
use crate::donation::Actor;
use crate::ports::{Brake, BrakePosition, Payer, PaymentEnded, PaymentOutcome, Pseudonym};
use crate::{AccountId, DeliveryId, DonationId, Record, Tally};

/// A payer of this donation, at this client, with this e-mail address.
fn payer(donation: DonationId, client: u8, email: u8) -> Payer {
    Payer { donation, client: Pseudonym([client; 16]), email: Pseudonym([email; 16]) }
}

fn ended(number: u128, donation: DonationId, outcome: PaymentOutcome, minute: i64) -> PaymentEnded {
    PaymentEnded { delivery: DeliveryId(Uuid::from_u128(number)), donation, outcome, heard_at: at(minute) }
}

async fn record(stores: Stores<'_>, payer: Payer, since: i64) -> Record {
    stores.payment_guard.record(&payer, at(since)).await.unwrap().0
}

fn declined(times: u32, last: i64) -> Tally {
    Tally { declined: times, captured: 0, last_declined_at: Some(at(last)) }
}

async fn three_donations(stores: Stores<'_>) -> [DonationId; 3] {
    let mut ids = [DonationId(Uuid::nil()); 3];
    for (number, id) in (1..).zip(&mut ids) {
        *id = kept(stores, donation(number)).await.id;
    }
    ids
}

/// Each scope adds up by itself.
pub async fn a_payment_that_ended_counts_for_whoever_began_it(stores: Stores<'_>) {
    let [a, b, c] = three_donations(stores).await;
    let guard = stores.payment_guard;
    // The client of `a` and `b` is one, and so is the address of `b` and `c`.
    let (of_a, of_b, of_c) = (payer(a, 1, 1), payer(b, 1, 2), payer(c, 3, 2));
    for payer in [of_a, of_b, of_c] {
        guard.remember(&payer, at(0)).await.unwrap();
    }
    for (number, donation) in [(1, a), (2, a), (3, b)] {
        guard.count(&ended(number, donation, PaymentOutcome::Declined, number as i64)).await.unwrap();
    }
    guard.count(&ended(4, c, PaymentOutcome::Captured, 4)).await.unwrap();
    let site = Tally { declined: 3, captured: 1, last_declined_at: Some(at(3)) };
    let (client, none) = (declined(3, 3), Tally::default());
    let captured = Tally { captured: 1, ..none };
    let email = Tally { declined: 1, captured: 1, last_declined_at: Some(at(3)) };
    assert_eq!(record(stores, of_a, 0).await, Record { client, email: declined(2, 2), donation: declined(2, 2), site });
    assert_eq!(record(stores, of_b, 0).await, Record { client, email, donation: declined(1, 3), site });
    assert_eq!(record(stores, of_c, 0).await, Record { client: captured, email, donation: captured, site });
    let stranger = payer(DonationId(Uuid::from_u128(99)), 9, 9);
    assert_eq!(record(stores, stranger, 0).await, Record { client: none, email: none, donation: none, site });
}

/// A webhook may tell of an order that was made before anybody was remembered.
pub async fn a_payment_that_nobody_began_counts_for_its_donation_and_the_site(stores: Stores<'_>) {
    let [a, ..] = three_donations(stores).await;
    stores.payment_guard.count(&ended(1, a, PaymentOutcome::Declined, 1)).await.unwrap();
    let none = Tally::default();
    let expected = Record { client: none, email: none, donation: declined(1, 1), site: declined(1, 1) };
    assert_eq!(record(stores, payer(a, 1, 1), 0).await, expected);
}

/// However often it is told.
pub async fn the_same_delivery_counts_once(stores: Stores<'_>) {
    let [a, ..] = three_donations(stores).await;
    for minute in [1, 2] {
        stores.payment_guard.count(&ended(1, a, PaymentOutcome::Declined, minute)).await.unwrap();
    }
    assert_eq!(record(stores, payer(a, 1, 1), 0).await.site, declined(1, 1));
}

/// After the instant, not at it.
pub async fn only_what_was_heard_lately_counts(stores: Stores<'_>) {
    let [a, ..] = three_donations(stores).await;
    stores.payment_guard.remember(&payer(a, 1, 1), at(0)).await.unwrap();
    for number in 1..=4 {
        stores.payment_guard.count(&ended(number, a, PaymentOutcome::Declined, number as i64)).await.unwrap();
    }
    let tally = declined(2, 4);
    let expected = Record { client: tally, email: tally, donation: tally, site: tally };
    assert_eq!(record(stores, payer(a, 1, 1), 2).await, expected);
    assert_eq!(record(stores, payer(a, 1, 1), 4).await, Record::default());
}

/// Another client that begins to pay for the same donation answers for what comes then.
pub async fn whoever_began_last_is_who_counts(stores: Stores<'_>) {
    let [a, b, _] = three_donations(stores).await;
    let guard = stores.payment_guard;
    guard.remember(&payer(a, 1, 1), at(0)).await.unwrap();
    guard.count(&ended(1, a, PaymentOutcome::Declined, 1)).await.unwrap();
    guard.remember(&payer(a, 2, 1), at(2)).await.unwrap();
    guard.count(&ended(2, a, PaymentOutcome::Declined, 3)).await.unwrap();
    assert_eq!(record(stores, payer(b, 1, 9), 0).await.client, declined(1, 1));
    assert_eq!(record(stores, payer(b, 2, 9), 0).await.client, declined(1, 3));
}

/// Who it was, and how it ended.
pub async fn what_is_old_is_forgotten(stores: Stores<'_>) {
    let [a, b, _] = three_donations(stores).await;
    let guard = stores.payment_guard;
    guard.remember(&payer(a, 1, 1), at(0)).await.unwrap();
    guard.remember(&payer(b, 2, 2), at(5)).await.unwrap();
    guard.count(&ended(1, a, PaymentOutcome::Declined, 1)).await.unwrap();
    guard.count(&ended(2, b, PaymentOutcome::Declined, 6)).await.unwrap();
    assert_eq!(guard.forget(at(5) - chrono::TimeDelta::microseconds(1)).await, Ok(2));
    assert_eq!(record(stores, payer(a, 1, 1), 0).await.site, declined(1, 6));
    guard.count(&ended(3, a, PaymentOutcome::Declined, 7)).await.unwrap();
    assert_eq!(record(stores, payer(a, 1, 1), 0).await.client, Tally::default(), "nobody knows who that was");
    assert_eq!(guard.forget(at(7)).await, Ok(3));
    assert_eq!(guard.forget(at(7)).await, Ok(0));
    assert_eq!(record(stores, payer(b, 2, 2), 0).await, Record::default());
}

/// There is one, and everybody sees the same.
pub async fn the_brake_stands_as_it_was_set_last(stores: Stores<'_>) {
    let guard = stores.payment_guard;
    let stranger = payer(DonationId(Uuid::from_u128(99)), 9, 9);
    assert_eq!(guard.brake().await, Ok(None));
    assert_eq!(guard.record(&stranger, at(0)).await.unwrap().1, None);
    let changed_by = Actor::Account(AccountId(Uuid::from_u128(7)));
    let pulled =
        Brake { position: BrakePosition::Pulled, reason: Some(text("Карты")), changed_at: at(1), changed_by };
    let released = Brake { position: BrakePosition::Released, reason: None, changed_at: at(2), changed_by };
    for brake in [pulled, released] {
        guard.set_brake(&brake).await.unwrap();
        assert_eq!(guard.brake().await, Ok(Some(brake.clone())));
        assert_eq!(guard.record(&stranger, at(0)).await.unwrap().1, Some(brake));
    }
}
