//! The simulator's clock: the machine's time plus an offset, or a time that stands still until it is moved.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use chrono::DateTime;
use tokio::sync::Notify;

use crate::model::Stamp;

/// Tells the simulated time and lets a caller move it forward.
#[derive(Debug)]
pub(crate) struct SimClock {
    /// Microseconds since 1970 at which a frozen clock started; `None` follows the machine.
    frozen_at: Option<i64>,
    offset_micros: AtomicI64,
    moved: Notify,
}

impl SimClock {
    /// A clock that follows the machine's, or stands still at `start` until moved.
    pub(crate) fn new(start: Option<Stamp>) -> Self {
        Self { frozen_at: start.map(Stamp::micros), offset_micros: AtomicI64::new(0), moved: Notify::new() }
    }

    /// The simulated time, UTC.
    pub(crate) fn now(&self) -> Stamp {
        let base = self.frozen_at.unwrap_or_else(machine_micros);
        Stamp::from_micros(base.saturating_add(self.offset_micros.load(Ordering::SeqCst)))
    }

    /// Moves the clock by `seconds` and wakes whoever waits for a later time.
    pub(crate) fn advance(&self, seconds: u32) {
        self.offset_micros.fetch_add(i64::from(seconds) * 1_000_000, Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// How far the clock was moved, in microseconds.
    pub(crate) fn offset_micros(&self) -> i64 {
        self.offset_micros.load(Ordering::SeqCst)
    }

    /// Puts the clock at this distance from its base.
    pub(crate) fn set_offset_micros(&self, micros: i64) {
        self.offset_micros.store(micros, Ordering::SeqCst);
        self.moved.notify_waiters();
    }

    /// Returns once the simulated time has reached `at`.
    pub(crate) async fn wait_until(&self, at: Stamp) {
        loop {
            let moved = self.moved.notified();
            let left = at.micros().saturating_sub(self.now().micros());
            let Ok(left @ 1..) = u64::try_from(left) else { return };
            if self.frozen_at.is_some() {
                moved.await;
                continue;
            }
            tokio::select! {
                () = moved => {}
                () = tokio::time::sleep(Duration::from_micros(left)) => {}
            }
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the one place that asks the machine for the time; all else asks SimClock"
)]
fn machine_micros() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX)
}

/// The last moment a [`Stamp`] can hold, in microseconds.
pub(crate) fn latest_micros() -> i64 {
    DateTime::<chrono::Utc>::MAX_UTC.timestamp_micros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_it_is_moved() {
        let start = Stamp::parse("2026-01-15T09:30:00").unwrap();
        let clock = SimClock::new(Some(start));
        assert_eq!(clock.now(), start);
        clock.advance(3600);
        assert_eq!(clock.now().to_string(), "2026-01-15T10:30:00.000000");
    }
}
