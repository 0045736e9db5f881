//! Days, weeks and months.

use chrono::{Datelike as _, Months, NaiveDate};

use super::Day;

/// Days that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bucket {
    /// One day.
    Day,
    /// From a Monday to a Sunday.
    Week,
    /// A month of the calendar.
    Month,
}

impl Bucket {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Day, Self::Week, Self::Month];

    /// The stable word in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The bucket of a word; `None` for any other text.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|bucket| bucket.word() == word)
    }

    /// The first day of the one that this day is in.
    pub fn first_day(self, day: Day) -> Day {
        match self {
            Self::Day => day,
            Self::Week => day.before(day.date().weekday().num_days_from_monday().into()),
            Self::Month => Day::of_date(day.date().with_day(1).unwrap_or(day.date())),
        }
    }

    /// The first day of the one after the one that this day is in.
    pub fn next(self, day: Day) -> Day {
        let first = self.first_day(day);
        match self {
            Self::Day => first.after(1),
            Self::Week => first.after(7),
            Self::Month => {
                let next = first.date().checked_add_months(Months::new(1));
                Day::of_date(next.unwrap_or(NaiveDate::MAX))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_in_one_bucket_of_each_kind() {
        for (bucket, day, first, next) in [
            (Bucket::Day, "2026-11-24", "2026-11-24", "2026-11-25"),
            (Bucket::Day, "2026-12-31", "2026-12-31", "2027-01-01"),
            (Bucket::Week, "2026-11-24", "2026-11-23", "2026-11-30"),
            (Bucket::Week, "2026-11-23", "2026-11-23", "2026-11-30"),
            (Bucket::Week, "2026-11-29", "2026-11-23", "2026-11-30"),
            (Bucket::Week, "2027-01-01", "2026-12-28", "2027-01-04"),
            (Bucket::Month, "2026-11-24", "2026-11-01", "2026-12-01"),
            (Bucket::Month, "2028-02-29", "2028-02-01", "2028-03-01"),
            (Bucket::Month, "2026-12-01", "2026-12-01", "2027-01-01"),
        ] {
            let day = Day::parse(day).unwrap();
            assert_eq!(bucket.first_day(day).to_string(), first, "{bucket:?} of {day}");
            assert_eq!(bucket.next(day).to_string(), next, "{bucket:?} after {day}");
            assert_eq!(bucket.first_day(bucket.next(day)), bucket.next(day));
        }
    }

    #[test]
    fn every_bucket_has_a_word_of_its_own() {
        for bucket in Bucket::ALL {
            assert_eq!(Bucket::from_word(bucket.word()), Some(bucket));
        }
        assert_eq!(Bucket::from_word("year"), None);
    }
}
