use async_trait::async_trait;
use domain::ports::{Lease, ReconciliationStore, StoreError, TakeDay, TakenDay, TimeSpan, WantedDay};
use domain::reconciliation::{Day, DayReport, Difference, Totals};
use domain::{Donation, DonationId, Instant};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl ReconciliationStore for Store {
    async fn take_day(&self, wanted: &WantedDay) -> Result<TakeDay, StoreError> {
        let wanted = *wanted;
        writing!(self, reconciliations, |conn, reconciliations| reconciliations::take(conn, &wanted))
    }

    async fn keep(&self, day: &TakenDay, found: &[Difference], lease_until: Instant) -> Result<Lease, StoreError> {
        let (day, found) = (*day, found.to_vec());
        writing!(self, reconciliations, |conn, reconciliations| reconciliations::keep(conn, &day, &found, lease_until))
    }

    async fn complete(&self, day: &TakenDay, totals: &Totals, now: Instant) -> Result<Lease, StoreError> {
        let (day, totals) = (*day, *totals);
        writing!(self, reconciliations, |conn, reconciliations| reconciliations::finish(conn, &day, &totals, now))
    }

    async fn break_off(&self, day: &TakenDay, retry_at: Instant) -> Result<Lease, StoreError> {
        let day = *day;
        writing!(self, reconciliations, |conn, reconciliations| reconciliations::break_off(conn, &day, retry_at))
    }

    async fn due(&self, first: Day, last: Day, now: Instant) -> Result<Vec<Day>, StoreError> {
        reading!(self, reconciliations, |conn, reconciliations| reconciliations::due(conn, (first, last), now))
    }

    async fn report(&self, day: Day) -> Result<Option<DayReport>, StoreError> {
        reading!(self, reconciliations, |conn, reconciliations| reconciliations::report(conn, day))
    }

    async fn donations_in(
        &self,
        span: &TimeSpan,
        after: Option<DonationId>,
        limit: u32,
    ) -> Result<Vec<Donation>, StoreError> {
        let span = *span;
        reading!(self, reconciliations, |conn, reconciliations| reconciliations::donations_in(
            conn, &span, after, limit
        ))
    }
}
