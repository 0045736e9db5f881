//! Lists of an account's donations.

use uuid::Uuid;

use super::Stores;
use super::samples::{account, at, completed, donation, donation_of, edited, kept, review, saved};
use crate::donation::{Actor, DonationStatus};
use crate::ports::{DonationFilter, DonationQuery, DonationScope, PageCursor};
use crate::{AccountId, Donation, DonationId, ReviewItem};

const ALL: u32 = 100;

async fn owner(stores: Stores<'_>, number: u128) -> AccountId {
    let account = account(number, &format!("owner{number}@example.com"));
    stores.accounts.create(&account, None).await.unwrap();
    account.id
}

fn everything_of(account: AccountId) -> DonationQuery {
    DonationQuery { scope: DonationScope::Account(account), filter: DonationFilter::default(), after: None, limit: ALL }
}

fn of_state(status: DonationStatus) -> DonationFilter {
    DonationFilter { status: Some(status), ..DonationFilter::default() }
}

async fn listed(stores: Stores<'_>, query: &DonationQuery) -> Vec<DonationId> {
    let donations = stores.donations.list(query).await.unwrap();
    donations.iter().map(|donation| donation.id).collect()
}

fn ids(numbers: impl IntoIterator<Item = u128>) -> Vec<DonationId> {
    numbers.into_iter().map(|number| DonationId(Uuid::from_u128(number))).collect()
}

fn after(donation: &Donation) -> Option<PageCursor> {
    Some(PageCursor { created_at: donation.created_at, id: donation.id })
}

/// Of one instant, by id.
pub async fn the_newest_donation_is_listed_first(stores: Stores<'_>) {
    let owner = owner(stores, 1).await;
    // The last bit, the first, and one in the middle: an id's order must be that of all its bytes.
    let highest = 1 << 127;
    for (number, minute) in [(5, 1), (1, 2), (3, 0), (highest, 1), (256, 1)] {
        kept(stores, donation_of(number, Some(owner), at(minute))).await;
    }
    let listed = listed(stores, &everything_of(owner)).await;
    assert_eq!(listed, ids([1, highest, 256, 5, 3]));
}

/// Neither another account's nor a guest's.
pub async fn only_the_accounts_own_donations_are_listed(stores: Stores<'_>) {
    let (one, two) = (owner(stores, 1).await, owner(stores, 2).await);
    kept(stores, donation_of(1, Some(one), at(0))).await;
    kept(stores, donation_of(2, Some(two), at(0))).await;
    kept(stores, donation(3)).await;
    assert_eq!(listed(stores, &everything_of(one)).await, ids([1]));
    let nobody = AccountId(Uuid::from_u128(9));
    assert_eq!(listed(stores, &everything_of(nobody)).await, ids([]));
}

/// With attempts, refunds, reviews and certificates, each with its own.
pub async fn listed_donations_are_whole(stores: Stores<'_>) {
    let owner = owner(stores, 1).await;
    let mut expected = Vec::new();
    for number in 1..=3_u8 {
        let new = donation_of(number.into(), Some(owner), at(number.into()));
        expected.insert(0, completed(stores, new).await);
    }
    assert!(expected.iter().all(|donation| donation.certificate.is_some()));
    assert_eq!(stores.donations.list(&everything_of(owner)).await, Ok(expected));
}

/// Also on a page after another.
pub async fn a_list_can_be_of_one_state(stores: Stores<'_>) {
    let owner = owner(stores, 1).await;
    let paid = completed(stores, donation_of(1, Some(owner), at(0))).await;
    kept(stores, donation_of(2, Some(owner), at(1))).await;
    let last_paid = completed(stores, donation_of(3, Some(owner), at(2))).await;
    for status in DonationStatus::ALL {
        let expected = match status {
            DonationStatus::Pending => ids([2]),
            DonationStatus::Completed => ids([3, 1]),
            _ => ids([]),
        };
        let query = DonationQuery { filter: of_state(status), ..everything_of(owner) };
        assert_eq!(listed(stores, &query).await, expected, "{status:?}");
    }
    let filter = of_state(DonationStatus::Completed);
    let query = DonationQuery { filter, after: after(&last_paid), ..everything_of(owner) };
    assert_eq!(stores.donations.list(&query).await, Ok(vec![paid]));
}

/// Page after page, each donation that was there at the start is seen once, though others come in between.
pub async fn pages_stay_where_they_are_while_donations_are_added(stores: Stores<'_>) {
    let owner = owner(stores, 1).await;
    // Three a minute, so that pages break between donations of one instant.
    for number in 1..=12_u8 {
        kept(stores, donation_of(number.into(), Some(owner), at(i64::from(number / 3)))).await;
    }
    let mut seen = Vec::new();
    let mut query = DonationQuery { limit: 2, ..everything_of(owner) };
    for number in 101.. {
        let page = stores.donations.list(&query).await.unwrap();
        assert!(page.len() <= 2);
        let Some(last) = page.last() else { break };
        query.after = after(last);
        seen.extend(page.iter().map(|donation| donation.id));
        kept(stores, donation_of(number, Some(owner), at(1_000))).await;
    }
    assert_eq!(seen, ids((1..=12).rev()));
}

/// A page of nothing.
pub async fn a_list_of_none_is_empty(stores: Stores<'_>) {
    let owner = owner(stores, 1).await;
    kept(stores, donation_of(1, Some(owner), at(0))).await;
    let query = DonationQuery { limit: 0, ..everything_of(owner) };
    assert_eq!(listed(stores, &query).await, ids([]));
}

/// Whoever made them; among those to look at, only what nobody has looked at yet.
pub async fn a_list_can_be_of_everybody_or_of_what_is_to_be_looked_at(stores: Stores<'_>) {
    let owner = account(1, "owner@example.com");
    stores.accounts.create(&owner, None).await.unwrap();
    let own = kept(stores, donation_of(1, Some(owner.id), at(1))).await;
    let guest = kept(stores, donation_of(2, None, at(2))).await;
    let third = kept(stores, donation_of(3, None, at(3))).await;
    let query = DonationQuery { scope: DonationScope::All, ..everything_of(owner.id) };
    assert_eq!(listed(stores, &query).await, [third.id, guest.id, own.id]);

    let flag = |donation: &Donation, by| edited(donation, |record| record.reviews = vec![review(by)]);
    saved(stores, &flag(&own, None)).await;
    saved(stores, &flag(&guest, Some(Actor::System))).await;
    let twice = edited(&third, |record| {
        record.reviews = vec![review(None), ReviewItem { subject: "b".to_owned(), ..review(None) }];
    });
    saved(stores, &twice).await;
    let query = DonationQuery { scope: DonationScope::Flagged, ..query };
    assert_eq!(listed(stores, &query).await, [third.id, own.id]);
}
