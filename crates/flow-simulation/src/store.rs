//! The real store, with something that may go wrong before and after each of its transactions.

use std::sync::Arc;

use async_trait::async_trait;
use diesel_store::Store;
use domain::donation::{Change, TimelineEntry};
use domain::ports::{
    CertificateStore, Delivery, DeliveryQuery, DeliveryStore, DonationQuery, DonationStore, DueJobs, DueOrders,
    DueRefunds, FiledCertificate, InsertDonation, Job, JobOutcome, JobQuery, JobRecord, JobStore, Lease, OpenOrder,
    OpenOrderStore, PendingRefund, PendingRefundStore, ReconciliationStore, RecordDelivery, Save, StoreError, TakeDay,
    TakenDay, TimeSpan, WantedDay,
};
use domain::reconciliation::{Day, DayReport, Difference, Totals};
use domain::{CertificateNumber, DeliveryId, Donation, DonationId, Instant, JobId, OrderId};

use crate::coverage::Seen;
use crate::stage::Stage;
use crate::world::{Call, Fate, World};

/// The store as one server reaches it.
pub struct SimStore {
    world: Arc<World>,
    stage: Arc<Stage>,
    server: usize,
}

impl SimStore {
    /// The store for one server.
    pub const fn new(world: Arc<World>, stage: Arc<Stage>, server: usize) -> Self {
        Self { world, stage, server }
    }

    /// Makes the call when its turn comes. The store's own work is waited for at once, so that no other thread's pace
    /// decides anything.
    async fn call<T: Send>(
        &self,
        call: Call,
        work: impl AsyncFnOnce(&Store) -> Result<T, StoreError> + Send,
    ) -> Result<T, StoreError> {
        let fate = self.world.step(self.server, call).await;
        let answer = match fate {
            Fate::FailBefore => {
                let mut state = self.world.state();
                state.saw(Seen::StoreFailed);
                Err(state.store_failure())
            }
            Fate::DieBefore => Err(StoreError::Unavailable(String::new())),
            Fate::Do => self.stage.wait(work(&self.stage.store)),
            Fate::FailAfter => {
                let done = self.stage.wait(work(&self.stage.store));
                let mut state = self.world.state();
                state.saw(Seen::StoreAnswerLost);
                done.and(Err(state.store_failure()))
            }
            Fate::DieAfter => {
                let done = self.stage.wait(work(&self.stage.store));
                self.world.state().saw(Seen::DeathAfterCommit);
                done
            }
        };
        if matches!(fate, Fate::DieBefore | Fate::DieAfter) {
            self.world.die(self.server).await;
        }
        if let (Fate::Do, Err(error)) = (fate, &answer) {
            self.world.state().violated(format!("the store failed by itself: {error}"));
        }
        answer
    }
}

#[async_trait]
impl DonationStore for SimStore {
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<InsertDonation, StoreError> {
        self.call(Call::Insert, async |store| store.insert(donation, entry).await).await
    }

    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError> {
        self.call(Call::Find, async |store| DonationStore::find(store, id).await).await
    }

    async fn find_by_order(&self, order: &OrderId) -> Result<Option<Donation>, StoreError> {
        self.call(Call::FindByOrder, async |store| store.find_by_order(order).await).await
    }

    async fn list(&self, query: &DonationQuery) -> Result<Vec<Donation>, StoreError> {
        self.call(Call::List, async |store| DonationStore::list(store, query).await).await
    }

    async fn save(&self, change: &Change) -> Result<Save, StoreError> {
        let saved = self.call(Call::Save, async |store| store.save(change).await).await?;
        if saved == Save::Conflict {
            self.world.state().saw(Seen::Conflict);
        }
        Ok(saved)
    }

    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        self.call(Call::Timeline, async |store| store.timeline(id).await).await
    }
}

#[async_trait]
impl DeliveryStore for SimStore {
    async fn record<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        let recorded = self.call(Call::Record, async |store| store.record(delivery, change).await).await?;
        if recorded == RecordDelivery::Conflict {
            self.world.state().saw(Seen::Conflict);
        }
        Ok(recorded)
    }

    async fn find(&self, dedup_key: &str) -> Result<Option<Delivery>, StoreError> {
        self.call(Call::FindDelivery, async |store| DeliveryStore::find(store, dedup_key).await).await
    }

    async fn get(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        self.call(Call::FindDelivery, async |store| store.get(id).await).await
    }

    async fn list(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        self.call(Call::FindDelivery, async |store| DeliveryStore::list(store, query).await).await
    }

    async fn replay<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        self.call(Call::Record, async |store| store.replay(delivery, change).await).await
    }
}

