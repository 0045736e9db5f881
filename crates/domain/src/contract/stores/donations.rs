//! What is kept of a donation is what comes back.

use std::collections::BTreeMap;

use uuid::Uuid;

use super::Stores;
use super::samples::{
    account, at, created, donation, donation_of, edited, found, kept, order_id, renamed, review, saved, start, started,
    text,
};
use crate::donation::{
    Actor, Attempt, AttemptState, Capture, Cause, Decline, DeclineReason, TimelineEntry, TimelineKind,
};
use crate::ports::Save;
use crate::{
    AccountId, Donation, DonationId, DonationRecord, DonationState, DonationStatus, DonorEmail, ExternalId, Language,
    OrderId, PaymentId, Review, ReviewItem, Tenge,
};

/// In every language, with every optional fact and with none.
pub async fn a_new_donation_is_found_as_it_was_kept(stores: Stores<'_>) {
    let owner = account(1, "owner@example.com");
    stores.accounts.create(&owner, None).await.unwrap();
    for (number, language) in (1..).zip(Language::ALL) {
        let mut full = donation_of(number, Some(owner.id), at(0)).into_record();
        full.donor.name = text("Әсел Қуанышқызы Ғұмарова-Өтеген");
        full.donor.email = DonorEmail::parse("Әсел+тал@пошта.қаз").unwrap();
        full.message = Some(text("Туған күніңмен, Іңкәр! 🌳👩‍🌾 ﷽ \u{202e}'; DROP TABLE donations; --"));
        full.certificate_name = Some(text("Ұлы дала балалары"));
        full.gift.trees = u32::MAX;
        full.gift.amount = Tenge::from_i64(i64::MAX).unwrap();
        full.anonymous = true;
        full.test_mode = true;
        full.language = language;
        full.cancelled_by_donor_at = Some(at(3));
        let full = kept(stores, Donation::restore(full)).await;
        assert_eq!(found(stores, full.id).await, full);
    }
    let bare = kept(stores, donation(9)).await;
    assert_eq!(found(stores, bare.id).await, bare);
}

/// Texts of the greatest length that the domain allows, in letters of several bytes.
pub async fn the_longest_texts_are_kept_whole(stores: Stores<'_>) {
    let mut long = donation(1).into_record();
    long.donor.name = text(&"Ғ".repeat(120));
    long.message = Some(text(&"🌳".repeat(500)));
    long.certificate_name = Some(text(&"ұ".repeat(120)));
    let long = kept(stores, Donation::restore(long)).await;
    assert_eq!(found(stores, long.id).await, long);
}

/// Neither by its id, nor by an order, nor by its timeline.
pub async fn what_was_never_kept_is_not_found(stores: Stores<'_>) {
    kept(stores, donation(1)).await;
    let unknown = DonationId(Uuid::from_u128(2));
    assert_eq!(stores.donations.find(unknown).await, Ok(None));
    assert_eq!(stores.donations.find_by_order(&OrderId::new("none")).await, Ok(None));
    assert_eq!(stores.donations.timeline(unknown).await, Ok(Vec::new()));
}

/// The second of one id is an error, and leaves the first as it was.
pub async fn an_id_is_kept_once(stores: Stores<'_>) {
    let first = kept(stores, donation(1)).await;
    let second = renamed(&first, "another").donation;
    assert!(stores.donations.insert(&second, &created(&second)).await.is_err());
    assert_eq!(found(stores, first.id).await, first);
    assert_eq!(stores.donations.timeline(first.id).await.unwrap().len(), 1);
}

/// Also with every reason for which a payment may be declined.
pub async fn every_state_is_found_as_it_was_saved(stores: Stores<'_>) {
    let completed_at = at(5);
    let mut states = vec![
        DonationState::AwaitingPayment,
        DonationState::Cancelled,
        DonationState::Completed { completed_at },
        DonationState::PartiallyRefunded { completed_at, refunded: Tenge::new(1) },
        DonationState::Refunded { completed_at },
        DonationState::Pending,
    ];
    for (minute, reason) in (0..).zip(DeclineReason::ALL) {
        states.push(DonationState::Failed(Decline {
            declined_at: at(minute),
            reason,
            gateway_code: (minute % 2 == 0).then(|| "51".to_owned()),
        }));
    }
    let mut current = kept(stores, donation(1)).await;
    for state in states {
        let change = edited(&current, |record| record.state = state);
        current = saved(stores, &change).await;
        assert_eq!(current, change.donation);
        assert_eq!(found(stores, current.id).await, current);
    }
}

