//! A month by the charity's clocks.

use std::fmt;

use crate::books::Period;
use crate::reconciliation::Day;

/// A month of the days of [`Day`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    first: Day,
    last: Day,
}

impl Month {
    /// The month written as `2026-11`; `None` for anything else, and for years that no [`Day`] has.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 7 {
            return None;
        }
        let first = Day::parse(&format!("{text}-01"))?;
        let last = (28..=31).rev().find_map(|day| Day::parse(&format!("{text}-{day}")))?;
        Some(Self { first, last })
    }

    /// The month that the day is of.
    pub fn of(day: Day) -> Option<Self> {
        Self::parse(day.to_string().get(..7)?)
    }

    /// Its days.
    pub fn period(self) -> Period {
        Period::new(self.first, self.last).expect("a month has 31 days at most")
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first.to_string();
        f.write_str(first.get(..7).unwrap_or(&first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_days() {
        for (text, days) in [("2026-11", 30), ("2026-12", 31), ("2027-02", 28), ("2028-02", 29)] {
            let month = Month::parse(text).unwrap();
            assert_eq!((month.to_string().as_str(), month.period().days().len()), (text, days));
            assert_eq!(Month::of(month.period().last()), Some(month));
        }
        for text in ["", "2026", "2026-1", "2026-13", "2026-00", "11.2026", "2026-11-24", " 026-11", "0001-01"] {
            assert_eq!(Month::parse(text), None, "{text}");
        }
    }
}
