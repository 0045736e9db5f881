//! Where the daily comparisons are kept, and who makes them.

use async_trait::async_trait;

use crate::ports::{StoreError, TimeSpan};
use crate::reconciliation::{Day, DayReport, Difference, Totals};
use crate::{Donation, DonationId, Instant};

/// Keeps one report a day, and lets one server at a time write it.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait ReconciliationStore: Send + Sync {
    /// Takes the day, to compare it. Of any number of callers at once one gets it; the others, and whoever comes until
    /// its lease ends, [`TakeDay::Busy`]. The totals begin anew; what was found to differ before stays on record, and it is
    /// the caller's to say that it no longer does.
    ///
    /// # Errors
    /// [`StoreError`]; then it was not taken.
    async fn take_day(&self, wanted: &WantedDay) -> Result<TakeDay, StoreError>;

    /// Adds to the report what was found since, each difference once (the later word counts), and prolongs the lease.
    /// [`Lease::Lost`], and nothing is kept, if the lease ended and somebody else has the day.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept.
    async fn keep(&self, day: &TakenDay, found: &[Difference], lease_until: Instant) -> Result<Lease, StoreError>;

    /// Ends the lease: the report is complete.
    ///
    /// # Errors
    /// [`StoreError`]; then the day is taken again when the lease ends.
    async fn complete(&self, day: &TakenDay, totals: &Totals, now: Instant) -> Result<Lease, StoreError>;

    /// Ends the lease: the comparison broke off, and is due again at `retry_at`. What was found stays.
    ///
    /// # Errors
    /// [`StoreError`]; then the day is taken again when the lease ends.
    async fn break_off(&self, day: &TakenDay, retry_at: Instant) -> Result<Lease, StoreError>;

    /// Those of the days from `first` to `last`, earliest first, that nobody has compared since they closed
    /// ([`Day::closes_at`]) and nobody is comparing now; without those that broke off and are not due again by `now`.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn due(&self, first: Day, last: Day, now: Instant) -> Result<Vec<Day>, StoreError>;

    /// The day's report; `None` if nobody has begun it.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn report(&self, day: Day) -> Result<Option<DayReport>, StoreError>;

    /// Donations of which an attempt was begun in the span or a refund was first heard of, whole, by id: at most `limit`
    /// of those whose id comes after `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn donations_in(
        &self,
        span: &TimeSpan,
        after: Option<DonationId>,
        limit: u32,
    ) -> Result<Vec<Donation>, StoreError>;
}

/// A day that somebody wants to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WantedDay {
    /// The day.
    pub day: Day,
    /// Now.
    pub now: Instant,
    /// When somebody else may take it if the caller does not come back.
    pub lease_until: Instant,
    /// Who wants it.
    pub wanted_by: WantedBy,
}

/// Who wants a day compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WantedBy {
    /// The server by itself: once, and after a failure not before it is due again.
    Schedule,
    /// A person: as often as asked.
    Person,
}

/// What came of taking a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TakeDay {
    /// It is the caller's, until the lease ends.
    Taken(TakenDay),
    /// Somebody is comparing it.
    Busy,
    /// It has been compared, or is not due again yet.
    NotDue,
}

/// A day in the hands of one server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakenDay {
    /// The day.
    pub day: Day,
    /// Counts how often the day was taken, which tells this lease from every other.
    pub turn: u32,
    /// How often in a row it broke off before.
    pub failures: u32,
}

/// Whether a lease still was the caller's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lease {
    /// It was.
    Held,
    /// Somebody else has taken the day since; nothing was kept.
    Lost,
}
