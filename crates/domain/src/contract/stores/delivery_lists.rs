//! Looking at webhooks, and applying one once more.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::samples::{at, capture, donation, found, kept, renamed, saved, started};
use crate::donation::Change;
use crate::ports::{Delivery, DeliveryOutcome, DeliveryQuery, RecordDelivery};
use crate::{CertificateNumber, DeliveryId, DonationId};

const ALL: DeliveryQuery = DeliveryQuery { donation: None, outcome: None, after: None, limit: 100 };

/// One that came in this minute.
fn delivery(number: u128, minute: i64) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(number)),
        dedup_key: format!("key-{number}"),
        dialect: "events".to_owned(),
        event: "PAYMENT_CAPTURED".to_owned(),
        donation: None,
        outcome: DeliveryOutcome::Unmatched,
        body: "{ \"a\":1 }".to_owned(),
        received_at: at(minute),
        request_id: Some("request-1".to_owned()),
        copies: 1,
    }
}

async fn recorded(stores: Stores<'_>, delivery: Delivery) -> Delivery {
    assert_eq!(stores.deliveries.record(&delivery, None).await, Ok(RecordDelivery::Recorded));
    delivery
}

async fn listed(stores: Stores<'_>, query: DeliveryQuery) -> Vec<u128> {
    let deliveries = stores.deliveries.list(&query).await.unwrap();
    deliveries.iter().map(|delivery| delivery.id.0.as_u128()).collect()
}

async fn replay(stores: Stores<'_>, delivery: &Delivery, change: Option<&Change>) -> RecordDelivery {
    stores.deliveries.replay(delivery, change).await.unwrap()
}

/// Byte for byte.
pub async fn a_delivery_is_got_by_its_id(stores: Stores<'_>) {
    let one = recorded(stores, delivery(1, 0)).await;
    recorded(stores, delivery(2, 0)).await;
    assert_eq!(stores.deliveries.get(one.id).await, Ok(Some(one)));
    assert_eq!(stores.deliveries.get(DeliveryId(Uuid::from_u128(3))).await, Ok(None));
}

/// Of one instant by id; page after page.
pub async fn the_newest_delivery_is_listed_first(stores: Stores<'_>) {
    for (number, minute) in [(3, 1), (9, 0), (1, 2), (2, 1)] {
        recorded(stores, delivery(number, minute)).await;
    }
    assert_eq!(listed(stores, ALL).await, [1, 3, 2, 9]);
    let after = Some((at(1), DeliveryId(Uuid::from_u128(3))));
    assert_eq!(listed(stores, DeliveryQuery { after, limit: 1, ..ALL }).await, [2]);
}

/// And of both together.
pub async fn deliveries_can_be_of_one_donation_or_outcome(stores: Stores<'_>) {
    let of = kept(stores, donation(7)).await.id;
    for (number, outcome, donation) in [
        (1, DeliveryOutcome::Unmatched, None),
        (2, DeliveryOutcome::Ignored, Some(of)),
        (3, DeliveryOutcome::Applied, Some(of)),
        (4, DeliveryOutcome::Ignored, None),
    ] {
        recorded(stores, Delivery { outcome, donation, ..delivery(number, 0) }).await;
    }
    let of_it = DeliveryQuery { donation: Some(of), ..ALL };
    assert_eq!(listed(stores, of_it).await, [3, 2]);
    let ignored = Some(DeliveryOutcome::Ignored);
    assert_eq!(listed(stores, DeliveryQuery { outcome: ignored, ..ALL }).await, [4, 2]);
    assert_eq!(listed(stores, DeliveryQuery { outcome: ignored, ..of_it }).await, [2]);
    let nobodys = Some(DonationId(Uuid::from_u128(8)));
    assert_eq!(listed(stores, DeliveryQuery { donation: nobodys, ..ALL }).await, []);
}

/// The donation and the certificate are there as soon as the outcome is; the rest of the delivery is as it came.
pub async fn a_replay_is_kept_with_its_change(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let came = recorded(stores, delivery(1, 0)).await;
    let change = capture(&current);
    let now = Delivery { outcome: DeliveryOutcome::Applied, donation: Some(current.id), ..came.clone() };
    let told = Delivery { body: "another".to_owned(), received_at: at(9), copies: 5, ..now.clone() };
    assert_eq!(replay(stores, &told, Some(&change)).await, RecordDelivery::Recorded);
    assert_eq!(stores.deliveries.get(came.id).await, Ok(Some(now)));
    let paid = found(stores, current.id).await;
    assert_eq!((paid.version, &paid.state), (change.donation.version, &change.donation.state));
    assert!(paid.certificate.is_some());
    let story = stores.donations.timeline(current.id).await.unwrap();
    assert!(story.ends_with(&change.entries));
}

/// Whatever the replay would do.
pub async fn a_delivery_that_was_applied_is_not_applied_again(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let came = Delivery { outcome: DeliveryOutcome::Applied, donation: Some(current.id), ..delivery(1, 0) };
    let came = recorded(stores, came).await;
    for outcome in DeliveryOutcome::ALL {
        let again = Delivery { outcome, ..came.clone() };
        assert_eq!(replay(stores, &again, Some(&capture(&current))).await, RecordDelivery::Duplicate);
    }
    assert_eq!(found(stores, current.id).await, current);
    assert_eq!(stores.deliveries.get(came.id).await, Ok(Some(came)));
}

/// Neither the outcome nor the change.
pub async fn a_replay_whose_donation_has_changed_meanwhile_is_not_kept(stores: Stores<'_>) {
    let old = started(stores, donation(1)).await;
    let new = saved(stores, &renamed(&old, "newer")).await;
    let came = recorded(stores, delivery(1, 0)).await;
    let now = Delivery { outcome: DeliveryOutcome::Applied, donation: Some(old.id), ..came.clone() };
    assert_eq!(replay(stores, &now, Some(&capture(&old))).await, RecordDelivery::Conflict);
    assert_eq!(found(stores, old.id).await, new);
    assert_eq!(stores.deliveries.get(came.id).await, Ok(Some(came)));
    assert_eq!(replay(stores, &now, Some(&capture(&new))).await, RecordDelivery::Recorded);
}

/// An error, and nothing is kept.
pub async fn what_never_came_is_not_replayed(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let never = Delivery { outcome: DeliveryOutcome::Applied, donation: Some(current.id), ..delivery(1, 0) };
    assert!(stores.deliveries.replay(&never, Some(&capture(&current))).await.is_err());
    assert_eq!(found(stores, current.id).await, current);
}

/// However many ask, and the money counts once.
pub async fn of_twenty_replays_at_once_one_is_applied(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let came = recorded(stores, delivery(1, 0)).await;
    let now = Delivery { outcome: DeliveryOutcome::Applied, donation: Some(current.id), ..came };
    let change = capture(&current);
    let replays = join_all((0..20).map(|_| replay(stores, &now, Some(&change)))).await;
    let of = |kind| replays.iter().filter(|replay| **replay == kind).count();
    assert_eq!((of(RecordDelivery::Recorded), of(RecordDelivery::Duplicate)), (1, 19));
    assert_eq!(found(stores, current.id).await.version, change.donation.version);
    let second = CertificateNumber::new("TREE", 2026, 2);
    assert_eq!(stores.certificates.find(&second).await, Ok(None));
}
