//! Webhooks and what they bring about.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::samples::{at, capture, created, donation, edited, found, kept, order_id, renamed, saved, started};
use crate::donation::Change;
use crate::ports::{Delivery, DeliveryOutcome, RecordDelivery};
use crate::{CertificateNumber, DeliveryId, Donation, DonationId, OrderId};

fn delivery(number: u128, dedup_key: &str) -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(number)),
        dedup_key: dedup_key.to_owned(),
        dialect: "events".to_owned(),
        event: "PAYMENT_CAPTURED".to_owned(),
        donation: None,
        outcome: DeliveryOutcome::Ignored,
        body: "{}".to_owned(),
        received_at: at(5),
        request_id: None,
        copies: 1,
    }
}

/// A delivery that changes this donation.
fn applied(number: u128, dedup_key: &str, donation: &Donation) -> Delivery {
    Delivery { donation: Some(donation.id), outcome: DeliveryOutcome::Applied, ..delivery(number, dedup_key) }
}

async fn record(stores: Stores<'_>, delivery: &Delivery, change: Option<&Change>) -> RecordDelivery {
    stores.deliveries.record(delivery, change).await.unwrap()
}

async fn copies(stores: Stores<'_>, dedup_key: &str) -> u32 {
    let kept = stores.deliveries.find(dedup_key).await.unwrap();
    kept.expect("the delivery has been kept").copies
}

/// Byte for byte, whatever became of it; a key that never came is not found.
pub async fn a_delivery_is_found_as_it_came(stores: Stores<'_>) {
    let target = kept(stores, donation(1)).await;
    for (number, outcome) in (1..).zip(DeliveryOutcome::ALL) {
        let key = format!("key-{number}");
        let full = Delivery {
            donation: (outcome != DeliveryOutcome::Unmatched).then_some(target.id),
            outcome,
            body: "{ \"name\" : \"Әсел 🌳\",\r\n\t\"amount\":5000.10 }\n".to_owned(),
            request_id: (number == 1).then(|| "request-1".to_owned()),
            ..delivery(number, &key)
        };
        assert_eq!(record(stores, &full, None).await, RecordDelivery::Recorded);
        assert_eq!(stores.deliveries.find(&key).await, Ok(Some(full)));
    }
    assert_eq!(stores.deliveries.find("key").await, Ok(None));
}

/// The donation, its story and its certificate are there as soon as the delivery is.
pub async fn a_delivery_is_kept_with_its_change(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let change = capture(&current);
    let delivery = applied(1, "key", &current);
    assert_eq!(record(stores, &delivery, Some(&change)).await, RecordDelivery::Recorded);
    assert_eq!(stores.deliveries.find("key").await, Ok(Some(delivery)));

    let now = found(stores, current.id).await;
    assert_eq!((now.version, &now.state), (change.donation.version, &change.donation.state));
    let certificate = now.certificate.clone().expect("a paid donation has a certificate");
    assert_eq!(certificate.number, CertificateNumber::new("TREE", 2026, 1));
    let story = stores.donations.timeline(current.id).await.unwrap();
    assert!(story.ends_with(&change.entries));
}

/// Not even if its change would fit, or would be a conflict; the first one's body and time stay.
pub async fn a_copy_is_counted_and_changes_nothing(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let first = applied(1, "key", &current);
    let change = capture(&current);
    record(stores, &first, Some(&change)).await;
    let now = found(stores, current.id).await;

    let copy = Delivery { body: "another".to_owned(), received_at: at(9), ..applied(2, "key", &current) };
    for change in [Some(&renamed(&now, "copy")), Some(&change), None] {
        assert_eq!(record(stores, &copy, change).await, RecordDelivery::Duplicate);
    }
    assert_eq!(found(stores, current.id).await, now);
    let kept = stores.deliveries.find("key").await.unwrap();
    assert_eq!(kept, Some(Delivery { copies: 4, ..first }));
}

/// Neither the delivery nor its change; decided again, the same delivery is recorded.
pub async fn a_delivery_whose_donation_has_changed_meanwhile_is_not_kept(stores: Stores<'_>) {
    let old = started(stores, donation(1)).await;
    let new = saved(stores, &renamed(&old, "newer")).await;
    let delivery = applied(1, "key", &old);
    assert_eq!(record(stores, &delivery, Some(&capture(&old))).await, RecordDelivery::Conflict);
    assert_eq!(stores.deliveries.find("key").await, Ok(None));
    assert_eq!(found(stores, old.id).await, new);

    assert_eq!(record(stores, &delivery, Some(&capture(&new))).await, RecordDelivery::Recorded);
    let now = found(stores, old.id).await;
    let number = now.certificate.as_ref().map(|certificate| &certificate.number);
    assert_eq!(number, Some(&CertificateNumber::new("TREE", 2026, 1)));
}

/// An error, after which the gateway delivers again: that one is the first then.
pub async fn a_delivery_whose_change_fails_is_not_kept(stores: Stores<'_>) {
    let other = started(stores, donation(2)).await;
    saved(stores, &edited(&other, |record| record.attempts[0].order_id = Some(OrderId::new("order")))).await;
    let current = started(stores, donation(1)).await;
    let claim = edited(&current, |record| record.attempts[0].order_id = Some(OrderId::new("order")));
    let delivery = applied(1, "key", &current);
    assert!(stores.deliveries.record(&delivery, Some(&claim)).await.is_err());
    assert_eq!(stores.deliveries.find("key").await, Ok(None));
    assert_eq!(found(stores, current.id).await, current);

    let change = capture(&current);
    assert_eq!(record(stores, &delivery, Some(&change)).await, RecordDelivery::Recorded);
    assert_eq!(found(stores, current.id).await.attempts[0].order_id, Some(order_id(current.id, 1)));
}

/// The gateway repeats what it thinks was lost, and several of our servers listen.
pub async fn of_thirty_copies_at_once_one_is_recorded_and_brings_one_certificate(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let change = capture(&current);
    let all: Vec<_> = (1..=30).map(|number| applied(number, "key", &current)).collect();
    let records = join_all(all.iter().map(|copy| record(stores, copy, Some(&change)))).await;
    let of = |kind| records.iter().filter(|record| **record == kind).count();
    assert_eq!((of(RecordDelivery::Recorded), of(RecordDelivery::Duplicate)), (1, 29));
    assert_eq!(copies(stores, "key").await, 30);

    assert_eq!(found(stores, current.id).await.version, change.donation.version);
    let second = CertificateNumber::new("TREE", 2026, 2);
    assert_eq!(stores.certificates.find(&second).await, Ok(None));
}

/// Each is decided again until it fits, and none is lost.
pub async fn different_deliveries_about_one_donation_at_once_are_all_recorded(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let deliveries: Vec<_> = (1..=12).map(|number| applied(number, &format!("key-{number}"), &current)).collect();
    join_all(deliveries.iter().map(|delivery| record_until_it_fits(stores, delivery, current.id))).await;
    assert_eq!(found(stores, current.id).await.version, current.version + 12);
    for delivery in &deliveries {
        assert_eq!(copies(stores, &delivery.dedup_key).await, 1);
    }
}

async fn record_until_it_fits(stores: Stores<'_>, delivery: &Delivery, id: DonationId) {
    loop {
        let current = found(stores, id).await;
        let mut change = renamed(&current, "news");
        change.entries = vec![created(&current)];
        match record(stores, delivery, Some(&change)).await {
            RecordDelivery::Recorded => return,
            RecordDelivery::Conflict => {}
            RecordDelivery::Duplicate => panic!("no two of them are copies"),
        }
    }
}