#[async_trait]
impl OpenOrderStore for SimStore {
    async fn take_due(&self, due: &DueOrders) -> Result<Vec<OpenOrder>, StoreError> {
        self.call(Call::TakeDue, async |store| OpenOrderStore::take_due(store, due).await).await
    }

    async fn schedule(&self, order: &OpenOrder, next_check_at: Option<Instant>) -> Result<(), StoreError> {
        self.call(Call::Schedule, async |store| OpenOrderStore::schedule(store, order, next_check_at).await).await
    }
}

#[async_trait]
impl CertificateStore for SimStore {
    async fn find(&self, number: &CertificateNumber) -> Result<Option<FiledCertificate>, StoreError> {
        self.call(Call::Find, async |store| CertificateStore::find(store, number).await).await
    }
}

#[async_trait]
impl PendingRefundStore for SimStore {
    async fn take_due(&self, due: &DueRefunds) -> Result<Vec<PendingRefund>, StoreError> {
        self.call(Call::TakeRefunds, async |store| PendingRefundStore::take_due(store, due).await).await
    }

    async fn schedule(&self, refund: &PendingRefund, next_check_at: Instant) -> Result<(), StoreError> {
        let work = async |store: &Store| PendingRefundStore::schedule(store, refund, next_check_at).await;
        self.call(Call::ScheduleRefund, work).await
    }
}

#[async_trait]
impl JobStore for SimStore {
    async fn take_due(&self, due: &DueJobs) -> Result<Vec<Job>, StoreError> {
        self.call(Call::TakeJobs, async |store| JobStore::take_due(store, due).await).await
    }

    async fn finish(&self, job: &Job, outcome: &JobOutcome, now: Instant) -> Result<(), StoreError> {
        self.call(Call::FinishJob, async |store| JobStore::finish(store, job, outcome, now).await).await
    }

    async fn retry(&self, id: JobId, now: Instant) -> Result<Option<JobRecord>, StoreError> {
        self.call(Call::RetryJob, async |store| JobStore::retry(store, id, now).await).await
    }

    async fn list(&self, query: &JobQuery) -> Result<Vec<JobRecord>, StoreError> {
        self.call(Call::ListJobs, async |store| JobStore::list(store, query).await).await
    }
}

#[async_trait]
impl ReconciliationStore for SimStore {
    async fn take_day(&self, wanted: &WantedDay) -> Result<TakeDay, StoreError> {
        self.call(Call::TakeDay, async |store| store.take_day(wanted).await).await
    }

    async fn keep(&self, day: &TakenDay, found: &[Difference], lease_until: Instant) -> Result<Lease, StoreError> {
        if found.iter().any(|difference| difference.settled) {
            self.world.state().saw(Seen::DifferenceSettled);
        }
        self.call(Call::KeepDay, async |store| store.keep(day, found, lease_until).await).await
    }

    async fn complete(&self, day: &TakenDay, totals: &Totals, now: Instant) -> Result<Lease, StoreError> {
        self.call(Call::EndDay, async |store| store.complete(day, totals, now).await).await
    }

    async fn break_off(&self, day: &TakenDay, retry_at: Instant) -> Result<Lease, StoreError> {
        self.call(Call::EndDay, async |store| store.break_off(day, retry_at).await).await
    }

    async fn due(&self, first: Day, last: Day, now: Instant) -> Result<Vec<Day>, StoreError> {
        self.call(Call::ReadDays, async |store| store.due(first, last, now).await).await
    }

    async fn report(&self, day: Day) -> Result<Option<DayReport>, StoreError> {
        self.call(Call::ReadDays, async |store| store.report(day).await).await
    }

    async fn donations_in(
        &self,
        span: &TimeSpan,
        after: Option<DonationId>,
        limit: u32,
    ) -> Result<Vec<Donation>, StoreError> {
        self.call(Call::ReadDays, async |store| store.donations_in(span, after, limit).await).await
    }
}
