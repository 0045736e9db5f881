use async_trait::async_trait;
use domain::ports::{DueJobs, Job, JobOutcome, JobQuery, JobRecord, JobStore, StoreError};
use domain::{Instant, JobId};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl JobStore for Store {
    async fn take_due(&self, due: &DueJobs) -> Result<Vec<Job>, StoreError> {
        let due = *due;
        writing!(self, jobs, |conn, jobs| jobs::take_due(conn, &due))
    }

    async fn finish(&self, job: &Job, outcome: &JobOutcome, now: Instant) -> Result<(), StoreError> {
        let (job, outcome) = (job.clone(), outcome.clone());
        writing!(self, jobs, |conn, jobs| jobs::finish(conn, &job, &outcome, now))
    }

    async fn retry(&self, id: JobId, now: Instant) -> Result<Option<JobRecord>, StoreError> {
        writing!(self, jobs, |conn, jobs| jobs::retry(conn, id, now))
    }

    async fn list(&self, query: &JobQuery) -> Result<Vec<JobRecord>, StoreError> {
        let query = *query;
        reading!(self, jobs, |conn, jobs| jobs::list(conn, &query))
    }
}
