//! How often somebody may ask for something.

use chrono::TimeDelta;

use crate::{ClientNet, DonationId};

/// Counts what clients ask for, each time that it is asked.
pub trait RateLimits: Send + Sync {
    /// Counts it, or says how long to wait because there was too much of it; then it is not counted.
    ///
    /// # Errors
    /// [`TooMany`].
    fn count(&self, what: Counted) -> Result<(), TooMany>;
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Counted {
    /// A client wants to sign up, to sign in, or another password.
    Account(ClientNet),
    /// A client makes a donation.
    NewDonation(ClientNet),
    /// A client begins a payment for which an order may be made.
    Payment(ClientNet),
    /// Such a payment is begun for this donation.
    PaymentOf(DonationId),
}

/// More than is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many of them")]
pub struct TooMany {
    /// It is allowed again after this.
    pub retry_after: TimeDelta,
}

/// Limits nothing.
#[derive(Debug, Clone, Copy)]
pub struct Unlimited;

impl RateLimits for Unlimited {
    fn count(&self, _: Counted) -> Result<(), TooMany> {
        Ok(())
    }
}
