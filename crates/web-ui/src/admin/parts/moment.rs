//! An instant, as operators read it.

use chrono::TimeDelta;
use domain::Instant;
use domain::reconciliation::Day;

/// Kazakhstan's clocks have been five hours ahead of UTC since 2024.
const KAZAKHSTAN: TimeDelta = TimeDelta::hours(5);

/// An instant by Kazakhstan's clocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Moment {
    /// For programs.
    pub(crate) iso: String,
    /// `24.11.2026 15:04:05`.
    pub(crate) text: String,
}

impl Moment {
    pub(crate) fn new(instant: Instant) -> Self {
        Self {
            iso: instant.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            text: (instant + KAZAKHSTAN).format("%d.%m.%Y %H:%M:%S").to_string(),
        }
    }
}

/// `24.11.2026`.
pub(crate) fn day_text(day: Day) -> String {
    day.date().format("%d.%m.%Y").to_string()
}

/// `11.2026`.
pub(crate) fn month_text(day: Day) -> String {
    day.date().format("%m.%Y").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clocks_are_kazakhstans() {
        let moment = Moment::new("2026-12-31T19:30:05.123456Z".parse().unwrap());
        assert_eq!((moment.text.as_str(), moment.iso.as_str()), ("01.01.2027 00:30:05", "2026-12-31T19:30:05Z"));
    }
}
