//! An instant as Ioka writes it.

use std::fmt;

use chrono::{DateTime, Datelike, Days, Months, NaiveDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A UTC instant with microseconds, written without an offset: `2023-10-09T13:33:29.396357`. \[CAP\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stamp(NaiveDateTime);

impl Stamp {
    /// Reads `2019-08-24T14:15:22` \[API\], also with a space for the `T`, a fraction, or an offset \[GUESS\].
    pub(crate) fn parse(text: &str) -> Option<Self> {
        if let Ok(with_offset) = DateTime::parse_from_rfc3339(text) {
            return Some(Self(with_offset.naive_utc()));
        }
        ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f"]
            .iter()
            .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
            .map(Self)
    }

    /// The instant this many microseconds after 1970, or the last one that can be written.
    pub(crate) fn from_micros(micros: i64) -> Self {
        let clamped = micros.clamp(0, crate::clock::latest_micros());
        Self(DateTime::from_timestamp_micros(clamped).unwrap_or_default().naive_utc())
    }

    /// Microseconds since 1970.
    pub(crate) fn micros(self) -> i64 {
        self.0.and_utc().timestamp_micros()
    }

    /// The instant `seconds` later.
    pub(crate) fn plus_seconds(self, seconds: u32) -> Self {
        Self::from_micros(self.micros().saturating_add(i64::from(seconds) * 1_000_000))
    }

    /// The instant `days` later.
    pub(crate) fn plus_days(self, days: u64) -> Option<Self> {
        self.0.checked_add_days(Days::new(days)).map(Self)
    }

    /// The same day `months` later, or the last day of a shorter month.
    pub(crate) fn plus_months(self, months: u32) -> Option<Self> {
        self.0.checked_add_months(Months::new(months)).map(Self)
    }

    /// Year and month.
    pub(crate) fn month(self) -> (i32, u32) {
        (self.0.year(), self.0.month())
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.0.format("%Y-%m-%dT%H:%M:%S%.6f"))
    }
}

impl Serialize for Stamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("expected a date and time like 2019-08-24T14:15:22"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_form_seen_and_writes_one() {
        for text in
            ["2026-01-15T09:30:00", "2026-01-15 09:30:00", "2026-01-15T09:30:00.000000Z", "2026-01-15T14:30:00+05:00"]
        {
            assert_eq!(Stamp::parse(text).unwrap().to_string(), "2026-01-15T09:30:00.000000", "{text}");
        }
        assert_eq!(Stamp::parse("tomorrow"), None);
    }

    #[test]
    fn a_month_after_the_31st_is_the_last_day_of_a_shorter_month() {
        let start = Stamp::parse("2026-01-31T10:00:00").unwrap();
        assert_eq!(start.plus_months(1).unwrap().to_string(), "2026-02-28T10:00:00.000000");
    }
}
