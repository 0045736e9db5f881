//! Everything around the servers: the time, the gateway's books, the webhooks, what clients were told, and chance.

use std::future;
use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use chrono::TimeDelta;
use domain::ports::{GatewayError, Mail, StoreError};
use domain::{DonationId, Instant, OrderId, RefundId};

use crate::coverage::{Seen, Sights};
use crate::dice::Dice;
use crate::gateway::{Books, Messages};
use crate::plan::Weather;

/// When every history begins: 1 March 2027, 09:00 in Kazakhstan.
const BEGINNING_S: i64 = 1_803_873_600;

/// How much time a call takes.
const CALL_TAKES: TimeDelta = TimeDelta::milliseconds(40);

/// Everything around the servers, behind one lock. Nobody ever waits for it: there is one thread.
#[derive(Debug)]
pub struct World {
    state: Mutex<State>,
}

/// What the world is like.
#[derive(Debug)]
pub struct State {
    /// The gateway's time.
    pub now: Instant,
    /// The gateway's books.
    pub books: Books,
    /// The gateway's webhooks.
    pub messages: Messages,
    /// Webhooks whose delivery is to begin.
    pub begin: Vec<usize>,
    /// Whoever acts now.
    pub task: Actor,
    /// The donations that a client was told of, each in its place.
    pub donations: Vec<Option<DonationId>>,
    /// Those whose donor was told that they are cancelled.
    pub cancelled: Vec<DonationId>,
    /// How many calls to the gateway still fail, and how.
    pub gateway_outage: (u32, Outage),
    /// How many calls to the database still fail.
    pub store_outage: u32,
    /// The server that is dying in the current call.
    pub dying: Option<usize>,
    /// How many calls have been made.
    pub calls: u64,
    /// What was seen.
    pub sights: Sights,
    /// What must not have happened.
    pub violations: Vec<String>,
    /// Mails that were handed over, copies included.
    pub mails: Vec<Mail>,
    /// Refunds that an operator was told will be made, or have been.
    pub refunds_told: Vec<(DonationId, RefundId)>,
    /// Orders of which the gateway has refused a refund that it might have made.
    pub refunds_refused: Vec<OrderId>,
    /// What happened, if anybody wants to read it.
    pub story: Option<Vec<String>>,
}

/// Whoever acts: an action, or a task that it began.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Decides what becomes of its calls.
    pub dice: Dice,
    /// Its new names.
    pub ids: Dice,
    /// What may go wrong.
    pub weather: Weather,
    /// What it is called in the story.
    pub name: String,
}

impl Actor {
    /// Somebody whose luck is decided by a seed.
    pub const fn new(seed: u64, weather: Weather, name: String) -> Self {
        Self { dice: Dice::of(seed, 1), ids: Dice::of(seed, 2), weather, name }
    }
}

/// How the gateway fails while it is out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outage {
    /// It says that it did nothing.
    Unavailable,
    /// It refuses.
    Refused,
    /// Nothing is heard of it, and it did nothing.
    Silent,
    /// Nothing is heard of it, but it did what it was asked.
    SilentButDone,
}

/// A call of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the port's method of this name")]
pub enum Call {
    CreateOrder,
    Order,
    OrderByName,
    CreateRefund,
    Refund,
    Refunds,
    OrdersMade,
    RefundsMade,
    Check,
    Insert,
    Find,
    FindByOrder,
    List,
    Save,
    Timeline,
    Record,
    FindDelivery,
    TakeDue,
    Schedule,
    TakeRefunds,
    ScheduleRefund,
    TakeJobs,
    FinishJob,
    RetryJob,
    ListJobs,
    TakeDay,
    KeepDay,
    EndDay,
    ReadDays,
    SendMail,
    CheckMail,
}

impl Call {
    /// Whether the gateway is called.
    pub const fn is_to_gateway(self) -> bool {
        use Call::*;
        matches!(
            self,
            CreateOrder | Order | OrderByName | CreateRefund | Refund | Refunds | OrdersMade | RefundsMade | Check
        )
    }

    /// Whether it changes anything.
    pub const fn changes(self) -> bool {
        use Call::*;
        matches!(
            self,
            CreateOrder
                | CreateRefund
                | Insert
                | Save
                | Record
                | TakeDue
                | Schedule
                | TakeRefunds
                | ScheduleRefund
                | TakeJobs
                | FinishJob
                | TakeDay
                | KeepDay
                | EndDay
                | SendMail
        )
    }
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is done.
    Do,
    /// It fails, and nothing is done.
    FailBefore,
    /// It is done, and the answer is lost.
    FailAfter,
    /// The server dies, and nothing is done.
    DieBefore,
    /// It is done, and the server dies.
    DieAfter,
}

impl World {
    /// A world at its beginning. Its names begin with `prefix`.
    pub fn new(prefix: String, donations: usize, story: Option<Vec<String>>) -> Self {
        let state = State {
            now: Instant::from_timestamp(BEGINNING_S, 0).unwrap_or_default(),
            books: Books { prefix, ..Books::default() },
            messages: Messages::default(),
            begin: Vec::new(),
            task: Actor::new(0, Weather::Calm, String::new()),
            donations: vec![None; donations],
            cancelled: Vec::new(),
            gateway_outage: (0, Outage::Unavailable),
            store_outage: 0,
            dying: None,
            calls: 0,
            sights: Sights::default(),
            violations: Vec::new(),
            mails: Vec::new(),
            refunds_told: Vec::new(),
            refunds_refused: Vec::new(),
            story,
        };
        Self { state: Mutex::new(state) }
    }

