//! What was begun, paid and declined over time, added up by the database.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use domain::Tenge;
use domain::donation::DeclineReason;
use domain::ports::{DaySpan, Figures, GatewayMode, Series};
use domain::reconciliation::{Bucket, Day};

use super::campaign_progress::TREES;
use super::{Conn, day_number, month_number, read};
use crate::error::QueryError;
use crate::schema::{donations, timeline_entries};
use crate::types::{At, DbTimestamp};

/// Written out, for a database uses an index of some of the rows only if the query has that index's own condition in it.
const PAID: &str = "completed_at IS NOT NULL";
const DECLINED: &str = "timeline_entries.kind = 'payment.declined'";

const AMOUNT: &str = "CAST(COALESCE(SUM(amount), 0) AS BIGINT)";
const REFUNDED: &str = "CAST(COALESCE(SUM(refunded_amount), 0) AS BIGINT)";

/// Without a key is who was forgotten.
const DONORS: &str = "COUNT(DISTINCT CASE WHEN refunded_amount < amount THEN donor_email_key END)
    + COUNT(CASE WHEN refunded_amount < amount AND donor_email_key IS NULL THEN 1 END)";

/// Begun, and paid since.
type Begun = (i64, i64);
/// Paid, amount, refunded, trees, donors.
type Paid = (i64, i64, i64, i64, i64);

macro_rules! begun_sums {
    () => {
        (sql::<BigInt>("COUNT(*)"), sql::<BigInt>("COUNT(completed_at)"))
    };
}

macro_rules! paid_sums {
    () => {
        (
            sql::<BigInt>("COUNT(*)"),
            sql::<BigInt>(AMOUNT),
            sql::<BigInt>(REFUNDED),
            sql::<BigInt>(TREES),
            sql::<BigInt>(DONORS),
        )
    };
}

/// The donations that were begun in the span.
macro_rules! begun {
    ($span:expr) => {
        donations::table
            .filter(donations::test_mode.eq($span.mode == GatewayMode::Test))
            .filter(donations::created_at.ge(At($span.from.span().from)))
            .filter(donations::created_at.lt(At($span.to.span().from)))
    };
}

/// The donations that were paid in the span.
macro_rules! paid {
    ($span:expr) => {
        donations::table
            .filter(sql::<Bool>(PAID))
            .filter(donations::test_mode.eq($span.mode == GatewayMode::Test))
            .filter(donations::completed_at.ge(At($span.from.span().from)))
            .filter(donations::completed_at.lt(At($span.to.span().from)))
    };
}

/// Any instant of a bucket tells which one it is; the first one there is the one that is asked for.
macro_rules! begun_by {
    ($span:expr, $bucket:expr) => {
        begun!($span)
            .group_by(sql::<BigInt>(&number($bucket, "created_at")))
            .select((sql::<DbTimestamp>("MIN(created_at)"), begun_sums!()))
    };
}

macro_rules! paid_by {
    ($span:expr, $bucket:expr) => {
        paid!($span)
            .group_by(sql::<BigInt>(&number($bucket, "completed_at")))
            .select((sql::<DbTimestamp>("MIN(completed_at)"), paid_sums!()))
    };
}

/// A condition and no join, so that SQLite begins with the declines.
macro_rules! declines {
    ($span:expr) => {
        timeline_entries::table
            .filter(sql::<Bool>(DECLINED))
            .filter(timeline_entries::at.ge(At($span.from.span().from)))
            .filter(timeline_entries::at.lt(At($span.to.span().from)))
            .filter(exists(
                donations::table
                    .filter(donations::id.eq(timeline_entries::donation_id))
                    .filter(donations::test_mode.eq($span.mode == GatewayMode::Test)),
            ))
            .group_by(sql::<Text>("timeline_entries.details ->> 'reason'"))
            .select((sql::<Text>("timeline_entries.details ->> 'reason'"), sql::<BigInt>("COUNT(*)")))
    };
}

/// The expression that numbers the buckets. 1970-01-01 was a Thursday.
fn number(bucket: Bucket, column: &str) -> String {
    match bucket {
        Bucket::Day => day_number(column),
        Bucket::Week => format!("(({} + 3) / 7)", day_number(column)),
        Bucket::Month => month_number(column),
    }
}

