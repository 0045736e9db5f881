//! What all parts of a running simulator share.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::mpsc::UnboundedSender;

use crate::clock::SimClock;
use crate::faults::Call;
use crate::ids::Ids;
use crate::request_log::RequestLog;
use crate::settings::Settings;
use crate::world::{Dispatch, EntryRef, JournalError, World};

/// The shared state of a simulator.
pub(crate) struct Sim {
    pub(crate) settings: Arc<Settings>,
    pub(crate) clock: SimClock,
    pub(crate) requests: Mutex<RequestLog>,
    world: Mutex<World>,
    traces: Mutex<Ids>,
    outbox: UnboundedSender<Dispatch>,
}

impl Sim {
    /// Joins the parts; `outbox` leads to the delivery worker.
    pub(crate) fn new(clock: SimClock, world: World, outbox: UnboundedSender<Dispatch>) -> Self {
        let settings = Arc::clone(&world.settings);
        let traces = Mutex::new(trace_ids(&settings));
        Self { settings, clock, requests: Mutex::default(), world: Mutex::new(world), traces, outbox }
    }

    /// Works on the world: what fell due is done first, what changed is written down and announced afterwards.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&mut World) -> T) -> T {
        self.serve(Call::default(), work)
    }

    /// Like [`Sim::with`], for a call that faults may match.
    pub(crate) fn serve<T>(&self, call: Call, work: impl FnOnce(&mut World) -> T) -> T {
        let mut world = lock(&self.world);
        world.run_due(self.clock.now());
        world.call = call;
        let outcome = work(&mut world);
        world.flush_journal();
        for dispatch in std::mem::take(&mut world.outbox) {
            // The worker is gone only while the simulator stops.
            let _ = self.outbox.send(dispatch);
        }
        outcome
    }

    /// 32 hex digits for `x-trace-id`. \[API\]
    pub(crate) fn trace_id(&self) -> String {
        lock(&self.traces).hex::<16>()
    }

    /// Moves the clock and does what fell due on the way.
    pub(crate) fn advance_clock(&self, seconds: u32) {
        self.clock.advance(seconds);
        self.with(|world| world.note(EntryRef::Clock(&self.clock.offset_micros())));
    }

    /// Puts everything back to the start: no objects, no faults, the clock at its base, ids from the seed anew.
    ///
    /// # Errors
    /// The data file cannot be emptied.
    pub(crate) fn reset(&self) -> Result<(), JournalError> {
        self.clock.set_offset_micros(0);
        *lock(&self.traces) = trace_ids(&self.settings);
        lock(&self.requests).clear();
        self.with(|world| {
            world.reset(self.clock.now())?;
            world.add_fixed_webhooks();
            Ok(())
        })
    }
}

/// Traces have a stream of their own, so that looking around does not change the ids of objects.
fn trace_ids(settings: &Settings) -> Ids {
    Ids::from_seed(settings.seed ^ 0x7ace_7ace_7ace_7ace)
}

/// Takes a lock; a panic elsewhere does not make the data useless.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
