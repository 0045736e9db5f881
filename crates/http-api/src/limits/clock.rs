//! The house's clock, as the limiter reads it.

use std::sync::Arc;

use domain::ports::Clock;
use governor::nanos::Nanos;

/// Counts from 1970, which lasts until 2554. A clock that is set back makes those wait longer who have just reached a limit, by
/// as much as it was set back; nobody else.
#[derive(Clone)]
pub(super) struct LimitClock(pub(super) Arc<dyn Clock>);

impl governor::clock::Clock for LimitClock {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        let micros = u64::try_from(self.0.now().timestamp_micros()).unwrap_or(0);
        Nanos::from(micros.saturating_mul(1000))
    }
}
