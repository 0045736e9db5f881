//! An operator has the certificate's mail sent once more. One transaction: the wish on the timeline, and the job. The mail goes to the
//! donation's own address: nobody can name another one.
//!
//! Whoever clicks twice gets one mail: a wish that comes while the last one's mail still waits, or within a minute of it, is answered
//! with the same job. The jobs are read after the donation, so that of two wishes at once the second either sees the first one's job
//! or is told that the donation has changed, and looks again.

use chrono::TimeDelta;
use domain::donation::{Cause, Work};
use domain::ports::{JobQuery, JobRecord, JobStatus, Save, StoreError, Task};
use domain::{DonationId, Instant};

use crate::House;
use crate::payment_log::log_steps;
use crate::save::ROUNDS;

/// Two wishes within this time are one.
const ONE_WISH_WITHIN: TimeDelta = TimeDelta::minutes(1);

/// More than a donation has of them in a minute.
const LATEST_JOBS: u32 = 100;

/// Why nothing will be sent.
#[derive(Debug, thiserror::Error)]
pub enum SendReceiptError {
    /// There is no such donation.
    #[error("not found")]
    NotFound,
    /// No certificate of it is valid, or its donor was forgotten.
    #[error("there is no certificate to send, or nobody to send it to")]
    NothingToSend,
    /// Changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Queues the mail, and answers its job.
///
/// # Errors
/// [`SendReceiptError`].
#[tracing::instrument(target = "telemetry", name = "send_receipt", skip_all, fields(donation.id = %id))]
pub async fn send_receipt(house: &House, id: DonationId, cause: &Cause) -> Result<JobRecord, SendReceiptError> {
    for _ in 0..ROUNDS {
        let donation = house.donations.find(id).await?.ok_or(SendReceiptError::NotFound)?;
        let now = house.clock.now();
        let change = donation.plan_receipt(now, cause).ok_or(SendReceiptError::NothingToSend)?;
        if let Some(same_wish) = wishes(house, id).await?.into_iter().find(|job| is_the_same_wish(job, now)) {
            return Ok(same_wish);
        }
        if let Save::Saved(saved) = house.donations.save(&change).await? {
            log_steps(Some(&donation), &saved, &change.entries);
            let queued = Work::SendCertificateAgain.job_id(&saved);
            let job = wishes(house, id).await?.into_iter().find(|job| job.id == queued);
            return job.ok_or_else(|| StoreError::Failed("the job that was queued is not there".to_owned()).into());
        }
    }
    Err(SendReceiptError::Busy)
}

/// The jobs of the latest wishes.
async fn wishes(house: &House, id: DonationId) -> Result<Vec<JobRecord>, StoreError> {
    let query = JobQuery { donation: Some(id), status: None, after: None, limit: LATEST_JOBS };
    let mut jobs = house.jobs.list(&query).await?;
    jobs.retain(|job| job.task == Task::Donation(id, Work::SendCertificateAgain));
    Ok(jobs)
}

/// One that was given up is not: then somebody has mended something and tries anew.
fn is_the_same_wish(job: &JobRecord, now: Instant) -> bool {
    match job.status {
        JobStatus::Queued => true,
        JobStatus::Done => now < job.queued_at + ONE_WISH_WITHIN,
        JobStatus::Parked => false,
    }
}
