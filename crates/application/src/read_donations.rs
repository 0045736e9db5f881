//! Looking at donations and certificates. Nothing is written.

use domain::donation::DonationStatus;
use domain::ports::{DonationQuery, PageCursor, StoreError};
use domain::{AccountId, CampaignSlug, Certificate, CertificateNumber, Donation, DonationId};

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
    /// Whose.
    pub account: AccountId,
    /// Only those in this state.
    pub status: Option<DonationStatus>,
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

/// An account's own donations, newest first, and the place after which the next page begins, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn list_donations(
    house: &House,
    list: ListDonations,
) -> Result<(Vec<Donation>, Option<PageCursor>), StoreError> {
    let wanted = usize::try_from(list.limit).unwrap_or(usize::MAX);
    let query = DonationQuery {
        account: list.account,
        status: list.status,
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

/// What the public may know of a certificate, with its campaign.
///
/// # Errors
/// [`ReadError`].
pub async fn read_certificate(
    house: &House,
    number: &CertificateNumber,
) -> Result<(Certificate, CampaignSlug), ReadError> {
    house.certificates.find(number).await?.ok_or(ReadError::NotFound)
}
