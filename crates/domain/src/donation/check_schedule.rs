//! When the gateway is asked how an order stands of which no webhook tells.

use chrono::TimeDelta;

use crate::Instant;
use crate::donation::Attempt;

/// How often the gateway is asked about an open order: less and less often, and in the end no longer.
///
/// | the order is | the next question comes |
/// |---|---|
/// | new | `first_after` after it was begun |
/// | not yet due | after half of its age, a minute (or `first_after`, if that is shorter) at least and an hour at most |
/// | about to be due | [`Attempt::LAPSES_AFTER`] after the due date, when it must have ended |
/// | open up to a day past its due date | an hour later |
/// | open up to a week longer | a day later |
/// | older | never, once the gateway has said that it still is open |
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckSchedule {
    first_after: TimeDelta,
}

const SHORTEST_PAUSE: TimeDelta = TimeDelta::minutes(1);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(1);
const HOURLY_FOR: TimeDelta = TimeDelta::days(1);
const DAILY: TimeDelta = TimeDelta::days(1);
const DAILY_FOR: TimeDelta = TimeDelta::weeks(1);

impl CheckSchedule {
    /// A schedule whose first question comes when the order is so old; a second at least.
    pub fn new(first_after: TimeDelta) -> Self {
        Self { first_after: first_after.max(TimeDelta::seconds(1)) }
    }

    /// How old an order is when the gateway is first asked about it.
    pub const fn first_after(self) -> TimeDelta {
        self.first_after
    }

    /// When the gateway is asked again that did not say how the order stands: nothing was learnt, so that giving up is never
    /// right. It may be the first question for a long time, because no server was running.
    pub fn next_unanswered(self, attempt: &Attempt, now: Instant) -> Instant {
        self.next(attempt, now).unwrap_or(now + DAILY)
    }

    /// When the gateway is asked again about an attempt's order that was asked about `now`; always later than that.
    /// `None` once it is not worth asking any longer.
    pub fn next(self, attempt: &Attempt, now: Instant) -> Option<Instant> {
        let ended_by = attempt.due_at + Attempt::LAPSES_AFTER;
        if now < ended_by {
            let shortest = self.first_after.min(SHORTEST_PAUSE);
            let pause = ((now - attempt.started_at) / 2).clamp(shortest, LONGEST_PAUSE);
            return Some(ended_by.min(now + pause));
        }
        let past_due = now - attempt.due_at;
        if past_due < HOURLY_FOR {
            Some(now + TimeDelta::hours(1))
        } else if past_due < HOURLY_FOR + DAILY_FOR {
            Some(now + DAILY)
        } else {
            None
        }
    }
}
