//! Numbers over time. Nothing is written.
//!
//! A donation is counted in the bucket in which it was made, and its money in the one in which it was paid. What is given back later
//! is taken off where it was paid, so that the numbers of all buckets add up to what the campaigns have.

use domain::donation::DeclineReason;
use domain::ports::{DaySpan, Figures, StoreError};
use domain::reconciliation::{Bucket, Day};

use crate::House;

/// More buckets than this are no chart.
pub const MOST_BUCKETS: usize = 400;

/// What is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatsQuery {
    /// The first day.
    pub from: Day,
    /// The first day that does not count any more.
    pub to: Day,
    /// Which days are counted together.
    pub bucket: Bucket,
}

/// Why there are no numbers.
#[derive(Debug, thiserror::Error)]
pub enum StatsError {
    /// There is no day between the two.
    #[error("the period has no day")]
    NoDays,
    /// They would be more than [`MOST_BUCKETS`].
    #[error("too many buckets")]
    TooManyBuckets,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Numbers over some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stats {
    /// What was asked for.
    pub query: StatsQuery,
    /// All of it together. Whoever gave in several buckets is one donor.
    pub total: Figures,
    /// Every bucket in its order, those in which nothing happened among them.
    pub buckets: Vec<BucketFigures>,
    /// How often a payment was declined for each reason; the most frequent first.
    pub declines: Vec<(DeclineReason, u64)>,
}

/// One bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BucketFigures {
    /// Its first day within the period.
    pub from: Day,
    /// The first day after it, or after the period.
    pub to: Day,
    /// Its numbers.
    pub figures: Figures,
}

/// The numbers of a period, bucket by bucket.
///
/// # Errors
/// [`StatsError`].
pub async fn stats(house: &House, query: StatsQuery) -> Result<Stats, StatsError> {
    let spans = spans(&query)?;
    let days = DaySpan { mode: house.gateway.mode(), from: query.from, to: query.to };
    let series = house.stats.series(&days, query.bucket).await?;
    let figures = |day| series.buckets.get(&query.bucket.first_day(day)).copied().unwrap_or_default();
    let buckets = spans.into_iter().map(|(from, to)| BucketFigures { from, to, figures: figures(from) }).collect();
    Ok(Stats { query, total: series.total, buckets, declines: series.declines })
}

/// The days of each bucket; the first and the last one may be cut.
fn spans(query: &StatsQuery) -> Result<Vec<(Day, Day)>, StatsError> {
    let mut spans = Vec::new();
    let mut from = query.from;
    while from < query.to {
        if spans.len() == MOST_BUCKETS {
            return Err(StatsError::TooManyBuckets);
        }
        let to = query.bucket.next(from).min(query.to);
        spans.push((from, to));
        from = to;
    }
    if spans.is_empty() { Err(StatsError::NoDays) } else { Ok(spans) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of((from, to): (&str, &str), bucket: Bucket) -> Result<Vec<String>, StatsError> {
        let day = |text| Day::parse(text).unwrap();
        let spans = spans(&StatsQuery { from: day(from), to: day(to), bucket })?;
        Ok(spans.iter().map(|(from, to)| format!("{from} {to}")).collect())
    }

    #[test]
    fn a_period_is_cut_into_its_buckets() {
        let days = ["2026-02-27 2026-02-28", "2026-02-28 2026-03-01", "2026-03-01 2026-03-02"];
        assert_eq!(of(("2026-02-27", "2026-03-02"), Bucket::Day).unwrap(), days);
        let weeks = ["2026-11-24 2026-11-30", "2026-11-30 2026-12-07", "2026-12-07 2026-12-08"];
        assert_eq!(of(("2026-11-24", "2026-12-08"), Bucket::Week).unwrap(), weeks);
        let months = ["2026-12-31 2027-01-01", "2027-01-01 2027-02-01", "2027-02-01 2027-02-15"];
        assert_eq!(of(("2026-12-31", "2027-02-15"), Bucket::Month).unwrap(), months);
    }

    #[test]
    fn a_period_of_no_day_or_of_too_many_buckets_is_refused() {
        assert!(matches!(of(("2026-11-24", "2026-11-24"), Bucket::Day), Err(StatsError::NoDays)));
        assert!(matches!(of(("2026-11-24", "2026-11-23"), Bucket::Month), Err(StatsError::NoDays)));
        let of_days = |to| of(("2026-01-01", to), Bucket::Day).map(|spans| spans.len());
        assert_eq!(of_days("2027-02-05").unwrap(), MOST_BUCKETS);
        assert!(matches!(of_days("2027-02-06"), Err(StatsError::TooManyBuckets)));
        assert!(matches!(of(("1970-01-02", "9998-12-31"), Bucket::Month), Err(StatsError::TooManyBuckets)));
    }
}
