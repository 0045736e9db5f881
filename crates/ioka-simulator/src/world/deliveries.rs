//! Webhooks that were sent, with each answer.

use std::collections::VecDeque;

use serde::Serialize;

use crate::model::Stamp;

/// Older records are forgotten beyond this number.
const KEPT: usize = 20_000;

/// What became of a delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum DeliveryState {
    /// Not yet tried, or to be tried again.
    Waiting,
    /// The receiver answered 200.
    Delivered,
    /// Every try failed; it is dropped for good. \[DOC\]
    GivenUp,
    /// A fault swallowed it; it was never sent.
    Lost,
}

/// One try of a delivery.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Try {
    pub(crate) at: Stamp,
    /// The receiver's HTTP status, if it answered in time.
    pub(crate) status: Option<u16>,
    /// Why there is no status.
    pub(crate) error: Option<String>,
}

/// A webhook on its way to one receiver.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Delivery {
    pub(crate) number: u64,
    pub(crate) created_at: Stamp,
    pub(crate) event: String,
    pub(crate) order_id: Option<String>,
    pub(crate) url: String,
    pub(crate) header: &'static str,
    pub(crate) signature: String,
    /// The bytes as sent; all of them are ASCII.
    pub(crate) body: String,
    /// The fault that touched it.
    pub(crate) fault: Option<&'static str>,
    pub(crate) state: DeliveryState,
    pub(crate) tries: Vec<Try>,
}

/// What the delivery worker needs to send one.
#[derive(Clone, Debug)]
pub(crate) struct Dispatch {
    pub(crate) number: u64,
    pub(crate) url: String,
    pub(crate) header: &'static str,
    pub(crate) signature: String,
    pub(crate) body: String,
    /// First tries within one lane keep their order.
    pub(crate) lane: String,
    /// Not before this simulated time.
    pub(crate) not_before: Option<Stamp>,
    /// To be sent after the next one.
    pub(crate) is_held_back: bool,
}

/// Records of deliveries, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Deliveries {
    records: VecDeque<Delivery>,
    next_number: u64,
}

impl Deliveries {
    /// No records, numbers going on from here.
    pub(crate) fn emptied(&self) -> Self {
        Self { records: VecDeque::new(), next_number: self.next_number }
    }

    /// The number the next record gets.
    pub(crate) fn next_number(&self) -> u64 {
        self.next_number
    }

    /// Keeps a record made with [`Deliveries::next_number`].
    pub(crate) fn push(&mut self, delivery: Delivery) {
        self.next_number = delivery.number + 1;
        self.records.push_back(delivery);
        if self.records.len() > KEPT {
            self.records.pop_front();
        }
    }

    /// The record with this number, unless it was forgotten.
    pub(crate) fn get_mut(&mut self, number: u64) -> Option<&mut Delivery> {
        let first = self.records.front()?.number;
        let index = usize::try_from(number.checked_sub(first)?).ok()?;
        self.records.get_mut(index)
    }

    /// All records, oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.records.iter()
    }
}
