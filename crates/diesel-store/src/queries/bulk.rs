//! Writing many rows at once: a statement for as many of them as a statement may have values.

use std::collections::BTreeMap;

use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use domain::search::{certificate_terms, terms};
use domain::{CertificateNumber, Donation};

use super::{Conn, write};
use crate::bulk::{Bulk, Certified, Story};
use crate::error::QueryError;
use crate::rows::{
    AccountRow, AttemptRow, AuditRow, CertificateRow, DeliveryRow, DifferenceRow, FinishedDayRow, IndexedDonationRow,
    JobRow, RefundRow, ReviewRow, TimelineRow,
};
use crate::schema::{
    accounts, attempts, audit_entries, certificate_sequences, certificates, deliveries, donation_reviews,
    donation_terms, donations, jobs, reconciliation_differences, reconciliations, refunds, timeline_entries,
};
use crate::types::Id;

/// SQLite takes 32 766 values in one statement, PostgreSQL 65 535.
const MOST_VALUES: usize = 30_000;

macro_rules! insert_all {
    ($conn:expr, $table:ident, $rows:expr) => {{ insert_all!($conn, $table, $rows, MOST_COLUMNS) }};
    ($conn:expr, $table:ident, $rows:expr, $columns:expr) => {{
        for rows in $rows.chunks(MOST_VALUES / $columns) {
            diesel::insert_into($table::table).values(rows).execute($conn)?;
        }
    }};
}

/// So many columns the widest table has.
const MOST_COLUMNS: usize = 26;

pub(crate) fn write_all(conn: &mut Conn, bulk: &Bulk) -> Result<(), QueryError> {
    write(conn, |conn| {
        let rows: Vec<_> = bulk.accounts.iter().map(AccountRow::of).collect();
        insert_all!(conn, accounts, rows);
        write_stories(conn, &bulk.stories)?;
        write_certificates(conn, &bulk.certificates)?;
        let mut rows: Vec<_> =
            bulk.mails.iter().map(|mail| JobRow::mail(mail.id, mail.mail, mail.queued_at).ended(&mail.end)).collect();
        let works = bulk.stories.iter().flat_map(|story| &story.changes).flat_map(|(change, ends)| {
            let queued = |work| JobRow::queued(work, &change.donation, change.donation.updated_at);
            change.work.iter().zip(ends).map(move |(work, end)| queued(*work).ended(end))
        });
        rows.extend(works);
        insert_all!(conn, jobs, rows);
        let rows: Vec<_> = bulk.deliveries.iter().map(DeliveryRow::of).collect();
        insert_all!(conn, deliveries, rows);
        let rows: Vec<_> = bulk.days.iter().map(FinishedDayRow::of).collect();
        insert_all!(conn, reconciliations, rows);
        let differences = bulk
            .days
            .iter()
            .flat_map(|report| report.differences.iter().map(|difference| DifferenceRow::of(report.day, difference)));
        let rows: Vec<_> = differences.collect();
        insert_all!(conn, reconciliation_differences, rows);
        let rows: Vec<_> = bulk.audit.iter().map(AuditRow::of).collect();
        insert_all!(conn, audit_entries, rows);
        Ok(())
    })
}

/// A row of `donation_terms`.
#[derive(Insertable)]
#[diesel(table_name = donation_terms)]
struct TermRow {
    donation_id: Id,
    term: String,
}

const TERM_COLUMNS: usize = 2;

fn last(story: &Story) -> &Donation {
    story.changes.last().map_or(&story.created, |(change, _)| &change.donation)
}

fn write_stories(conn: &mut Conn, stories: &[Story]) -> Result<(), QueryError> {
    let rows: Vec<_> = stories.iter().map(|story| IndexedDonationRow::of(last(story))).collect();
    insert_all!(conn, donations, rows);
    let found_by = stories.iter().flat_map(|story| {
        let donation = last(story);
        terms(donation, &[]).into_iter().map(|term| TermRow { donation_id: Id(donation.id.0), term })
    });
    let rows: Vec<_> = found_by.collect();
    insert_all!(conn, donation_terms, rows, TERM_COLUMNS);
    let checked = stories.iter().flat_map(|story| {
        AttemptRow::all_of(last(story)).into_iter().map(|row| row.next_checked_at(story.next_check_at))
    });
    let rows: Vec<_> = checked.collect();
    insert_all!(conn, attempts, rows);
    let checked = stories.iter().flat_map(|story| {
        RefundRow::all_of(last(story)).into_iter().map(|row| row.next_checked_at(story.next_check_at))
    });
    let rows: Vec<_> = checked.collect();
    insert_all!(conn, refunds, rows);
    let rows: Vec<_> = stories.iter().flat_map(|story| ReviewRow::all_of(last(story))).collect();
    insert_all!(conn, donation_reviews, rows);
    let told = stories.iter().flat_map(|story| {
        let first = TimelineRow::all_of(&story.created, std::slice::from_ref(&story.entry));
        let later = story.changes.iter().flat_map(|(change, _)| TimelineRow::all_of(&change.donation, &change.entries));
        first.into_iter().chain(later)
    });
    let rows: Vec<_> = told.collect();
    insert_all!(conn, timeline_entries, rows);
    Ok(())
}

/// The numbers go on from the last ones that were given.
fn write_certificates(conn: &mut Conn, certified: &[Certified]) -> Result<(), QueryError> {
    if certified.is_empty() {
        return Ok(());
    }
    use certificate_sequences as sequences;
    let known: Vec<(String, i64, i64)> =
        sequences::table.select((sequences::series, sequences::year, sequences::last)).load(conn)?;
    let mut given: BTreeMap<(String, i64), i64> =
        known.into_iter().map(|(series, year, last)| ((series, year), last)).collect();
    let (mut rows, mut found_by) = (Vec::with_capacity(certified.len()), Vec::new());
    for certified in certified {
        let year = certified.draft.year();
        let last = given.entry((certified.draft.series().to_owned(), year.into())).or_default();
        *last += 1;
        let of = (certified.donation, certified.version);
        let number = CertificateNumber::new(certified.draft.series(), year, *last);
        let donation_id = Id(certified.donation.0);
        found_by.extend(certificate_terms(&number).into_iter().map(|term| TermRow { donation_id, term }));
        rows.push(CertificateRow::numbered(of, &certified.draft, (year, *last)).with_status(certified.status));
    }
    insert_all!(conn, certificates, rows);
    // A donation's second certificate can have a beginning in common with its first.
    found_by.sort_unstable_by(|a, b| (a.donation_id, &a.term).cmp(&(b.donation_id, &b.term)));
    found_by.dedup_by(|a, b| (a.donation_id, &a.term) == (b.donation_id, &b.term));
    insert_all!(conn, donation_terms, found_by, TERM_COLUMNS);
    for ((series, year), last) in given {
        diesel::insert_into(sequences::table)
            .values((sequences::series.eq(series), sequences::year.eq(year), sequences::last.eq(last)))
            .on_conflict((sequences::series, sequences::year))
            .do_update()
            .set(sequences::last.eq(last))
            .execute(conn)?;
    }
    Ok(())
}

pub(crate) fn analyze(conn: &mut Conn) -> Result<(), QueryError> {
    Ok(conn.batch_execute("ANALYZE")?)
}
