//! What an operator sees first. Nothing is written.
//!
//! Its parts are read one after the other: a payment in between shows in the one and not yet in the other.

use chrono::{Datelike as _, TimeDelta};
use domain::ports::{AskWaiting, Brake, DaySpan, Figures, StoreError, Waiting};
use domain::reconciliation::{Bucket, Day};

use crate::House;
use crate::stats::{Stats, StatsError, StatsQuery, stats};

/// As many days are shown one by one.
const DAYS: u64 = 30;
/// As many months.
const MONTHS: u32 = 12;
/// Days that ought to have been compared by themselves; see `compare_due_days`.
const COMPARED_DAYS: u64 = 7;
/// A refund ought to be final after this.
const REFUND_TAKES: TimeDelta = TimeDelta::days(1);
/// For so long a webhook that fits nothing is news.
const UNMATCHED_FOR: TimeDelta = TimeDelta::days(7);

/// What an operator sees first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dashboard {
    /// The day it is in Kazakhstan.
    pub day: Day,
    /// Today so far.
    pub today: Figures,
    /// All of the day before.
    pub yesterday: Figures,
    /// This month so far.
    pub month: Figures,
    /// As many days of the month before, which is what this month can be measured by.
    pub month_before_so_far: Figures,
    /// All of the month before.
    pub month_before: Figures,
    /// The last thirty days, day by day.
    pub days: Stats,
    /// The last twelve months, month by month.
    pub months: Stats,
    /// What waits for a person.
    pub attention: Attention,
}

/// What waits for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attention {
    /// What waits in the lists.
    pub waiting: Waiting,
    /// Days of the last week that ought to have been compared with the gateway's books, and have not been.
    pub not_compared: Vec<Day>,
    /// The brake, if it was ever set.
    pub brake: Option<Brake>,
}

impl Attention {
    /// Whether nobody has to do anything.
    pub fn is_none(&self) -> bool {
        let Waiting { flagged, parked_jobs, differences, stuck_refunds, unmatched, .. } = &self.waiting;
        let counted = [*flagged, *parked_jobs, *unmatched];
        counted.iter().all(|count| *count == 0)
            && stuck_refunds.is_empty()
            && differences.is_empty()
            && self.not_compared.is_empty()
            && !self.brake.as_ref().is_some_and(Brake::is_pulled)
    }
}

/// All of it.
///
/// # Errors
/// [`StoreError`].
pub async fn dashboard(house: &House) -> Result<Dashboard, StoreError> {
    let day = Day::of(house.clock.now());
    let tomorrow = day.after(1);
    let spans = compared_spans(day).map(|(from, to)| DaySpan { mode: house.gateway.mode(), from, to });
    let figures = house.stats.figures(&spans).await?;
    let figures = |place: usize| figures.get(place).copied().unwrap_or_default();
    let days = StatsQuery { from: tomorrow.before(DAYS), to: tomorrow, bucket: Bucket::Day };
    let months = StatsQuery { from: months_before(day, MONTHS - 1), to: tomorrow, bucket: Bucket::Month };
    Ok(Dashboard {
        day,
        today: figures(0),
        yesterday: figures(1),
        month: figures(2),
        month_before_so_far: figures(3),
        month_before: figures(4),
        days: series(house, days).await?,
        months: series(house, months).await?,
        attention: attention(house).await?,
    })
}

async fn series(house: &House, query: StatsQuery) -> Result<Stats, StoreError> {
    match stats(house, query).await {
        Ok(stats) => Ok(stats),
        Err(StatsError::Store(error)) => Err(error),
        Err(error @ (StatsError::NoDays | StatsError::TooManyBuckets)) => Err(StoreError::Failed(error.to_string())),
    }
}

/// What waits for a person.
///
/// # Errors
/// [`StoreError`].
pub async fn attention(house: &House) -> Result<Attention, StoreError> {
    let now = house.clock.now();
    let last = Day::latest_to_compare(now);
    let first = last.before(COMPARED_DAYS - 1);
    let (refunds_before, deliveries_since) = (now - REFUND_TAKES, now - UNMATCHED_FOR);
    let waiting = house.stats.waiting(&AskWaiting { days: (first, last), refunds_before, deliveries_since }).await?;
    let week = (0..COMPARED_DAYS).map(|days| last.before(days));
    let not_compared = week.filter(|day| !waiting.compared.contains(day)).collect();
    Ok(Attention { waiting, not_compared, brake: house.guard.records.brake().await? })
}

/// Today, yesterday, this month, the same part of the month before, and all of it.
fn compared_spans(day: Day) -> [(Day, Day); 5] {
    let month = Bucket::Month.first_day(day);
    let before = Bucket::Month.first_day(month.before(1));
    let so_far = before.after(day.date().day().into()).min(month);
    [(day, day.after(1)), (day.before(1), day), (month, day.after(1)), (before, so_far), (before, month)]
}

/// The first day of the month so many months before this one.
fn months_before(day: Day, months: u32) -> Day {
    let mut first = Bucket::Month.first_day(day);
    for _ in 0..months {
        first = Bucket::Month.first_day(first.before(1));
    }
    first
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spans(day: &str) -> Vec<String> {
        let spans = compared_spans(Day::parse(day).unwrap());
        spans.iter().map(|(from, to)| format!("{from} {to}")).collect()
    }

    #[test]
    fn a_month_is_measured_by_as_many_days_of_the_one_before() {
        assert_eq!(
            spans("2026-11-24"),
            [
                "2026-11-24 2026-11-25",
                "2026-11-23 2026-11-24",
                "2026-11-01 2026-11-25",
                "2026-10-01 2026-10-25",
                "2026-10-01 2026-11-01",
            ]
        );
        assert_eq!(spans("2027-03-31")[3..], ["2027-02-01 2027-03-01", "2027-02-01 2027-03-01"]);
        assert_eq!(
            spans("2027-01-01")[2..],
            ["2027-01-01 2027-01-02", "2026-12-01 2026-12-02", "2026-12-01 2027-01-01"]
        );
    }

    #[test]
    fn twelve_months_end_with_this_one() {
        assert_eq!(months_before(Day::parse("2026-11-24").unwrap(), 11).to_string(), "2025-12-01");
    }
}
