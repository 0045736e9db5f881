//! A made-up charity: thirteen months of donations, to try out, measure and walk through the administration with.
//!
//! Everything is made from one number: the same seed at the same time makes the same charity. Histories are told by the
//! domain's own functions, so that there is none that the state table does not allow, and written in bulk. Names are invented,
//! and every address is one that no mail can reach (RFC 2606).

mod books;
mod calendar;
mod campaigns;
mod dice;
mod fill;
mod histories;
mod operators;
mod people;
mod rarities;
mod teller;
mod webhooks;
mod words;

use domain::ports::StoreError;
use domain::{Instant, PasswordHash};

pub use fill::fill;

/// The administrator's address.
pub const ADMIN: &str = "admin@example.org";

/// The address of somebody who may look.
pub const VIEWER: &str = "viewer@example.org";

/// A donor's address.
pub const DONOR: &str = "donor@example.org";

/// What charity to make up.
#[derive(Debug, Clone)]
pub struct Plan {
    /// How many donations.
    pub donations: u32,
    /// What everything is made from.
    pub seed: u64,
    /// The moment up to which everything happens.
    pub now: Instant,
    /// What those who sign in have to know.
    pub passwords: Passwords,
}

/// What those who sign in have to know, as hashes.
#[derive(Debug, Clone)]
pub struct Passwords {
    /// The administrator's.
    pub admin: PasswordHash,
    /// That of whoever may look.
    pub viewer: PasswordHash,
    /// Every donor's.
    pub donors: PasswordHash,
}

/// What was made.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Filled {
    /// Donations.
    pub donations: u32,
    /// Accounts, the operators' among them.
    pub accounts: usize,
    /// Webhooks.
    pub deliveries: usize,
    /// Certificates.
    pub certificates: usize,
    /// Days that were compared.
    pub days: usize,
    /// Entries of the record of who did what.
    pub audit: usize,
}

/// Why nothing, or not everything, was made.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// Somebody's donations or accounts would be mixed up with made-up ones.
    #[error("there is data in it already")]
    NotEmpty,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Somebody else wrote at the same time, or a thing was made up that cannot be.
    #[error("{0}")]
    Unexpected(&'static str),
}
