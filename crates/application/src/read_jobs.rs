//! Looking at background work, and having a dead letter tried anew.

use domain::ports::{JobQuery, JobRecord, StoreError};
use domain::{Instant, JobId};

use crate::House;

/// Jobs, newest first, and the place after which the next page begins, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn list_jobs(
    house: &House,
    query: JobQuery,
) -> Result<(Vec<JobRecord>, Option<(Instant, JobId)>), StoreError> {
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut jobs = house.jobs.list(&JobQuery { limit: query.limit.saturating_add(1), ..query }).await?;
    let more = jobs.len() > wanted;
    jobs.truncate(wanted);
    let next = jobs.last().filter(|_| more).map(|last| (last.queued_at, last.id));
    Ok((jobs, next))
}

/// Has a parked job tried anew; one that is not parked is given as it is, `None` if there is no such job.
///
/// # Errors
/// [`StoreError`].
pub async fn retry_job(house: &House, id: JobId) -> Result<Option<JobRecord>, StoreError> {
    house.jobs.retry(id, house.clock.now()).await
}