pub(crate) fn series(conn: &mut Conn, days: &DaySpan, bucket: Bucket) -> Result<Series, QueryError> {
    read(conn, |conn| {
        let begun: Vec<(At, Begun)> = begun_by!(days, bucket).load(conn)?;
        let paid: Vec<(At, Paid)> = paid_by!(days, bucket).load(conn)?;
        let mut buckets: BTreeMap<Day, Figures> = BTreeMap::new();
        let first_day = |at: At| bucket.first_day(Day::of(at.0));
        for (at, begun) in begun {
            put_begun(buckets.entry(first_day(at)).or_default(), begun);
        }
        for (at, paid) in paid {
            put_paid(buckets.entry(first_day(at)).or_default(), paid)?;
        }
        let reasons: Vec<(String, i64)> = declines!(days).load(conn)?;
        let reason = |(word, times): (String, i64)| {
            let reason = DeclineReason::from_word(&word).ok_or_else(|| QueryError::broken("an unknown reason"))?;
            Ok::<_, QueryError>((reason, count(times)))
        };
        let mut declines = reasons.into_iter().map(reason).collect::<Result<Vec<_>, _>>()?;
        declines.sort_by_key(|(reason, times)| (Reverse(*times), reason.word()));
        Ok(Series { buckets, total: figures_of(conn, days)?, declines })
    })
}

pub(crate) fn figures(conn: &mut Conn, spans: &[DaySpan]) -> Result<Vec<Figures>, QueryError> {
    read(conn, |conn| spans.iter().map(|span| figures_of(conn, span)).collect())
}

fn figures_of(conn: &mut Conn, span: &DaySpan) -> Result<Figures, QueryError> {
    let mut figures = Figures::default();
    put_begun(&mut figures, begun!(span).select(begun_sums!()).first(conn)?);
    put_paid(&mut figures, paid!(span).select(paid_sums!()).first(conn)?)?;
    Ok(figures)
}

fn put_begun(figures: &mut Figures, (started, converted): Begun) {
    (figures.started, figures.converted) = (count(started), count(converted));
}

fn put_paid(figures: &mut Figures, (paid, amount, refunded, trees, donors): Paid) -> Result<(), QueryError> {
    let money = |sum| Tenge::from_i64(sum).map_err(|_| QueryError::broken("a sum over donations is below zero"));
    (figures.paid, figures.trees, figures.donors) = (count(paid), count(trees), count(donors));
    (figures.amount, figures.refunded) = (money(amount)?, money(refunded)?);
    Ok(())
}

/// A database counts from 0 upwards.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::super::plan_of;
    use super::*;

    /// No row of the table is read: all that is added up stands in the index.
    #[tokio::test]
    async fn indexes_alone_serve_what_was_begun_and_paid() {
        let (from, to) = (Day::parse("2026-11-01").unwrap(), Day::parse("2026-11-02").unwrap());
        let span = DaySpan { mode: GatewayMode::Real, from, to };
        for bucket in Bucket::ALL {
            for (plan, index) in [
                (plan_of(begun_by!(span, bucket)).await, "donations_begun"),
                (plan_of(begun!(span).select(begun_sums!())).await, "donations_begun"),
                (plan_of(paid_by!(span, bucket)).await, "donations_paid_by_day"),
                (plan_of(paid!(span).select(paid_sums!())).await, "donations_paid_by_day"),
            ] {
                let alone = [format!("USING COVERING INDEX {index} ("), format!("Index Only Scan using {index} on")];
                assert!(alone.iter().any(|words| plan.contains(words)), "{bucket:?}: {plan}");
            }
        }
    }

    #[tokio::test]
    async fn declines_come_from_the_index_of_steps_by_kind() {
        let (from, to) = (Day::parse("2026-11-01").unwrap(), Day::parse("2026-11-02").unwrap());
        let span = DaySpan { mode: GatewayMode::Real, from, to };
        let plan = plan_of(declines!(span)).await;
        assert!(plan.contains("timeline_entries_by_kind"), "{plan}");
    }
}
