//! The donor gives up. One transaction. The order at the gateway stays payable until it expires (Ioka has no call that
//! ends an unpaid one); if it is paid after all, the money wins.

use domain::donation::{Cause, Decision, DonationEvent, DonationStatus, Refusal, Verdict};
use domain::ports::StoreError;
use domain::{Donation, DonationId};

use crate::House;
use crate::access::{Access, visible};
use crate::read_donations::ReadError;
use crate::save::{DecideError, decide_and_save};

/// Why it was not cancelled.
#[derive(Debug, thiserror::Error)]
pub enum CancelDonationError {
    /// There is none, or it is not the caller's to cancel.
    #[error("not found")]
    NotFound,
    /// Only a donation that waits for its payment can be cancelled.
    #[error("a donation that is {} cannot be cancelled", .0.word())]
    InvalidState(DonationStatus),
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Cancels a donation that is `pending` or `awaiting_payment`, and answers it as it then stands.
///
/// # Errors
/// [`CancelDonationError`]; then it is as it was.
#[tracing::instrument(target = "telemetry", name = "cancel_donation", skip_all, fields(donation.id = %id))]
pub async fn cancel_donation(
    house: &House,
    id: DonationId,
    access: &Access,
    cause: &Cause,
) -> Result<Donation, CancelDonationError> {
    visible(house, id, access).await.map_err(|error| match error {
        ReadError::NotFound => CancelDonationError::NotFound,
        ReadError::Store(error) => CancelDonationError::Store(error),
    })?;
    let now = house.clock.now();
    let (donation, verdict) = decide_and_save(house, id, |donation| match donation.status() {
        DonationStatus::Pending | DonationStatus::AwaitingPayment => {
            donation.apply(&DonationEvent::DonorCancelled, now, cause)
        }
        _ => Decision { verdict: Verdict::Refused(Refusal::NotCancellable), change: None },
    })
    .await
    .map_err(|error| match error {
        DecideError::Gone => CancelDonationError::NotFound,
        DecideError::Busy => CancelDonationError::Busy,
        DecideError::Store(error) => CancelDonationError::Store(error),
    })?;
    match verdict {
        Verdict::Applied | Verdict::AlreadyApplied | Verdict::Stays => Ok(donation),
        Verdict::Refused(_) => Err(CancelDonationError::InvalidState(donation.status())),
    }
}