/// Each optional fact can be given and be taken away again.
pub async fn a_fact_that_is_gone_does_not_come_back(stores: Stores<'_>) {
    let bare = kept(stores, donation(1)).await;
    let change = edited(&bare, |record| {
        record.message = Some(text("Рахмет!"));
        record.certificate_name = Some(text("Ivan & Co"));
        record.cancelled_by_donor_at = Some(at(1));
    });
    let full = saved(stores, &change).await;
    assert_eq!(full, change.donation);
    let change = edited(&full, |record| {
        record.message = None;
        record.certificate_name = None;
        record.cancelled_by_donor_at = None;
    });
    saved(stores, &change).await;
    assert_eq!(found(stores, bare.id).await, change.donation);
}

/// By review and subject, whatever a database's language sorts like; a resolution can come later.
pub async fn reviews_are_found_as_they_were_saved(stores: Stores<'_>) {
    let current = kept(stores, donation(1)).await;
    let item = |kind, subject: &str| ReviewItem { review: kind, subject: subject.to_owned(), ..review(None) };
    let account = Actor::Account(AccountId(Uuid::from_u128(7)));
    let change = edited(&current, |record| {
        record.reviews = vec![
            item(Review::AmountMismatch, "Z"),
            item(Review::AmountMismatch, "a"),
            item(Review::PaidTwice, "2 orders paid"),
            review(Some(account)),
        ];
    });
    let current = saved(stores, &change).await;
    assert_eq!(current, change.donation);

    let change = edited(&current, |record| record.reviews[1].resolution = review(Some(Actor::System)).resolution);
    saved(stores, &change).await;
    assert_eq!(found(stores, current.id).await, change.donation);
}

/// Attempts in every state, by number.
pub async fn attempts_are_found_as_they_were_saved(stores: Stores<'_>) {
    let current = kept(stores, donation(1)).await;
    let capture = |payment_id: Option<&str>| Capture { payment_id: payment_id.map(PaymentId::new), paid_at: at(7) };
    let states = [
        AttemptState::Prepared,
        AttemptState::Open,
        AttemptState::Ended,
        AttemptState::Paid(capture(None)),
        AttemptState::Paid(capture(Some("payment-1"))),
        AttemptState::Mismatched(capture(None)),
        AttemptState::Mismatched(capture(Some("payment-2"))),
    ];
    let attempt = |(number, state): (u32, AttemptState)| Attempt {
        number,
        external_id: ExternalId::of_attempt(current.id, number),
        order_id: (number > 1).then(|| order_id(current.id, number)),
        checkout_url: (number > 1).then(|| format!("https://pay.example/{number}?lang=қаз")),
        state,
        heard: number % 2 == 0,
        started_at: at(number.into()),
        due_at: at(i64::from(number) + 30),
    };
    // Eleven come after the second, whatever letters sort like.
    let numbers = [1, 2, 3, 4, 5, 10, 11];
    let attempts: Vec<_> = numbers.into_iter().zip(states).map(attempt).collect();
    let change = edited(&current, |record| record.attempts = attempts);
    let current = saved(stores, &change).await;
    assert_eq!(current, change.donation);

    let change = edited(&current, |record| {
        record.attempts[0].order_id = Some(order_id(record.id, 1));
        record.attempts[0].state = AttemptState::Open;
        record.attempts[0].heard = true;
        record.attempts[1].due_at = at(99);
    });
    saved(stores, &change).await;
    assert_eq!(found(stores, current.id).await, change.donation);
}

