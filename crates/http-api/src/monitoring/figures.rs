//! What the database says, asked for no more often than it is cheap to say.

use std::sync::Arc;
use std::time::Instant as Started;

use chrono::TimeDelta;
use domain::donation::DonationStatus;
use domain::ports::{Backlog, Clock, GatewayMode, StoreError, StoreFigures, Tallies};
use domain::{Instant, Review};
use tokio::sync::Mutex;

use super::meter::Meter;
use super::names;

/// So long an answer about what waits is good enough, and so long one that did not come is not asked for again.
const BACKLOG_KEPT_FOR: TimeDelta = TimeDelta::seconds(2);

/// So long at least the numbers over whole tables are good enough.
const TALLIES_KEPT_FOR: TimeDelta = TimeDelta::seconds(15);

/// They are kept for so many times as long as it took to count: then counting never is more than a fiftieth of what one
/// connection does, however much there is to count.
const TALLIES_KEPT_TIMES: i32 = 50;

/// The numbers in the database, and when they were read. Of any number of callers at once one asks, and the others get what
/// it was told.
pub struct Figures {
    store: Arc<dyn StoreFigures>,
    clock: Arc<dyn Clock>,
    backlog: Mutex<Option<Kept<Backlog>>>,
    tallies: Mutex<Option<Kept<Tallies>>>,
}

#[derive(Clone)]
struct Kept<T> {
    asked_at: Instant,
    good_for: TimeDelta,
    answer: Result<T, StoreError>,
}

impl<T> Kept<T> {
    /// A clock that was set back makes everything old.
    fn is_good(&self, now: Instant) -> bool {
        let age = now - self.asked_at;
        age >= TimeDelta::zero() && age < self.good_for
    }
}

impl Figures {
    /// Nothing is read yet.
    pub(super) fn new(store: Arc<dyn StoreFigures>, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock, backlog: Mutex::default(), tallies: Mutex::default() }
    }

    /// What waits.
    ///
    /// # Errors
    /// [`StoreError`], which is kept as an answer is.
    pub(super) async fn backlog(&self) -> Result<Backlog, StoreError> {
        let mut kept = self.backlog.lock().await;
        let now = self.clock.now();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_good(now)) {
            return kept.answer.clone();
        }
        let answer = self.store.backlog(now).await;
        *kept = Some(Kept { asked_at: now, good_for: BACKLOG_KEPT_FOR, answer: answer.clone() });
        answer
    }

    async fn tallies(&self) -> Result<Tallies, StoreError> {
        let mut kept = self.tallies.lock().await;
        let now = self.clock.now();
        if let Some(kept) = kept.as_ref().filter(|kept| kept.is_good(now)) {
            return kept.answer.clone();
        }
        let started = Started::now();
        let answer = self.store.tallies().await;
        let took = TimeDelta::from_std(started.elapsed()).unwrap_or_default();
        let good_for = TALLIES_KEPT_FOR.max(took * TALLIES_KEPT_TIMES);
        *kept = Some(Kept { asked_at: now, good_for, answer: answer.clone() });
        answer
    }

    /// Sets the gauges. What the database does not tell stays as it was last known, and `donations_database_up` says so.
    pub(super) async fn measure(&self, meter: &Meter) {
        if !meter.is_on() {
            return;
        }
        self.pools(meter);
        let (backlog, tallies) = (self.backlog().await, self.tallies().await);
        meter.set(names::DATABASE_UP, [], u64::from(backlog.is_ok() && tallies.is_ok()));
        if let Err(error) = backlog.as_ref().map(|_| ()).and(tallies.as_ref().map(|_| ())) {
            tracing::error!(%error, "metrics.database_silent");
        }
        if let Ok(backlog) = backlog {
            waiting(meter, &backlog, self.clock.now());
        }
        if let Ok(tallies) = tallies {
            kept(meter, &tallies);
        }
    }

    fn pools(&self, meter: &Meter) {
        for usage in self.store.connections() {
            let pool = usage.pool;
            meter.set(names::CONNECTIONS, [("pool", pool), ("state", "in_use")], usage.in_use.into());
            meter.set(names::CONNECTIONS, [("pool", pool), ("state", "idle")], usage.idle.into());
            meter.set(names::CONNECTIONS_MAX, [("pool", pool)], usage.size.into());
            meter.set(names::CONNECTION_WAITERS, [("pool", pool)], usage.waiting.into());
        }
    }
}

fn waiting(meter: &Meter, backlog: &Backlog, now: Instant) {
    let oldest = backlog.oldest_due_at.map_or(TimeDelta::zero(), |due_at| now - due_at);
    meter.set(names::JOBS_QUEUED, [], backlog.jobs_queued);
    meter.set(names::JOBS_DUE, [], backlog.jobs_due);
    meter.set(names::JOBS_OLDEST, [], u64::try_from(oldest.num_seconds()).unwrap_or_default());
    for review in Review::ALL {
        let open = backlog.open_reviews.iter().find(|(known, _)| *known == review).map_or(0, |(_, number)| *number);
        meter.set(names::REVIEWS_OPEN, [("review", review.word())], open);
    }
    let closed_at = backlog.compared.map_or(0, |compared| compared.day.closes_at().timestamp());
    meter.set(names::RECONCILIATION_DAY, [], u64::try_from(closed_at).unwrap_or_default());
    meter.set(names::RECONCILIATION_DIFFERENCES, [], backlog.compared.map_or(0, |compared| compared.differences));
}

fn kept(meter: &Meter, tallies: &Tallies) {
    for status in DonationStatus::ALL {
        for (mode, word) in [(GatewayMode::Real, "real"), (GatewayMode::Test, "test")] {
            let same = |(known, its, _): &&(DonationStatus, GatewayMode, u64)| *known == status && *its == mode;
            let number = tallies.donations.iter().find(same).map_or(0, |(_, _, number)| *number);
            meter.set(names::BY_STATE, [("state", status.word()), ("mode", word)], number);
        }
    }
    meter.set(names::JOBS_PARKED, [], tallies.jobs_parked);
}
