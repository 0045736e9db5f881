//! Which orders the gateway has to be asked about, and who asks.

use async_trait::async_trait;

use crate::donation::Attempt;
use crate::ports::StoreError;
use crate::{DonationId, Instant};

/// Hands out the attempts whose orders are open, each when it is time to ask the gateway how its order stands.
///
/// The other stores keep these times with the attempts: one that is written down is due at once, and so is one that can
/// be paid again; one that was paid or has ended is never due. A change of a donation leaves the times of its open
/// attempts as they are, except that one which nobody was to ask about any longer is due again. Whether another attempt
/// of the donation was paid makes no difference: an earlier order may be paid as well.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait OpenOrderStore: Send + Sync {
    /// Takes attempts that are due, those first that have been so for longest. Of any number of callers at once, and of
    /// any number of servers, each attempt goes to one alone, until its lease ends: then it is due again. Empty if none
    /// is due.
    ///
    /// # Errors
    /// [`StoreError`]; then none was taken.
    async fn take_due(&self, due: &DueOrders) -> Result<Vec<OpenOrder>, StoreError>;

    /// Ends the lease: the attempt is due again at `next_check_at`, or never. Does nothing if the attempt is no longer
    /// open, or the lease no longer the caller's.
    ///
    /// # Errors
    /// [`StoreError`]; then it is due when its lease ends.
    async fn schedule(&self, order: &OpenOrder, next_check_at: Option<Instant>) -> Result<(), StoreError>;
}

/// Which attempts to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueOrders {
    /// Those whose time has come by now,
    pub now: Instant,
    /// and that were begun by then: for the others a webhook may well be on its way.
    pub begun_by: Instant,
    /// When they are due again if the caller does not come back.
    pub lease_until: Instant,
    /// At most so many.
    pub limit: u32,
}

/// An attempt that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenOrder {
    /// Whose it is.
    pub donation: DonationId,
    /// The attempt as it was when it was taken.
    pub attempt: Attempt,
    /// When the lease ends, which also tells it from every other lease of the attempt.
    pub lease_until: Instant,
}
