//! Our books of a day against the gateway's.
//!
//! What differs is a [`Difference`]; that there is none is what a charity wants to read. The comparison itself is pure:
//! [`compare_order`] and [`compare_refund`] look at what is held here and what the gateway says of it, one at a time, so
//! that a day can be gone through piece by piece however long it was.

mod bucket;
mod comparison;
mod day;
mod difference;
mod month;
mod remedy;
mod tally;

pub use bucket::Bucket;
pub use comparison::{OrderThere, compare_order, compare_refund, refund_here};
pub use day::{Day, kazakhstan_clock};
pub use difference::{Difference, DifferenceKind};
pub use month::Month;
pub use remedy::Remedy;
pub use tally::Tally;

use crate::Instant;

/// What came of comparing a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayReport {
    /// The day.
    pub day: Day,
    /// How far it is.
    pub status: ReportStatus,
    /// When the latest try began.
    pub started_at: Instant,
    /// When the comparison was complete; `None` until then.
    pub finished_at: Option<Instant>,
    /// The totals, once it is complete.
    pub totals: Totals,
    /// What was found so far to differ, by kind, then order.
    pub differences: Vec<Difference>,
}

/// Both books of a day in numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// What we hold of what was made at the gateway that day, and what we hold of that day and the gateway does not.
    pub ours: Tally,
    /// What was made at the gateway that day under a name of ours.
    pub gateway: Tally,
    /// Orders made there that day under no name of ours: one shop can serve other systems too.
    pub foreign_orders: u64,
    /// Differences that are not on the list, because it had got too long: see [`MOST_DIFFERENCES`].
    pub differences_left_out: u64,
}

/// So many differences of a day are listed. Where there are more, something else is wrong than single payments: the key is of
/// another shop, or the database is not the one that the payments were made with.
pub const MOST_DIFFERENCES: u64 = 1_000;

/// How far a comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReportStatus {
    /// Somebody is at it, or was when it died.
    Running,
    /// It is complete.
    Done,
    /// It broke off, and will be tried again.
    Failed,
}

impl ReportStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Running, Self::Done, Self::Failed];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    /// The status of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}
