//! The machine's clock and randomness.

use chrono::SubsecRound as _;
use domain::Instant;
use domain::ports::{Clock, IdGenerator};
use rand::RngExt as _;
use uuid::Uuid;

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Instant {
        chrono::Utc::now().trunc_subsecs(6)
    }
}

/// The operating system's randomness, by way of a generator that is seeded from it.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl IdGenerator for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "the one place that makes ids")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }

    fn secret(&self) -> [u8; 32] {
        rand::rng().random()
    }
}
