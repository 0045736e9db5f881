//! Money as the house keeps it: whole tenge, never a float.

use std::fmt;

/// A whole number of Kazakh tenge (ISO 4217 `KZT`), zero or more. The only currency that Ioka settles in.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenge(u64);

/// Why a number is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Below zero, or above what a database's 64-bit integer holds.
    #[error("not an amount of money: {0}")]
    OutOfRange(i64),
}

impl Tenge {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// `whole` tenge.
    pub const fn new(whole: u32) -> Self {
        Self(whole as u64)
    }

    /// Whole tenge from a signed integer, as databases and wires carry them.
    ///
    /// # Errors
    /// [`MoneyError::OutOfRange`] below zero.
    pub fn from_i64(whole: i64) -> Result<Self, MoneyError> {
        u64::try_from(whole).map(Self).map_err(|_| MoneyError::OutOfRange(whole))
    }

    /// The number of whole tenge. Every value came from a `u32`, an `i64` or a checked sum, so it fits.
    pub const fn get(self) -> i64 {
        self.0 as i64
    }

    /// Whether this is 0 ₸.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// The sum, or the largest amount there is if it does not fit.
    #[must_use]
    pub fn saturating_add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0).min(i64::MAX as u64))
    }

    /// The difference, or 0 ₸ if `other` is larger.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    /// `self` × `times`, or `None` if the result does not fit.
    pub fn checked_mul(self, times: u32) -> Option<Self> {
        self.0.checked_mul(u64::from(times)).filter(|whole| i64::try_from(*whole).is_ok()).map(Self)
    }

    /// `5 000 ₸`, as it is written in all three languages. No line breaks in it.
    pub fn for_people(self) -> String {
        format!("{}\u{a0}₸", grouped(self.0))
    }

    /// How many whole `unit`s fit into this amount (0 if `unit` is 0 ₸).
    pub fn whole_units(self, unit: Self) -> u64 {
        self.0.checked_div(unit.0).unwrap_or(0)
    }
}

impl fmt::Display for Tenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} KZT", self.0)
    }
}

/// An amount as a gateway reported it. Gateways may report what we never ask for: a fraction of a tenge, or another
/// currency. Such an amount equals none of ours, and must be looked at by a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ReportedAmount {
    /// A whole number of tenge.
    Tenge(Tenge),
    /// Anything else, as text for a person to read.
    NotWholeTenge(String),
}

impl ReportedAmount {
    /// Whether exactly `amount` was reported.
    pub fn is(&self, amount: Tenge) -> bool {
        matches!(self, Self::Tenge(reported) if *reported == amount)
    }
}

impl fmt::Display for ReportedAmount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tenge(amount) => amount.fmt(f),
            Self::NotWholeTenge(text) => f.write_str(text),
        }
    }
}

/// A narrow space that no line breaks at, between groups of three digits.
const BETWEEN_GROUPS: char = '\u{202f}';

/// `5000` is `5 000`, in all three languages.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(BETWEEN_GROUPS);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_below_zero_is_refused() {
        assert_eq!(Tenge::from_i64(-1), Err(MoneyError::OutOfRange(-1)));
    }

    #[test]
    fn sums_and_differences_stop_at_their_ends() {
        let most = Tenge::from_i64(i64::MAX).unwrap();
        assert_eq!(most.saturating_add(Tenge::new(1)), most);
        assert_eq!(Tenge::new(1).saturating_sub(Tenge::new(2)), Tenge::ZERO);
        assert_eq!(most.checked_mul(2), None);
    }

    #[test]
    fn trees_are_rounded_down() {
        assert_eq!(Tenge::new(1499).whole_units(Tenge::new(500)), 2);
        assert_eq!(Tenge::new(1499).whole_units(Tenge::ZERO), 0);
    }

    #[test]
    fn money_never_breaks_across_lines() {
        assert_eq!(Tenge::new(500).for_people(), "500\u{a0}₸");
        assert_eq!(Tenge::new(1_234_567).for_people(), "1\u{202f}234\u{202f}567\u{a0}₸");
        assert_eq!((grouped(0), grouped(1000)), ("0".to_owned(), "1\u{202f}000".to_owned()));
    }

    #[test]
    fn a_fraction_of_a_tenge_equals_no_amount_of_ours() {
        assert!(!ReportedAmount::NotWholeTenge("5000.50 KZT".into()).is(Tenge::new(5000)));
        assert!(ReportedAmount::Tenge(Tenge::new(5000)).is(Tenge::new(5000)));
    }
}