    /// What the world is like now.
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A call is on its way: others act first, perhaps; then it is said what becomes of it.
    pub const fn step(&self, server: usize, call: Call) -> Step<'_> {
        Step { world: self, server, call, on_its_way: false }
    }

    /// The server dies: never comes back.
    pub async fn die(&self, server: usize) {
        {
            let mut state = self.state();
            state.dying = Some(server);
            state.saw(Seen::Death);
            state.note(|| format!("server {server} dies"));
        }
        future::pending().await
    }
}

/// See [`World::step`].
pub struct Step<'a> {
    world: &'a World,
    server: usize,
    call: Call,
    on_its_way: bool,
}

impl Future for Step<'_> {
    type Output = Fate;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Fate> {
        if !self.on_its_way {
            self.on_its_way = true;
            return Poll::Pending;
        }
        let mut state = self.world.state();
        // Of several calls at once one may have brought death to the others.
        if state.dying == Some(self.server) {
            return Poll::Pending;
        }
        Poll::Ready(state.fate(self.call, self.server))
    }
}

impl State {
    fn fate(&mut self, call: Call, server: usize) -> Fate {
        self.now += CALL_TAKES;
        self.calls += 1;
        let scale = match self.task.weather {
            Weather::Calm => 0,
            Weather::Rough => 1,
            Weather::Stormy => 3,
        };
        let thrown = self.task.dice.below(1000);
        // Before, after, death before, death after; of a thousand calls.
        let odds = match (call.is_to_gateway(), call.changes()) {
            // Few histories send many mails.
            _ if call == Call::SendMail => [40, 90, 15, 30],
            (true, true) => [35, 60, 12, 25],
            (true, false) => [40, 10, 8, 4],
            (false, true) => [14, 14, 8, 10],
            (false, false) => [10, 0, 4, 0],
        };
        let mut fate = Fate::Do;
        let mut end = 0;
        let fates = [Fate::FailBefore, Fate::FailAfter, Fate::DieBefore, Fate::DieAfter];
        for (odds, one) in odds.into_iter().zip(fates) {
            if (end..end + odds * scale).contains(&thrown) {
                fate = one;
            }
            end += odds * scale;
        }
        if fate == Fate::Do {
            fate = self.fate_by_outage(call);
        }
        self.note(|| {
            format!("server {server}: {call:?}{}", if fate == Fate::Do { String::new() } else { format!(" {fate:?}") })
        });
        fate
    }

    fn fate_by_outage(&mut self, call: Call) -> Fate {
        if call.is_to_gateway() && self.gateway_outage.0 > 0 {
            self.gateway_outage.0 -= 1;
            self.saw(Seen::GatewayOutage);
            let done = self.gateway_outage.1 == Outage::SilentButDone;
            return if done { Fate::FailAfter } else { Fate::FailBefore };
        }
        if !call.is_to_gateway() && call != Call::SendMail && self.store_outage > 0 {
            self.store_outage -= 1;
            return Fate::FailBefore;
        }
        Fate::Do
    }

    /// How a call to the gateway fails that was not carried out.
    pub fn gateway_failure(&mut self) -> GatewayError {
        let outage = match self.gateway_outage.0 {
            0 => *self
                .task
                .dice
                .pick(&[Outage::Unavailable, Outage::Silent, Outage::Unavailable, Outage::Refused])
                .unwrap_or(&Outage::Unavailable),
            _ => self.gateway_outage.1,
        };
        match outage {
            Outage::Unavailable => GatewayError::Unavailable("simulated".to_owned()),
            Outage::Refused => GatewayError::Refused("simulated".to_owned()),
            Outage::Silent | Outage::SilentButDone => GatewayError::OutcomeUnknown("simulated: not done".to_owned()),
        }
    }

    /// How a call to the gateway fails that was carried out. It may look as if the gateway had not been there, since that
    /// is promised to be harmless for what has a name.
    pub fn lost_answer(&mut self) -> GatewayError {
        if self.task.dice.chance(150) {
            GatewayError::Unavailable("simulated: done all the same".to_owned())
        } else {
            GatewayError::OutcomeUnknown("simulated: done".to_owned())
        }
    }

    /// How a call to the database fails.
    pub fn store_failure(&mut self) -> StoreError {
        if self.task.dice.chance(700) {
            StoreError::Unavailable("simulated".to_owned())
        } else {
            StoreError::Failed("simulated".to_owned())
        }
    }

    /// Writes a line into the story, if there is one.
    pub fn note(&mut self, line: impl FnOnce() -> String) {
        let (now, name) = (self.now, &self.task.name);
        if let Some(story) = &mut self.story {
            story.push(format!("{} {name:<22} {}", now.format("%d %H:%M:%S%.3f"), line()));
        }
    }

    /// Notes that something was exercised.
    pub const fn saw(&mut self, what: Seen) {
        self.sights.saw(what);
    }

    /// Something happened that must not happen.
    pub fn violated(&mut self, what: String) {
        self.note(|| format!("VIOLATION {what}"));
        if !self.violations.contains(&what) {
            self.violations.push(what);
        }
    }
}
