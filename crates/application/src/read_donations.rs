//! Looking at donations. Nothing is written.

use domain::donation::TimelineEntry;
use domain::ports::{
    Delivery, DeliveryQuery, DonationFilter, DonationQuery, DonationScope, JobQuery, JobRecord, PageCursor, StoreError,
};
use domain::{Donation, DonationId};

use crate::House;
use crate::access::{Access, visible};

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// There is none, or it is not the caller's to see.
    #[error("not found")]
    NotFound,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Which donations to list.
#[derive(Debug, Clone)]
pub struct ListDonations {
    /// Which ones.
    pub scope: DonationScope,
    /// Which of them.
    pub filter: DonationFilter,
    /// Only those after this place.
    pub after: Option<PageCursor>,
    /// At most so many.
    pub limit: u32,
}

/// One donation.
///
/// # Errors
/// [`ReadError`].
pub async fn read_donation(house: &House, id: DonationId, access: &Access) -> Result<Donation, ReadError> {
    visible(house, id, access).await
}

/// Donations, newest first, and the place after which the next page begins, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn list_donations(
    house: &House,
    list: ListDonations,
) -> Result<(Vec<Donation>, Option<PageCursor>), StoreError> {
    let wanted = usize::try_from(list.limit).unwrap_or(usize::MAX);
    let query = DonationQuery {
        scope: list.scope,
        filter: list.filter,
        after: list.after,
        limit: list.limit.saturating_add(1),
    };
    let mut donations = house.donations.list(&query).await?;
    let more = donations.len() > wanted;
    donations.truncate(wanted);
    let next = donations.last().filter(|_| more);
    let next = next.map(|last| PageCursor { created_at: last.created_at, id: last.id });
    Ok((donations, next))
}

/// What happened to a donation, and what is done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonationStory {
    /// Step by step, oldest first.
    pub timeline: Vec<TimelineEntry>,
    /// Its background work, newest first.
    pub jobs: Vec<JobRecord>,
    /// What the gateway told of it, newest first.
    pub deliveries: Vec<Delivery>,
}

/// More jobs, and more deliveries, than any donation has.
const MOST: u32 = 1_000;

/// A donation's story; an empty one if there is no such donation.
///
/// # Errors
/// [`StoreError`].
pub async fn donation_story(house: &House, id: DonationId) -> Result<DonationStory, StoreError> {
    let jobs = JobQuery { donation: Some(id), status: None, after: None, limit: MOST };
    let deliveries = DeliveryQuery { donation: Some(id), outcome: None, after: None, limit: MOST };
    Ok(DonationStory {
        timeline: house.donations.timeline(id).await?,
        jobs: house.jobs.list(&jobs).await?,
        deliveries: house.deliveries.list(&deliveries).await?,
    })
}
