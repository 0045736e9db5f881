//! A person has looked at what needed looking at. One transaction.

use domain::donation::{Cause, Verdict};
use domain::ports::StoreError;
use domain::{Donation, DonationId, Review, ReviewNote};

use crate::House;
use crate::save::{DecideError, decide_and_save};

/// Why it was not resolved.
#[derive(Debug, thiserror::Error)]
pub enum ResolveReviewError {
    /// There is no such donation, or nothing of the kind was ever to be looked at.
    #[error("not found")]
    NotFound,
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Resolves everything that is open under `review`, and answers the donation as it then stands. What was resolved before stays
/// as it was.
///
/// # Errors
/// [`ResolveReviewError`].
pub async fn resolve_review(
    house: &House,
    (id, review): (DonationId, Review),
    note: &ReviewNote,
    cause: &Cause,
) -> Result<Donation, ResolveReviewError> {
    let now = house.clock.now();
    let decide = |donation: &Donation| donation.resolve_review(review, note, (now, cause));
    let (donation, verdict) = decide_and_save(house, id, decide).await.map_err(|error| match error {
        DecideError::Gone => ResolveReviewError::NotFound,
        DecideError::Busy => ResolveReviewError::Busy,
        DecideError::Store(error) => ResolveReviewError::Store(error),
    })?;
    match verdict {
        Verdict::Applied | Verdict::AlreadyApplied | Verdict::Stays => Ok(donation),
        Verdict::Refused(_) => Err(ResolveReviewError::NotFound),
    }
}
