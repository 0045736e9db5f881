//! What the next calls do.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use domain::Tenge;
use tokio::sync::Semaphore;

/// A call of the port.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// `create_order`
    CreateOrder,
    /// `order`
    Order,
    /// `order_by_external_id`
    OrderByExternalId,
    /// `create_refund`
    CreateRefund,
    /// `refund`
    Refund,
    /// `refunds`
    Refunds,
    /// `orders_made`
    OrdersMade,
    /// `refunds_made`
    RefundsMade,
    /// `check`
    Check,
}

/// What a call does, instead of what it would.
#[derive(Debug, Clone)]
pub enum Behaviour {
    /// Nothing out of the ordinary. Takes its place in the script.
    Ordinary,
    /// The work is done, and the answer lost: `OutcomeUnknown`.
    LoseAnswer,
    /// Nothing is done, and no answer comes: `OutcomeUnknown`.
    LoseRequest,
    /// Nothing is done: `Refused`.
    Refuse,
    /// Nothing is done: `Unavailable`.
    BeUnavailable,
    /// The work is done, and the answer waits until it is let go.
    Pause(Pause),
    /// Nothing is done until it is let go.
    PauseBefore(Pause),
    /// The new order waits for its payer.
    LeavePending,
    /// The new order is paid at once.
    PayAtOnce,
    /// The new order is paid at once, but this much is taken.
    Capture(Tenge),
    /// The new refund waits for the bank.
    RefundPending,
    /// The new refund is declined by the bank.
    RefundDeclined,
}

/// Holds a call until a test lets it go on. Clones are the same pause.
#[derive(Debug, Clone)]
pub struct Pause {
    reached: Arc<Semaphore>,
    let_go: Arc<Semaphore>,
}

impl Default for Pause {
    fn default() -> Self {
        Self { reached: Arc::new(Semaphore::new(0)), let_go: Arc::new(Semaphore::new(0)) }
    }
}

impl Pause {
    /// A pause that nobody has come to.
    pub fn new() -> Self {
        Self::default()
    }

    /// Waits until a call has come to the pause.
    pub async fn reached(&self) {
        one_of(&self.reached).await;
    }

    /// Lets one call go on, be it one that has yet to come.
    pub fn let_go(&self) {
        self.let_go.add_permits(1);
    }

    pub(crate) async fn hold(&self) {
        self.reached.add_permits(1);
        one_of(&self.let_go).await;
    }
}

async fn one_of(permits: &Semaphore) {
    let permit = permits.acquire().await.expect("nobody closes a pause");
    permit.forget();
}

/// The behaviours that have been asked for.
#[derive(Debug, Default)]
pub(crate) struct Script {
    next: HashMap<Call, VecDeque<Behaviour>>,
    standing: HashMap<Call, Behaviour>,
    of_any_call: VecDeque<Behaviour>,
}

impl Script {
    pub(crate) fn push(&mut self, call: Call, behaviour: Behaviour) {
        self.next.entry(call).or_default().push_back(behaviour);
    }

    pub(crate) fn push_for_any(&mut self, behaviour: Behaviour) {
        self.of_any_call.push_back(behaviour);
    }

    pub(crate) fn always(&mut self, call: Call, behaviour: Behaviour) {
        self.standing.insert(call, behaviour);
    }

    /// What this call does: what was asked for it, for any call, for all such calls, or nothing out of the ordinary.
    pub(crate) fn take(&mut self, call: Call) -> Behaviour {
        let own = self.next.get_mut(&call).and_then(VecDeque::pop_front);
        own.or_else(|| self.of_any_call.pop_front())
            .or_else(|| self.standing.get(&call).cloned())
            .unwrap_or(Behaviour::Ordinary)
    }
}
