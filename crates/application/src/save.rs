//! Deciding again when somebody else was first.

use domain::donation::{Decision, Verdict};
use domain::ports::{Save, StoreError};
use domain::{Donation, DonationId};

use crate::House;
use crate::payment_log::log_steps;

/// How often a decision is made anew before the caller is told to come back. Every conflict means that another writer
/// got its change in, so in a crowd of N writers each needs at most N rounds.
pub(crate) const ROUNDS: u32 = 200;

/// Why a decision could not be stored.
#[derive(Debug, thiserror::Error)]
pub(crate) enum DecideError {
    #[error("there is no such donation")]
    Gone,
    #[error("the donation is being changed by too many at once")]
    Busy,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the donation, decides, and stores what was decided; from the beginning if the donation changed meanwhile. One
/// transaction a round. Answers the donation as it then stands.
pub(crate) async fn decide_and_save(
    house: &House,
    id: DonationId,
    decide: impl Fn(&Donation) -> Decision,
) -> Result<(Donation, Verdict), DecideError> {
    for _ in 0..ROUNDS {
        let donation = house.donations.find(id).await?.ok_or(DecideError::Gone)?;
        let Decision { verdict, change } = decide(&donation);
        let Some(change) = change else {
            return Ok((donation, verdict));
        };
        if let Save::Saved(saved) = house.donations.save(&change).await? {
            log_steps(Some(&donation), &saved, &change.entries);
            return Ok((*saved, verdict));
        }
    }
    Err(DecideError::Busy)
}
