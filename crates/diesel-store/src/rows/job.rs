//! A job's row.

use diesel::prelude::*;
use domain::donation::Work;
use domain::ports::{Job, JobRecord, JobStatus, Task};
use domain::{AccountId, AccountMail, CertificateNumber, Donation, DonationId, Instant, JobId, RefundId};

use super::{count, damaged, known};
use crate::error::QueryError;
use crate::schema::jobs;
use crate::types::{At, Id};

/// A row of `jobs`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = jobs, treat_none_as_default_value = false)]
pub(crate) struct JobRow {
    pub(crate) id: Id,
    pub(crate) donation_id: Option<Id>,
    pub(crate) donation_version: Option<i64>,
    account_id: Option<Id>,
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
            donation_id: Some(Id(donation.id.0)),
            donation_version: Some(donation.version),
            account_id: None,
            kind: work.word().to_owned(),
            refund_id: work.refund().map(|refund| Id(refund.0)),
            status: JobStatus::Queued.word().to_owned(),
            run_at: At(now),
            attempts: 0,
            created_at: At(now),
            note: None,
        }
    }

    /// A mail to an account, or to nobody.
    pub(crate) fn mail(id: JobId, (account, mail): (Option<AccountId>, AccountMail), now: Instant) -> Self {
        Self {
            id: Id(id.0),
            donation_id: None,
            donation_version: None,
            account_id: account.map(|account| Id(account.0)),
            kind: mail.word().to_owned(),
            refund_id: None,
            status: JobStatus::Queued.word().to_owned(),
            run_at: At(now),
            attempts: 0,
            created_at: At(now),
            note: None,
        }
    }

    /// A mail to somebody who answers for the money.
    pub(crate) fn operators(id: JobId, account: Option<AccountId>, now: Instant) -> Self {
        let kind = Task::OPERATORS.to_owned();
        Self { kind, ..Self::mail(id, (account, AccountMail::ConfirmEmail), now) }
    }

    /// The job as it ended, or as far as it has come.
    #[cfg(feature = "bulk")]
    pub(crate) fn ended(self, end: &crate::bulk::WorkEnd) -> Self {
        Self {
            status: end.status.word().to_owned(),
            run_at: At(end.at),
            attempts: end.tries.into(),
            note: end.note.clone(),
            ..self
        }
    }

    /// The job as it was just taken.
    pub(crate) fn taken(self, certificate: Option<String>, lease_until: Instant) -> Result<Job, QueryError> {
        Ok(Job {
            id: JobId(self.id.0),
            task: self.task()?,
            certificate: certificate.map(CertificateNumber::from_text),
            tries: count("jobs.attempts", self.attempts + 1)?,
            queued_at: self.created_at.0,
            lease_until,
        })
    }

    pub(crate) fn into_record(self) -> Result<JobRecord, QueryError> {
        Ok(JobRecord {
            id: JobId(self.id.0),
            task: self.task()?,
            status: known("jobs.status", &self.status, JobStatus::from_word)?,
            tries: count("jobs.attempts", self.attempts)?,
            due_at: self.run_at.0,
            queued_at: self.created_at.0,
            note: self.note,
        })
    }

    fn task(&self) -> Result<Task, QueryError> {
        let refund = self.refund_id.map(|id| RefundId(id.0));
        let account = self.account_id.map(|id| AccountId(id.0));
        let task = match self.donation_id {
            Some(id) => Work::from_word(&self.kind, refund).map(|work| Task::Donation(DonationId(id.0), work)),
            None if self.kind == Task::OPERATORS => Some(Task::Operators(account)),
            None => AccountMail::from_word(&self.kind).map(|mail| Task::Account(account, mail)),
        };
        task.ok_or_else(|| damaged("jobs.kind"))
    }
}