/// By an earlier attempt's order as by the current one's; another's orders do not lead to it.
pub async fn a_donation_is_found_by_any_of_its_orders(stores: Stores<'_>) {
    for number in [1, 2] {
        let current = started(stores, donation(number)).await;
        let change = edited(&current, |record| {
            let mut second = record.attempts[0].clone();
            second.number = 2;
            second.external_id = ExternalId::of_attempt(record.id, 2);
            record.attempts.push(second);
            for attempt in &mut record.attempts {
                attempt.order_id = Some(order_id(record.id, attempt.number));
            }
        });
        let current = saved(stores, &change).await;
        for attempt in [1, 2] {
            let order = order_id(current.id, attempt);
            let found = stores.donations.find_by_order(&order).await.unwrap();
            assert_eq!(found.as_ref(), Some(&current));
        }
    }
}

/// A change that claims another donation's order, or its name, is an error, and nothing of it is kept.
pub async fn an_order_belongs_to_one_donation(stores: Stores<'_>) {
    let first = started(stores, donation(1)).await;
    let change = edited(&first, |record| record.attempts[0].order_id = Some(OrderId::new("order")));
    let first = saved(stores, &change).await;
    let second = started(stores, donation(2)).await;
    let story = stores.donations.timeline(second.id).await.unwrap();

    let claims: [fn(&mut DonationRecord); 2] = [
        |record| record.attempts[0].order_id = Some(OrderId::new("order")),
        |record| record.attempts[0].external_id = ExternalId::of_attempt(DonationId(Uuid::from_u128(1)), 1),
    ];
    for claim in claims {
        let mut change = edited(&second, claim);
        change.entries = vec![created(&second)];
        assert!(stores.donations.save(&change).await.is_err());
        assert_eq!(found(stores, second.id).await, second);
        assert_eq!(stores.donations.timeline(second.id).await.unwrap(), story);
    }
    let owner = stores.donations.find_by_order(&OrderId::new("order")).await.unwrap();
    assert_eq!(owner, Some(first));
}

/// Every kind of step, by every kind of actor, in the order in which the steps were saved, even if a server's clock
/// was set back meanwhile.
pub async fn the_timeline_tells_every_step_oldest_first(stores: Stores<'_>) {
    let mut current = kept(stores, donation(1)).await;
    let mut story = vec![created(&current)];
    let actors = [Actor::Guest, Actor::Account(AccountId(Uuid::from_u128(7))), Actor::Gateway, Actor::System];
    let statuses = DonationStatus::ALL.into_iter().cycle();
    let facts = TimelineKind::ALL.into_iter().zip(actors.into_iter().cycle()).zip(statuses);
    for (minute, ((kind, actor), status)) in (0..).zip(facts) {
        let entry = |to: DonationStatus| TimelineEntry {
            at: at(-minute),
            kind,
            cause: Cause { actor, request_id: (minute % 2 == 0).then(|| format!("request-{minute}")) },
            from: status,
            to,
            details: BTreeMap::from([("себеп".to_owned(), "«қате» \"51\" 🌳".to_owned())]),
        };
        let mut change = edited(&current, |_| {});
        change.entries = vec![entry(DonationStatus::Pending), entry(DonationStatus::Failed)];
        story.extend(change.entries.clone());
        current = saved(stores, &change).await;
    }
    assert_eq!(stores.donations.timeline(current.id).await, Ok(story));
}

/// Nothing of it: neither its attempt nor its step.
pub async fn a_change_of_an_older_version_is_a_conflict_and_keeps_nothing(stores: Stores<'_>) {
    let old = kept(stores, donation(1)).await;
    let new = saved(stores, &renamed(&old, "newer")).await;
    let story = stores.donations.timeline(old.id).await.unwrap();
    assert_eq!(stores.donations.save(&start(&old)).await, Ok(Save::Conflict));
    assert_eq!(found(stores, old.id).await, new);
    assert_eq!(stores.donations.timeline(old.id).await, Ok(story));

    let unknown = start(&donation(2));
    assert_eq!(stores.donations.save(&unknown).await, Ok(Save::Conflict));
    assert_eq!(stores.donations.find(unknown.donation.id).await, Ok(None));
}

/// A version may be skipped by nobody.
pub async fn a_change_of_a_version_yet_to_come_is_a_conflict(stores: Stores<'_>) {
    let current = kept(stores, donation(1)).await;
    let next = start(&current).donation;
    let after_next = renamed(&next, "too-early");
    assert_eq!(stores.donations.save(&after_next).await, Ok(Save::Conflict));
    assert_eq!(found(stores, current.id).await, current);
}
