//! How often clients may ask for something, counted in this process: with several servers each counts for itself, so that a
//! client who is spread over N of them may ask N times as often. What must be counted for all of them together (declined
//! payments, the brake) stands in the database.
//!
//! Each limit is a bucket that refills steadily (GCRA): ten a minute are ten at once and then one every six seconds.

mod bucket;
mod clock;

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use domain::ports::{Clock, Counted, RateLimits, TooMany};

use bucket::Buckets;
use clock::LimitClock;

const MINUTE: Duration = Duration::from_secs(60);

/// In how long a donation's payments may be begun so many times.
const TEN_MINUTES: Duration = Duration::from_secs(600);

/// The limits of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LimitSettings {
    /// Signing up, signing in and forgotten passwords, a minute and client.
    pub accounts: NonZeroU32,
    /// New donations, a minute and client.
    pub donations: NonZeroU32,
    /// Payment starts that may make an order, a minute and client.
    pub payments: NonZeroU32,
    /// The same in ten minutes and of one donation.
    pub payments_of_donation: NonZeroU32,
}

/// Counts in this process.
pub struct ProcessLimits {
    accounts: Buckets,
    donations: Buckets,
    payments: Buckets,
    payments_of_donation: Buckets,
}

impl ProcessLimits {
    /// Counters that are all at nought.
    pub fn new(settings: &LimitSettings, clock: Arc<dyn Clock>) -> Self {
        let of = |number, period| Buckets::new(number, period, LimitClock(clock.clone()));
        Self {
            accounts: of(settings.accounts, MINUTE),
            donations: of(settings.donations, MINUTE),
            payments: of(settings.payments, MINUTE),
            payments_of_donation: of(settings.payments_of_donation, TEN_MINUTES),
        }
    }
}

impl RateLimits for ProcessLimits {
    fn count(&self, what: Counted) -> Result<(), TooMany> {
        let buckets = match what {
            Counted::Account(_) => &self.accounts,
            Counted::NewDonation(_) => &self.donations,
            Counted::Payment(_) => &self.payments,
            Counted::PaymentOf(_) => &self.payments_of_donation,
        };
        buckets.count(&what)
    }
}
