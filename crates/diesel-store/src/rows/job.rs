//! A job's row.

use diesel::prelude::*;
use domain::donation::Work;
use domain::ports::{Job, JobRecord, JobStatus};
use domain::{CertificateNumber, Donation, DonationId, Instant, JobId, RefundId};

use super::{count, damaged, known};
use crate::error::QueryError;
use crate::schema::jobs;
use crate::types::{At, Id};

/// A row of `jobs`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs)]
pub(crate) struct JobRow {
    pub(crate) id: Id,
    pub(crate) donation_id: Id,
    pub(crate) donation_version: i64,
    kind: String,
    refund_id: Option<Id>,
    status: String,
    run_at: At,
    pub(crate) attempts: i64,
    created_at: At,
    note: Option<String>,
}

impl JobRow {
    pub(crate) fn queued(work: Work, donation: &Donation, now: Instant) -> Self {
        Self {
            id: Id(work.job_id(donation).0),
            donation_id: Id(donation.id.0),
            donation_version: donation.version,
            kind: work.word().to_owned(),
            refund_id: work.refund().map(|refund| Id(refund.0)),
            status: JobStatus::Queued.word().to_owned(),
            run_at: At(now),
            attempts: 0,
            created_at: At(now),
            note: None,
        }
    }

    /// The job as it was just taken.
    pub(crate) fn taken(self, certificate: Option<String>, lease_until: Instant) -> Result<Job, QueryError> {
        Ok(Job {
            id: JobId(self.id.0),
            donation: DonationId(self.donation_id.0),
            certificate: certificate.map(CertificateNumber::from_text),
            work: self.work()?,
            tries: count("jobs.attempts", self.attempts + 1)?,
            queued_at: self.created_at.0,
            lease_until,
        })
    }

    pub(crate) fn into_record(self) -> Result<JobRecord, QueryError> {
        Ok(JobRecord {
            id: JobId(self.id.0),
            donation: DonationId(self.donation_id.0),
            work: self.work()?,
            status: known("jobs.status", &self.status, JobStatus::from_word)?,
            tries: count("jobs.attempts", self.attempts)?,
            due_at: self.run_at.0,
            queued_at: self.created_at.0,
            note: self.note,
        })
    }

    fn work(&self) -> Result<Work, QueryError> {
        let refund = self.refund_id.map(|id| RefundId(id.0));
        Work::from_word(&self.kind, refund).ok_or_else(|| damaged("jobs.kind"))
    }
}
