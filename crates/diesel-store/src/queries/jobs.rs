//! Background work.

use diesel::dsl::{AsSelect, SqlTypeOf};
use diesel::prelude::*;
use domain::ports::{DueJobs, Job, JobOutcome, JobQuery, JobRecord, JobStatus};
use domain::{Instant, JobId};

use super::{Conn, Db, read, write};
use crate::error::QueryError;
use crate::rows::JobRow;
use crate::schema::{certificates, jobs};
use crate::types::{At, Id};

/// What is kept of a note, in characters.
const NOTE_LENGTH: usize = 500;

pub(crate) fn take_due(conn: &mut Conn, due: &DueJobs) -> Result<Vec<Job>, QueryError> {
    write(conn, |conn| {
        let query = jobs::table
            .filter(jobs::status.eq(JobStatus::Queued.word()))
            .filter(jobs::run_at.le(At(due.now)))
            .order(jobs::run_at)
            .limit(due.limit.into())
            .select(JobRow::as_select());
        let rows: Vec<JobRow> = that_nobody_holds!(query).load(conn)?;
        let mut taken = Vec::with_capacity(rows.len());
        for row in rows {
            diesel::update(jobs::table.find(row.id))
                .set((jobs::run_at.eq(At(due.lease_until)), jobs::attempts.eq(row.attempts + 1)))
                .execute(conn)?;
            let certificate = match (row.donation_id, row.donation_version) {
                (Some(donation), Some(version)) => certificates::table
                    .filter(certificates::donation_id.eq(donation))
                    .filter(certificates::donation_version.eq(version))
                    .select(certificates::number)
                    .first(conn)
                    .optional()?,
                _ => None,
            };
            taken.push(row.taken(certificate, due.lease_until)?);
        }
        Ok(taken)
    })
}

pub(crate) fn finish(conn: &mut Conn, job: &Job, outcome: &JobOutcome, now: Instant) -> Result<(), QueryError> {
    let (status, run_at, note, tries) = match outcome {
        JobOutcome::Done { note } => (JobStatus::Done, now, note.as_deref(), job.tries),
        JobOutcome::Again { at, why } => (JobStatus::Queued, *at, Some(why.as_str()), job.tries),
        JobOutcome::GivenBack => (JobStatus::Queued, now, None, job.tries.saturating_sub(1)),
        JobOutcome::Parked { why } => (JobStatus::Parked, now, Some(why.as_str()), job.tries),
    };
    let note: Option<String> =
        note.filter(|note| !note.is_empty()).map(|note| note.chars().take(NOTE_LENGTH).collect());
    write(conn, |conn| {
        let leased = jobs::table
            .find(Id(job.id.0))
            .filter(jobs::status.eq(JobStatus::Queued.word()))
            .filter(jobs::run_at.eq(At(job.lease_until)))
            .filter(jobs::attempts.eq(i64::from(job.tries)));
        diesel::update(leased)
            .set((
                jobs::status.eq(status.word()),
                jobs::run_at.eq(At(run_at)),
                jobs::attempts.eq(i64::from(tries)),
                jobs::note.eq(note),
            ))
            .execute(conn)?;
        Ok(())
    })
}

pub(crate) fn retry(conn: &mut Conn, id: JobId, now: Instant) -> Result<Option<JobRecord>, QueryError> {
    let row: Option<JobRow> = write(conn, |conn| {
        let parked = jobs::table.find(Id(id.0)).filter(jobs::status.eq(JobStatus::Parked.word()));
        diesel::update(parked)
            .set((jobs::status.eq(JobStatus::Queued.word()), jobs::run_at.eq(At(now)), jobs::attempts.eq(0_i64)))
            .execute(conn)?;
        jobs::table.find(Id(id.0)).select(JobRow::as_select()).first(conn).optional()
    })?;
    row.map(JobRow::into_record).transpose()
}

type Page = jobs::BoxedQuery<'static, Db, SqlTypeOf<AsSelect<JobRow, Db>>>;

pub(super) fn page(query: &JobQuery) -> Page {
    let mut rows = jobs::table
        .order((jobs::created_at.desc(), jobs::id.desc()))
        .limit(query.limit.into())
        .select(JobRow::as_select())
        .into_boxed::<Db>();
    if let Some(donation) = query.donation {
        rows = rows.filter(jobs::donation_id.eq(Id(donation.0)));
    }
    if let Some(status) = query.status {
        rows = rows.filter(jobs::status.eq(status.word()));
    }
    if let Some((at, id)) = query.after {
        let (at, id) = (At(at), Id(id.0));
        let later = jobs::created_at.lt(at).or(jobs::id.lt(id));
        rows = rows.filter(jobs::created_at.le(at)).filter(later);
    }
    rows
}

pub(crate) fn list(conn: &mut Conn, query: &JobQuery) -> Result<Vec<JobRecord>, QueryError> {
    let rows: Vec<JobRow> = read(conn, |conn| page(query).load(conn))?;
    rows.into_iter().map(JobRow::into_record).collect()
}
