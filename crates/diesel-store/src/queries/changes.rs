//! Writing a change of a donation: everything that belongs to it, in the caller's transaction.

use diesel::dsl::case_when;
use diesel::prelude::*;
use diesel::result::Error;
use diesel::upsert::excluded;
use domain::Donation;
use domain::donation::{Change, TimelineEntry};

use super::Conn;
use super::certificate_changes::change_certificate;
use super::search::write_terms;
use crate::error::QueryError;
use crate::rows::{AttemptRow, DonationRow, JobRow, RefundRow, ReviewRow, TimelineRow};
use crate::schema::{attempts, donation_reviews, donations, jobs, refunds, timeline_entries};
use crate::types::{At, Id};

/// Why a transaction is rolled back.
#[derive(Debug)]
pub(super) enum Abort {
    /// The stored donation is not the one that the change was made from.
    Conflict,
    /// Anything else.
    Failed(QueryError),
}

impl From<Error> for Abort {
    fn from(error: Error) -> Self {
        Self::Failed(error.into())
    }
}

impl From<QueryError> for Abort {
    fn from(error: QueryError) -> Self {
        Self::Failed(error)
    }
}

/// Writes the change. The donation's row comes first: whoever gets past the version check holds it until the end of
/// the transaction. The certificate comes as late as it can, since its series is everybody's and held from there on; after it come
/// the terms, which its number is one of.
pub(super) fn apply(conn: &mut Conn, change: &Change) -> Result<(), Abort> {
    let donation = &change.donation;
    let stored = donations::table
        .filter(donations::id.eq(Id(donation.id.0)))
        .filter(donations::version.eq(donation.version - 1));
    let updated = diesel::update(stored).set(DonationRow::of(donation)).execute(conn)?;
    if updated == 0 {
        return Err(Abort::Conflict);
    }
    write_parts(conn, donation)?;
    write_timeline(conn, donation, &change.entries)?;
    for work in &change.work {
        diesel::insert_into(jobs::table)
            .values(JobRow::queued(*work, donation, donation.updated_at))
            .on_conflict(jobs::id)
            .do_nothing()
            .execute(conn)?;
    }
    if let Some(certificate) = &change.certificate {
        change_certificate(conn, donation, certificate)?;
    }
    write_terms(conn, donation)?;
    Ok(())
}

/// Writes attempts, refunds and reviews as they are to be.
pub(super) fn write_parts(conn: &mut Conn, donation: &Donation) -> Result<(), QueryError> {
    for row in AttemptRow::all_of(donation) {
        // A settled attempt has no next check, an open one keeps the one that it has.
        let next_check_at = attempts::next_check_at.eq(row.first_check_at(At(donation.updated_at)));
        let decided_now = excluded(attempts::next_check_at);
        let open_and_decided = decided_now.is_not_null().and(attempts::next_check_at.is_not_null());
        let kept_or_new = case_when(open_and_decided, attempts::next_check_at).otherwise(decided_now);
        diesel::insert_into(attempts::table)
            .values((row.clone(), next_check_at))
            .on_conflict((attempts::donation_id, attempts::number))
            .do_update()
            .set((row, attempts::next_check_at.eq(kept_or_new)))
            .execute(conn)?;
    }
    write_refunds(conn, donation)?;
    for row in ReviewRow::all_of(donation) {
        diesel::insert_into(donation_reviews::table)
            .values(row.clone())
            .on_conflict((donation_reviews::donation_id, donation_reviews::review, donation_reviews::subject))
            .do_update()
            .set(row)
            .execute(conn)?;
    }
    Ok(())
}

/// Two refunds that turned out to be one have become one row: the other goes first, because both may bear the gateway's name.
fn write_refunds(conn: &mut Conn, donation: &Donation) -> Result<(), QueryError> {
    let rows = RefundRow::all_of(donation);
    if rows.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let gone = refunds::table.filter(refunds::donation_id.eq(Id(donation.id.0))).filter(refunds::id.ne_all(ids));
    diesel::delete(gone).execute(conn)?;
    for row in rows {
        // As with attempts: a final one has no next check, a pending one keeps the one that it has.
        let next_check_at = refunds::next_check_at.eq(row.first_check_at());
        let decided_now = excluded(refunds::next_check_at);
        let pending_and_decided = decided_now.is_not_null().and(refunds::next_check_at.is_not_null());
        let kept_or_new = case_when(pending_and_decided, refunds::next_check_at).otherwise(decided_now);
        diesel::insert_into(refunds::table)
            .values((row.clone(), next_check_at))
            .on_conflict(refunds::id)
            .do_update()
            .set((row, refunds::next_check_at.eq(kept_or_new)))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn write_timeline(
    conn: &mut Conn,
    donation: &Donation,
    entries: &[TimelineEntry],
) -> Result<(), QueryError> {
    for row in TimelineRow::all_of(donation, entries) {
        diesel::insert_into(timeline_entries::table).values(row).execute(conn)?;
    }
    Ok(())
}
