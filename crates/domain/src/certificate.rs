//! The record behind a certificate: what anyone who holds its number may know.

use std::fmt;

use chrono::{Datelike as _, TimeDelta};

use crate::{DonationId, Instant};

/// How far Kazakhstan's clocks are ahead of UTC.
pub(crate) const KAZAKHSTAN: TimeDelta = TimeDelta::hours(5);

/// A certificate's number: its series (`TREE`, or `TEST` for donations that the fake gateway handled), the year, and a
/// sequence without gaps in that series and year: `TREE-2026-000042`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CertificateNumber(String);

impl CertificateNumber {
    /// The `sequence`th number of `series` in `year`.
    pub fn new(series: &str, year: i32, sequence: i64) -> Self {
        Self(format!("{series}-{year:04}-{sequence:06}"))
    }

    /// A number as a person or a database wrote it; unknown numbers are simply not found.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// A number as somebody outside wrote it; `None` for a text that no number can be, and that no store need be asked about.
    pub fn typed(text: &str) -> Option<Self> {
        let printed = text.bytes().all(|byte| byte.is_ascii_graphic());
        (printed && (1..=Self::LONGEST).contains(&text.len())).then(|| Self(text.to_owned()))
    }

    /// Longer than any number is.
    const LONGEST: usize = 40;

    /// Whether it has a number's form: a series, four digits, six or more digits.
    pub fn is_well_formed(&self) -> bool {
        let parts: Vec<_> = self.0.split('-').collect();
        let digits = |text: &str, least: usize| text.len() >= least && text.bytes().all(|byte| byte.is_ascii_digit());
        matches!(parts.as_slice(), [series, year, sequence]
            if matches!(*series, "TREE" | "TEST") && year.len() == 4 && digits(year, 4) && digits(sequence, 6))
    }

    /// The number's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CertificateNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Whether a certificate still says the truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CertificateStatus {
    /// It does.
    Valid,
    /// A part was refunded, or the name was corrected; another certificate stands in its place.
    Replaced,
    /// All was refunded.
    Withdrawn,
}

impl CertificateStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Valid, Self::Replaced, Self::Withdrawn];

    /// The stable word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Valid => "valid",
            Self::Replaced => "replaced",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The status of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// What a certificate will say, before the store has given it its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateDraft {
    /// The name on it.
    pub name: String,
    /// The trees on it.
    pub trees: u32,
    /// Whether the money was play money.
    pub test_mode: bool,
    /// The date on it; also decides the year of its number.
    pub issued_at: Instant,
}

impl CertificateDraft {
    /// The year in its number: that of the charity's clocks (UTC+5, all of Kazakhstan since 1 March 2024), not of UTC.
    pub fn year(&self) -> i32 {
        (self.issued_at + KAZAKHSTAN).year()
    }

    /// The series that its number is taken from.
    pub const fn series(&self) -> &'static str {
        if self.test_mode { "TEST" } else { "TREE" }
    }
}

/// A certificate on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Its number.
    pub number: CertificateNumber,
    /// The donation it stands for.
    pub donation: DonationId,
    /// What it says.
    pub draft: CertificateDraft,
    /// Whether it is still true.
    pub status: CertificateStatus,
}

/// What becomes of a donation's certificate, in the same transaction as the donation's own change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CertificateChange {
    /// A first one is issued, or one again after the earlier was withdrawn.
    Issue(CertificateDraft),
    /// The valid one is replaced by this.
    Replace(CertificateDraft),
    /// The valid one is withdrawn.
    Withdraw,
    /// All of them, whatever their status, bear this name from now on.
    Rename(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_turns_with_the_charitys_clocks() {
        let issued = |text: &str| CertificateDraft {
            name: "A".to_owned(),
            trees: 1,
            test_mode: false,
            issued_at: text.parse().unwrap(),
        };
        assert_eq!(issued("2026-12-31T18:59:59Z").year(), 2026);
        assert_eq!(issued("2026-12-31T19:00:00Z").year(), 2027);
    }
}
