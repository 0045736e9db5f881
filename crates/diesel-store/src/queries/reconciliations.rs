//! Daily comparisons: whose turn a day is, its report, and what is ours of it.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::ports::{Lease, TakeDay, TakenDay, TimeSpan, WantedBy, WantedDay};
use domain::reconciliation::{Day, DayReport, Difference, ReportStatus, Totals};
use domain::{Donation, DonationId, Instant};
use uuid::Uuid;

use super::donations::with_parts;
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::{DifferenceRow, DonationRow, ReportRow, TotalsRow, TurnRow};
use crate::schema::{attempts, donations, reconciliation_differences, reconciliations, refunds};
use crate::types::{At, Id};

/// The turn counts up with each taker: of two that have read the same one, the second changes no row.
pub(crate) fn take(conn: &mut Conn, wanted: &WantedDay) -> Result<TakeDay, QueryError> {
    let (day, now) = (wanted.day, wanted.now);
    write(conn, |conn| {
        let last: Option<TurnRow> =
            reconciliations::table.find(day.to_string()).select(TurnRow::as_select()).first(conn).optional()?;
        let next = TurnRow::next(day, last.as_ref(), (now, wanted.lease_until));
        let nothing_yet = TotalsRow::of(&Totals::default());
        let taken = match &last {
            None => diesel::insert_into(reconciliations::table)
                .values((next.clone(), nothing_yet))
                .on_conflict_do_nothing()
                .execute(conn)?,
            Some(last) if last.is_leased(now) => 0,
            Some(last) if wanted.wanted_by == WantedBy::Schedule && !last.is_due(day, now)? => {
                return Ok(TakeDay::NotDue);
            }
            Some(last) => {
                let as_read = reconciliations::table.find(&last.day).filter(reconciliations::turn.eq(last.turn));
                diesel::update(as_read).set((next.clone(), nothing_yet)).execute(conn)?
            }
        };
        if taken == 0 {
            return Ok(TakeDay::Busy);
        }
        Ok(TakeDay::Taken(next.taken(day)?))
    })
}

/// The day's row, while it is in these hands. A macro, since no words of Diesel's for its type are shorter.
macro_rules! in_hands_of {
    ($day:expr) => {
        reconciliations::table
            .find($day.day.to_string())
            .filter(reconciliations::turn.eq(i64::from($day.turn)))
            .filter(reconciliations::status.eq(ReportStatus::Running.word()))
    };
}

pub(crate) fn keep(
    conn: &mut Conn,
    day: &TakenDay,
    found: &[Difference],
    lease_until: Instant,
) -> Result<Lease, QueryError> {
    write(conn, |conn| {
        let prolonged = diesel::update(in_hands_of!(day)).set(reconciliations::lease_until.eq(At(lease_until)));
        if prolonged.execute(conn)? == 0 {
            return Ok(Lease::Lost);
        }
        for difference in found {
            let row = DifferenceRow::of(day.day, difference);
            diesel::insert_into(reconciliation_differences::table)
                .values(row.clone())
                .on_conflict((
                    reconciliation_differences::day,
                    reconciliation_differences::kind,
                    reconciliation_differences::order_id,
                    reconciliation_differences::refund_id,
                ))
                .do_update()
                .set(row)
                .execute(conn)?;
        }
        Ok(Lease::Held)
    })
}

pub(crate) fn finish(conn: &mut Conn, day: &TakenDay, totals: &Totals, now: Instant) -> Result<Lease, QueryError> {
    let ended = (
        reconciliations::status.eq(ReportStatus::Done.word()),
        reconciliations::lease_until.eq(None::<At>),
        reconciliations::finished_at.eq(At(now)),
        reconciliations::failures.eq(0_i64),
        TotalsRow::of(totals),
    );
    write(conn, |conn| Ok(lease(diesel::update(in_hands_of!(day)).set(ended).execute(conn)?)))
}

pub(crate) fn break_off(conn: &mut Conn, day: &TakenDay, retry_at: Instant) -> Result<Lease, QueryError> {
    let ended = (
        reconciliations::status.eq(ReportStatus::Failed.word()),
        reconciliations::lease_until.eq(None::<At>),
        reconciliations::retry_at.eq(At(retry_at)),
        reconciliations::failures.eq(i64::from(day.failures) + 1),
    );
    write(conn, |conn| Ok(lease(diesel::update(in_hands_of!(day)).set(ended).execute(conn)?)))
}

const fn lease(rows: usize) -> Lease {
    if rows == 0 { Lease::Lost } else { Lease::Held }
}

pub(crate) fn due(conn: &mut Conn, (first, last): (Day, Day), now: Instant) -> Result<Vec<Day>, QueryError> {
    let turns: Vec<TurnRow> = reconciliations::table
        .filter(reconciliations::day.between(first.to_string(), last.to_string()))
        .select(TurnRow::as_select())
        .load(conn)?;
    let turns: BTreeMap<&str, &TurnRow> = turns.iter().map(|turn| (turn.day.as_str(), turn)).collect();
    let mut due = Vec::new();
    let mut day = last;
    while first <= day {
        if turns.get(day.to_string().as_str()).map_or(Ok(true), |turn| turn.is_due(day, now))? {
            due.push(day);
        }
        day = day.before(1);
    }
    due.reverse();
    Ok(due)
}

pub(crate) fn report(conn: &mut Conn, day: Day) -> Result<Option<DayReport>, QueryError> {
    read(conn, |conn| {
        let row: Option<ReportRow> =
            reconciliations::table.find(day.to_string()).select(ReportRow::as_select()).first(conn).optional()?;
        let Some(row) = row else { return Ok(None) };
        let differences = reconciliation_differences::table
            .filter(reconciliation_differences::day.eq(day.to_string()))
            .select(DifferenceRow::as_select())
            .load(conn)?;
        row.into_report(differences).map(Some)
    })
}

pub(crate) fn donations_in(
    conn: &mut Conn,
    span: &TimeSpan,
    after: Option<DonationId>,
    limit: u32,
) -> Result<Vec<Donation>, QueryError> {
    // The nil UUID comes before every other, and names nothing.
    let after = Id(after.map_or(Uuid::nil(), |after| after.0));
    let (from, until) = (At(span.from), At(span.until));
    read(conn, |conn| {
        let begun: Vec<Id> = attempts::table
            .filter(attempts::started_at.ge(from).and(attempts::started_at.lt(until)))
            .filter(attempts::donation_id.gt(after))
            .order(attempts::donation_id)
            .select(attempts::donation_id)
            .distinct()
            .limit(limit.into())
            .load(conn)?;
        let given_back: Vec<Id> = refunds::table
            .filter(refunds::created_at.ge(from).and(refunds::created_at.lt(until)))
            .filter(refunds::donation_id.gt(after))
            .order(refunds::donation_id)
            .select(refunds::donation_id)
            .distinct()
            .limit(limit.into())
            .load(conn)?;
        let both: BTreeSet<Id> = begun.into_iter().chain(given_back).collect();
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let ids: Vec<Id> = both.into_iter().take(wanted).collect();
        let rows = donations::table
            .filter(donations::id.eq_any(ids))
            .order(donations::id)
            .select(DonationRow::as_select())
            .load(conn)?;
        with_parts(conn, rows)
    })
}
