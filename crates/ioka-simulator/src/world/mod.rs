//! Everything the simulator knows at one moment, behind one lock.
//!
//! A [`World`] is plain data with indexes: handlers take the lock, call one use case of [`crate::engine`], and take
//! shared snapshots (`Arc`) out of it, so that answers are written after the lock is gone. Every change of an object
//! goes through a `put_…` here, which keeps indexes, timers and the journal in step.

mod deliveries;
mod entry;
mod idempotency;
mod journal;
mod orders;
mod records;
mod table;
mod timers;

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

pub(crate) use deliveries::{Deliveries, Delivery, DeliveryState, Dispatch, Try};
pub(crate) use entry::{Entry, EntryRef};
pub(crate) use idempotency::{Claim, Idempotency, StoredAnswer};
pub(crate) use journal::Journal;
pub use journal::JournalError;
pub(crate) use orders::{OrderFilter, Page};
pub(crate) use records::ApiKey;
pub(crate) use table::Table;
pub(crate) use timers::{Due, Timers};

use crate::faults::{Call, Faults};
use crate::ids::Ids;
use crate::model::{Card, Customer, Event, Order, OrderStatus, Payment, Refund, Stamp, Subscription, Webhook};
use crate::settings::Settings;

/// The simulator's memory.
pub(crate) struct World {
    pub(crate) settings: Arc<Settings>,
    pub(crate) ids: Ids,
    /// The simulated time of the work at hand.
    pub(crate) now: Stamp,
    /// The call being served, for faults that match by it; empty when a timer works.
    pub(crate) call: Call,
    pub(crate) orders: Table<Order>,
    pub(crate) payments: Table<Payment>,
    pub(crate) refunds: Table<Refund>,
    pub(crate) customers: Table<Customer>,
    pub(crate) cards: Table<Card>,
    pub(crate) subscriptions: Table<Subscription>,
    pub(crate) webhooks: Table<Webhook>,
    pub(crate) keys: HashMap<String, ApiKey>,
    pub(crate) faults: Faults,
    pub(crate) deliveries: Deliveries,
    pub(crate) idempotency: Idempotency,
    /// Webhooks to hand to the delivery worker once the lock is released.
    pub(crate) outbox: Vec<Dispatch>,
    pub(crate) timers: Timers,
    events: HashMap<String, Vec<Event>>,
    order_by_external_id: HashMap<String, usize>,
    orders_by_status: HashMap<OrderStatus, BTreeSet<usize>>,
    customer_by_external_id: HashMap<String, String>,
    refund_external_ids: HashSet<String>,
    journal: Option<Journal>,
}

impl World {
    /// An empty world that writes its changes to `journal`, if there is one.
    pub(crate) fn new(settings: Arc<Settings>, now: Stamp, journal: Option<Journal>) -> Self {
        Self {
            ids: Ids::from_seed(settings.seed),
            now,
            call: Call::default(),
            orders: Table::default(),
            payments: Table::default(),
            refunds: Table::default(),
            customers: Table::default(),
            cards: Table::default(),
            subscriptions: Table::default(),
            webhooks: Table::default(),
            keys: HashMap::new(),
            faults: Faults::default(),
            deliveries: Deliveries::default(),
            idempotency: Idempotency::default(),
            outbox: Vec::new(),
            timers: Timers::default(),
            events: HashMap::new(),
            order_by_external_id: HashMap::new(),
            orders_by_status: HashMap::new(),
            customer_by_external_id: HashMap::new(),
            refund_external_ids: HashSet::new(),
            journal,
            settings,
        }
    }

    /// Forgets everything, keeps the journal's file (emptied) and starts the ids anew.
    ///
    /// # Errors
    /// The journal's file cannot be emptied.
    pub(crate) fn reset(&mut self, now: Stamp) -> Result<(), JournalError> {
        let mut journal = self.journal.take();
        let outcome = journal.as_mut().map_or(Ok(()), Journal::clear);
        // Delivery numbers go on, so that a delivery under way cannot report into a record of the new world.
        let deliveries = self.deliveries.emptied();
        *self = Self::new(Arc::clone(&self.settings), now, journal);
        self.deliveries = deliveries;
        outcome
    }

    /// Starts writing changes to this journal.
    pub(crate) fn attach_journal(&mut self, journal: Journal) {
        self.journal = Some(journal);
    }

    /// Remembers a change for [`World::flush_journal`].
    pub(crate) fn note(&mut self, entry: EntryRef<'_>) {
        if let Some(journal) = &mut self.journal {
            journal.note(&entry);
        }
    }

    /// Hands the noted changes to the operating system, so that they survive the end of this process.
    pub(crate) fn flush_journal(&mut self) {
        if let Some(journal) = &mut self.journal
            && let Err(error) = journal.flush()
        {
            tracing::error!(%error, "the data file could not be written; changes since are kept in memory only");
        }
    }

    /// An id with this prefix that nothing has yet.
    pub(crate) fn fresh_id(&mut self, prefix: &str) -> String {
        loop {
            let id = self.ids.object(prefix);
            if !self.is_taken(&id) {
                return id;
            }
        }
    }

    fn is_taken(&self, id: &str) -> bool {
        self.orders.contains(id)
            || self.payments.contains(id)
            || self.refunds.contains(id)
            || self.customers.contains(id)
            || self.cards.contains(id)
            || self.subscriptions.contains(id)
            || self.webhooks.contains(id)
    }
}
