//! Which refunds the gateway has to be asked for or about, and who asks.

use async_trait::async_trait;

use crate::ports::StoreError;
use crate::{DonationId, Instant, Refund};

/// Hands out refunds that are pending, each when it is time to turn to the gateway.
///
/// The other stores keep these times with the refunds: one that is written down as pending is due
/// [`Refund::FIRST_ASKED_AFTER`] later, so that whoever wrote it down can ask first; one that is final is never due. A change of a donation leaves the times of its pending refunds as they are.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PendingRefundStore: Send + Sync {
    /// Takes refunds that are due, those first that have been so for longest. Of any number of callers at once, and of
    /// any number of servers, each refund goes to one alone, until its lease ends: then it is due again. Empty if none
    /// is due.
    ///
    /// # Errors
    /// [`StoreError`]; then none was taken.
    async fn take_due(&self, due: &DueRefunds) -> Result<Vec<PendingRefund>, StoreError>;

    /// Ends the lease: the refund is due again at `next_check_at`. Does nothing if the refund is no longer pending, or the
    /// lease no longer the caller's.
    ///
    /// # Errors
    /// [`StoreError`]; then it is due when its lease ends.
    async fn schedule(&self, refund: &PendingRefund, next_check_at: Instant) -> Result<(), StoreError>;
}

/// Which refunds to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueRefunds {
    /// Those whose time has come by now.
    pub now: Instant,
    /// When they are due again if the caller does not come back.
    pub lease_until: Instant,
    /// At most so many.
    pub limit: u32,
}

/// A refund that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingRefund {
    /// Whose it is.
    pub donation: DonationId,
    /// The refund as it was when it was taken.
    pub refund: Refund,
    /// When the lease ends, which also tells it from every other lease of the refund.
    pub lease_until: Instant,
}
