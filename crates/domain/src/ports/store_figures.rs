//! What stands in the database, in numbers, for whoever watches over the server.

use async_trait::async_trait;

use crate::donation::DonationStatus;
use crate::ports::{GatewayMode, StoreError};
use crate::reconciliation::Day;
use crate::{Instant, Review};

/// Counts what is kept. Reads only.
#[async_trait]
pub trait StoreFigures: Send + Sync {
    /// Numbers over whole tables: the more is kept, the longer it takes. Not for every request.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn tallies(&self) -> Result<Tallies, StoreError>;

    /// What waits to be done by `now`; comes from indexes of what waits, however much is kept.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn backlog(&self, now: Instant) -> Result<Backlog, StoreError>;

    /// Every pool of connections; asks nobody, and never fails.
    fn connections(&self) -> Vec<ConnectionUse>;
}

/// Numbers over whole tables.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tallies {
    /// Donations by state, with real money and with none. States that no donation is in may be missing.
    pub donations: Vec<(DonationStatus, GatewayMode, u64)>,
    /// Jobs that are not tried again by themselves.
    pub jobs_parked: u64,
}

/// What waits.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Backlog {
    /// Jobs that have not ended: due, at work, or to be tried again later.
    pub jobs_queued: u64,
    /// Those of them whose time has come, and that nobody is at.
    pub jobs_due: u64,
    /// Since when the one that has waited longest is due; `None` if none is.
    pub oldest_due_at: Option<Instant>,
    /// What a person must look at, by reason. Reasons that nothing is open for may be missing.
    pub open_reviews: Vec<(Review, u64)>,
    /// The latest day that was compared with the gateway's books to its end; `None` if none was.
    pub compared: Option<ComparedDay>,
}

/// A day that was compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ComparedDay {
    /// The day.
    pub day: Day,
    /// Differences that were found and not settled.
    pub differences: u64,
}

/// How busy a pool of connections is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConnectionUse {
    /// What they are for.
    pub pool: &'static str,
    /// How many there may be.
    pub size: u32,
    /// How many work.
    pub in_use: u32,
    /// How many are open and have nothing to do.
    pub idle: u32,
    /// How many callers wait for one.
    pub waiting: u32,
}
