//! An operator corrects the name on a certificate. One transaction: the certificate with the wrong name is replaced by one with the
//! right name, with a number of its own, the step stands on the timeline, and the mail with the new certificate is queued.
//!
//! A refund at the same time is decided before or after it, never beside it: whoever comes second finds the donation changed and
//! decides anew, so that there is one valid certificate, or none once all was given back.

use domain::donation::{Cause, NameCorrection, Verdict};
use domain::ports::StoreError;
use domain::{Donation, DonationId};

use crate::House;
use crate::save::{DecideError, decide_and_save};

/// Why the name was not corrected.
#[derive(Debug, thiserror::Error)]
pub enum CorrectNameError {
    /// There is no such donation.
    #[error("not found")]
    NotFound,
    /// No certificate of it is valid, or its donor was forgotten.
    #[error("there is no certificate to correct")]
    NothingToCorrect,
    /// The name has letters that no certificate can show.
    #[error("no certificate can show {}", .0.iter().collect::<String>())]
    Unprintable(Vec<char>),
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Corrects the name, and answers the donation as it then stands. If the valid certificate bears the name already nothing is done, so
/// that whoever asks twice makes one certificate.
///
/// # Errors
/// [`CorrectNameError`].
pub async fn correct_certificate_name(
    house: &House,
    id: DonationId,
    correction: &NameCorrection,
    cause: &Cause,
) -> Result<Donation, CorrectNameError> {
    let unprintable = house.renderer.unprintable(correction.name.as_str());
    if !unprintable.is_empty() {
        return Err(CorrectNameError::Unprintable(unprintable));
    }
    let now = house.clock.now();
    let decide = |donation: &Donation| donation.correct_name(correction, (now, cause));
    let (donation, verdict) = decide_and_save(house, id, decide).await.map_err(|error| match error {
        DecideError::Gone => CorrectNameError::NotFound,
        DecideError::Busy => CorrectNameError::Busy,
        DecideError::Store(error) => CorrectNameError::Store(error),
    })?;
    match verdict {
        Verdict::Applied | Verdict::AlreadyApplied | Verdict::Stays => Ok(donation),
        Verdict::Refused(_) => Err(CorrectNameError::NothingToCorrect),
    }
}
