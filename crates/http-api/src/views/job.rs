//! Background work as the API shows it.

use domain::donation::Work;
use domain::ports::JobRecord;
use serde::Serialize;

use super::timestamp;

/// A piece of background work.
#[derive(Debug, Serialize)]
pub struct JobView {
    id: String,
    donation_id: Option<String>,
    account_id: Option<String>,
    kind: &'static str,
    refund_id: Option<String>,
    status: &'static str,
    tries: u32,
    /// When it is due, or its lease ends; of one that has ended, when it did.
    due_at: String,
    queued_at: String,
    note: Option<String>,
}

impl JobView {
    /// The job.
    pub fn new(job: &JobRecord) -> Self {
        Self {
            id: job.id.to_string(),
            donation_id: job.task.donation().map(|id| id.to_string()),
            account_id: job.task.account().map(|id| id.to_string()),
            kind: job.task.word(),
            refund_id: job.task.work().and_then(Work::refund).map(|refund| refund.to_string()),
            status: job.status.word(),
            tries: job.tries,
            due_at: timestamp(job.due_at),
            queued_at: timestamp(job.queued_at),
            note: job.note.clone(),
        }
    }
}
