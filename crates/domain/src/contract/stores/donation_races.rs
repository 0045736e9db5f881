//! Several change one donation at once.

use futures_util::future::join_all;

use super::Stores;
use super::samples::{created, donation, found, kept, renamed, review};
use crate::DonationId;
use crate::donation::Actor;
use crate::ports::Save;

/// However many make a change of one version, one is kept, and it is kept whole.
pub async fn of_fifty_changes_of_one_version_exactly_one_is_kept(stores: Stores<'_>) {
    let old = kept(stores, donation(1)).await;
    let change = |number: usize| {
        let mut change = renamed(&old, &format!("by-{number}"));
        let mut entry = created(&old);
        entry.details.insert("by".to_owned(), number.to_string());
        change.entries = vec![entry];
        change
    };
    let changes: Vec<_> = (0..50).map(change).collect();
    let saves = join_all(changes.iter().map(|change| stores.donations.save(change))).await;
    let saved: Vec<_> = (0..).zip(saves).filter(|(_, save)| *save != Ok(Save::Conflict)).collect();
    let [(winner, Ok(Save::Saved(now)))] = saved.as_slice() else {
        panic!("one change is kept, the others are told of a conflict: {saved:?}");
    };
    let kept: &crate::donation::Change = &changes[*winner];
    assert_eq!(**now, kept.donation);
    assert_eq!(found(stores, old.id).await, kept.donation);
    let story = stores.donations.timeline(old.id).await.unwrap();
    assert_eq!(story, [created(&old), kept.entries[0].clone()]);
}

/// Whoever reads again after a conflict gets through in the end, and no change is lost.
pub async fn of_changes_that_are_made_again_after_a_conflict_none_is_lost(stores: Stores<'_>) {
    let id = kept(stores, donation(1)).await.id;
    join_all((0..20).map(|_| change_until_saved(stores, id))).await;
    assert_eq!(found(stores, id).await.version, 20);
    assert_eq!(stores.donations.timeline(id).await.unwrap().len(), 21);
}

async fn change_until_saved(stores: Stores<'_>, id: DonationId) {
    loop {
        let current = found(stores, id).await;
        let mut change = renamed(&current, "again");
        change.entries = vec![created(&current)];
        if stores.donations.save(&change).await.unwrap() != Save::Conflict {
            return;
        }
    }
}

/// What is read is one version, whatever is written meanwhile.
pub async fn a_donation_is_never_read_half_changed(stores: Stores<'_>) {
    let id = kept(stores, donation(1)).await.id;
    let write = async {
        for _ in 0..40 {
            let current = found(stores, id).await;
            let change = super::samples::edited(&current, |record| {
                record.gift.trees = u32::try_from(record.version).unwrap() + 1;
                let resolved = record.version % 2 == 1;
                record.reviews = vec![review(resolved.then_some(Actor::System))];
            });
            stores.donations.save(&change).await.unwrap();
        }
    };
    let read = async {
        for _ in 0..40 {
            let seen = found(stores, id).await;
            let flagged = seen.version % 2 == 1;
            assert_eq!(seen.is_flagged(crate::Review::PaidLate), flagged, "version {}", seen.version);
        }
    };
    futures_util::future::join(write, read).await;
}
