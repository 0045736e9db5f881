//! Answers kept for their `idempotency-key`.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

use crate::model::Stamp;

/// How long an answer is kept. \[DOC\]
const KEPT_SECONDS: u32 = 3600;

/// An answer that repeats with the same key get again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct StoredAnswer {
    pub(crate) key: String,
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) at: Stamp,
}

/// What a call with a key is to do.
pub(crate) enum Claim {
    /// Nobody used the key in the last hour: do the work, then store or release.
    Mine,
    /// A call with this key is being served: wait, then claim again.
    Busy(Arc<Notify>),
    /// Give this answer.
    Answered(StoredAnswer),
}

#[derive(Debug)]
enum Slot {
    Busy(Arc<Notify>),
    Done(StoredAnswer),
}

/// All keys used in the last hour.
#[derive(Debug, Default)]
pub(crate) struct Idempotency {
    slots: HashMap<String, Slot>,
    by_age: VecDeque<(Stamp, String)>,
}

impl Idempotency {
    /// Claims a key at this time.
    pub(crate) fn claim(&mut self, key: &str, now: Stamp) -> Claim {
        self.drop_old(now);
        match self.slots.get(key) {
            Some(Slot::Busy(done)) => Claim::Busy(Arc::clone(done)),
            Some(Slot::Done(answer)) => Claim::Answered(answer.clone()),
            None => {
                self.slots.insert(key.to_owned(), Slot::Busy(Arc::new(Notify::new())));
                Claim::Mine
            }
        }
    }

    /// Keeps an answer and wakes those who wait for it.
    pub(crate) fn store(&mut self, answer: StoredAnswer) {
        self.by_age.push_back((answer.at, answer.key.clone()));
        if let Some(Slot::Busy(done)) = self.slots.insert(answer.key.clone(), Slot::Done(answer)) {
            done.notify_waiters();
        }
    }

    /// Gives up a claim whose work was abandoned.
    pub(crate) fn release(&mut self, key: &str) {
        if let Some(Slot::Busy(done)) = self.slots.get(key) {
            done.notify_waiters();
            self.slots.remove(key);
        }
    }

    /// The answers kept now.
    pub(crate) fn answers(&self) -> impl Iterator<Item = &StoredAnswer> {
        self.slots.values().filter_map(|slot| match slot {
            Slot::Done(answer) => Some(answer),
            Slot::Busy(_) => None,
        })
    }

    fn drop_old(&mut self, now: Stamp) {
        while let Some((at, _)) = self.by_age.front()
            && at.plus_seconds(KEPT_SECONDS) <= now
        {
            if let Some((_, key)) = self.by_age.pop_front() {
                self.slots.remove(&key);
            }
        }
    }
}
