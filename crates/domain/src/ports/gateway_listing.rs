//! The gateway's list of what was made in a stretch of time, a page at a time.

use crate::ports::GatewayRefund;
use crate::{ExternalId, Instant, OrderId, ReportedAmount};

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeSpan {
    /// Its first instant.
    pub from: Instant,
    /// The first instant that is no longer in it.
    pub until: Instant,
}

impl TimeSpan {
    /// Whether the instant is in it.
    pub fn contains(&self, instant: Instant) -> bool {
        self.from <= instant && instant < self.until
    }
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// What is on it; may be nothing, though there is a next page.
    pub items: Vec<T>,
    /// The page to ask for next; `None` after the last.
    pub next: Option<u32>,
}

/// An order as the gateway lists it: without its payments, so that only what it was made for is known, not what was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedOrder {
    /// The gateway's name for it.
    pub id: OrderId,
    /// The name that its maker gave it.
    pub external_id: Option<ExternalId>,
    /// What it was made for.
    pub amount: ReportedAmount,
    /// Where it stands.
    pub status: ListedStatus,
    /// When it was made, if the gateway says so.
    pub made_at: Option<Instant>,
}

/// Where a listed order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ListedStatus {
    /// Not paid, and can be.
    Payable,
    /// Paid, whatever was given back since.
    Paid,
    /// Not paid, and can no longer be.
    Ended,
}

/// A refund as the gateway lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedRefund {
    /// The order whose money it gives back.
    pub order: OrderId,
    /// The refund.
    pub refund: GatewayRefund,
}
