//! A subscription: charges of a saved card by schedule.

use serde::{Deserialize, Serialize};

use super::{FreeJson, Stamp};

/// Where a schedule stands. \[API\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ScheduleStatus {
    Active,
    Paused,
    Cancelled,
}

/// The unit of `step`. \[API\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum ScheduleUnit {
    Day,
    Week,
    #[default]
    Month,
}

/// A subscription. `amount` is in tiyn.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Subscription {
    pub(crate) id: String,
    pub(crate) created_at: Stamp,
    pub(crate) amount: i64,
    pub(crate) description: Option<String>,
    pub(crate) extra_info: Option<FreeJson>,
    pub(crate) customer_id: String,
    pub(crate) card_id: String,
    pub(crate) status: ScheduleStatus,
    /// The date the schedule counts from, so that the 31st comes back after February. \[GUESS\]
    pub(crate) anchor: Stamp,
    /// Charges since the anchor.
    pub(crate) periods: u32,
    pub(crate) next_pay: Stamp,
    pub(crate) step: u32,
    pub(crate) unit: ScheduleUnit,
    /// Ids of its payments, oldest first.
    pub(crate) payments: Vec<String>,
}

impl Subscription {
    /// Moves `next_pay` one period on; at the end of the calendar the schedule ends.
    pub(crate) fn move_on(&mut self) {
        self.periods = self.periods.saturating_add(1);
        let steps = self.periods.saturating_mul(self.step);
        let next = match self.unit {
            ScheduleUnit::Day => self.anchor.plus_days(u64::from(steps)),
            ScheduleUnit::Week => self.anchor.plus_days(u64::from(steps) * 7),
            ScheduleUnit::Month => self.anchor.plus_months(steps),
        };
        match next {
            Some(next) => self.next_pay = next,
            None => self.status = ScheduleStatus::Cancelled,
        }
    }
}
