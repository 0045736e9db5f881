//! What happens by itself, and when.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::model::Stamp;

/// Something that falls due; the engine checks that it still applies. Carries the id of its object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Due {
    /// An order's `due_date`. \[DOC\]
    ExpireOrder(String),
    /// The automatic capture of a hold. \[DOC\]
    CaptureHold(String),
    /// The outcome of a payment a slow bank has, or whose payer went away.
    SettlePayment(String),
    /// The outcome of a refund a slow bank has.
    SettleRefund(String),
    /// The next charge of a subscription. \[API\]
    ChargeSubscription(String),
}

/// Timers by time, then by the order in which they were set.
#[derive(Debug, Default)]
pub(crate) struct Timers {
    queue: BinaryHeap<Reverse<(Stamp, u64, Due)>>,
    set: u64,
}

impl Timers {
    /// Sets a timer.
    pub(crate) fn set(&mut self, at: Stamp, due: Due) {
        self.set += 1;
        self.queue.push(Reverse((at, self.set, due)));
    }

    /// Takes the earliest timer that is due by `until`.
    pub(crate) fn take_due(&mut self, until: Stamp) -> Option<(Stamp, Due)> {
        let Reverse((at, _, _)) = self.queue.peek()?;
        if *at > until {
            return None;
        }
        self.queue.pop().map(|Reverse((at, _, due))| (at, due))
    }
}
