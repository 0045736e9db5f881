//! A day by the charity's clocks.

use std::fmt;

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use crate::Instant;
use crate::certificate::KAZAKHSTAN;
use crate::ports::TimeSpan;

/// A day from midnight to midnight in Kazakhstan (UTC+5), which is the day that the charity closes its books for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// A day is over this long before it is compared: a payment made in its last minute has been told of by then.
const SETTLES_IN: TimeDelta = TimeDelta::minutes(30);

impl Day {
    /// The day that the instant belongs to.
    pub fn of(instant: Instant) -> Self {
        Self((instant + KAZAKHSTAN).date_naive())
    }

    /// The day written as `2026-11-24`; `None` for anything else, and for years before 1970 or past 9998.
    pub fn parse(text: &str) -> Option<Self> {
        let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
        let day = Self(date);
        (day.to_string() == text && ("1970-01-02".."9999-01-01").contains(&text)).then_some(day)
    }

    /// The latest day that can be compared.
    pub fn latest_to_compare(now: Instant) -> Self {
        Self::of(now - SETTLES_IN).before(1)
    }

    /// The day so many days earlier.
    #[must_use]
    pub fn before(self, days: u64) -> Self {
        Self(self.0.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN))
    }

    /// The day so many days later.
    #[must_use]
    pub fn after(self, days: u64) -> Self {
        Self(self.0.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX))
    }

    /// Its date in the calendar.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// The day of this date.
    pub(super) const fn of_date(date: NaiveDate) -> Self {
        Self(date)
    }

    /// How many days there are from `first` up to this one, both counted; 0 if this one is earlier.
    pub fn days_since(self, first: Self) -> u64 {
        u64::try_from((self.0 - first.0).num_days() + 1).unwrap_or(0)
    }

    /// From when on it can be compared for good: what comes in later was not made that day.
    pub fn closes_at(self) -> Instant {
        self.span().until + SETTLES_IN
    }

    /// All its instants.
    pub fn span(self) -> TimeSpan {
        let midnight = self.0.and_time(NaiveTime::MIN).and_utc() - KAZAKHSTAN;
        TimeSpan { from: midnight, until: midnight + TimeDelta::days(1) }
    }
}

/// An instant to the minute, as clocks in Kazakhstan show it: `2026-11-24 09:05`.
pub fn kazakhstan_clock(instant: Instant) -> String {
    (instant + KAZAKHSTAN).format("%Y-%m-%d %H:%M").to_string()
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m-%d"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn a_day_is_from_midnight_to_midnight_in_kazakhstan() {
        let day = Day::parse("2026-11-24").unwrap();
        let span = day.span();
        assert_eq!((span.from, span.until), (at("2026-11-23T19:00:00Z"), at("2026-11-24T19:00:00Z")));
        assert_eq!((Day::of(span.from), Day::of(span.until)), (day, Day::parse("2026-11-25").unwrap()));
        assert_eq!(Day::of(at("2026-11-24T18:59:59.999999Z")), day);
        assert_eq!(day.before(24).to_string(), "2026-10-31");
        assert_eq!([day, day.before(6), day.before(0)].map(|first| day.days_since(first)), [1, 7, 1]);
        assert_eq!(day.before(1).days_since(day), 0);
    }

    #[test]
    fn a_day_is_compared_half_an_hour_after_its_end() {
        for (now, latest) in [
            ("2026-11-24T19:00:00Z", "2026-11-23"),
            ("2026-11-24T19:29:59Z", "2026-11-23"),
            ("2026-11-24T19:30:00Z", "2026-11-24"),
            ("2026-11-25T19:29:59Z", "2026-11-24"),
        ] {
            let day = Day::latest_to_compare(at(now));
            assert_eq!(day.to_string(), latest, "{now}");
            assert!(day.closes_at() <= at(now), "{now}");
        }
    }

    #[test]
    fn clocks_in_kazakhstan_are_five_hours_ahead() {
        assert_eq!(kazakhstan_clock(at("2026-11-24T20:05:59Z")), "2026-11-25 01:05");
    }

    #[test]
    fn only_one_way_of_writing_a_day_is_read() {
        assert_eq!(Day::parse("2028-02-29").unwrap().to_string(), "2028-02-29");
        for text in [
            "",
            "today",
            "2026-2-3",
            "2026-02-30",
            " 2026-02-03",
            "2026-02-03T00:00:00Z",
            "02.03.2026",
            "+2026-02-03",
            "0001-01-01",
            "99999-01-01",
        ] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
    }
}
