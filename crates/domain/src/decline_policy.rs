//! When another payment is refused because too many have failed: card testing made expensive.
//!
//! Whoever tries stolen cards has many payments declined and few taken. So what counts against an address, an e-mail address, a
//! donation or the whole site is how many of its payments were declined in the window **beyond** those that were taken: an
//! office of two hundred people behind one address, a few of whose cards are refused, never comes near a limit, while a tester
//! whose cards are one in ten good is there after a handful. From the limit on, the next payment has to wait after each decline,
//! twice as long each time.

use chrono::TimeDelta;

use crate::Instant;

/// However many payments fail, the whole site waits no longer than this: a longer pause would be a weapon against it.
const LONGEST_FOR_THE_SITE: TimeDelta = TimeDelta::minutes(10);

/// What may fail before somebody has to wait. A limit of 0 is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeclinePolicy {
    /// How long a decline counts. Nobody waits longer than that either.
    pub window: TimeDelta,
    /// The first wait; the next is twice as long.
    pub pause: TimeDelta,
    /// How many for one client's address.
    pub per_client: u32,
    /// How many for one donor's e-mail address.
    pub per_email: u32,
    /// How many for one donation.
    pub per_donation: u32,
    /// How many for all of them together.
    pub per_site: u32,
}

/// How payments ended lately, for one address, e-mail address, donation, or all.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// So many were declined.
    pub declined: u32,
    /// So many were taken.
    pub captured: u32,
    /// When the last one was declined.
    pub last_declined_at: Option<Instant>,
}

/// How payments ended lately, as far as it concerns one payment that is to begin.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// Those from the same client's address.
    pub client: Tally,
    /// Those of the same donor's e-mail address.
    pub email: Tally,
    /// Those of the same donation.
    pub donation: Tally,
    /// All.
    pub site: Tally,
}

impl DeclinePolicy {
    /// Nothing is ever refused.
    pub const OFF: Self = Self {
        window: TimeDelta::zero(),
        pause: TimeDelta::zero(),
        per_client: 0,
        per_email: 0,
        per_donation: 0,
        per_site: 0,
    };

    /// From when on a payment may begin; `None` if it may now.
    pub fn not_before(&self, record: &Record, now: Instant) -> Option<Instant> {
        let site = self.window.min(LONGEST_FOR_THE_SITE);
        let until = [
            self.until(self.per_client, &record.client, self.window),
            self.until(self.per_email, &record.email, self.window),
            self.until(self.per_donation, &record.donation, self.window),
            self.until(self.per_site, &record.site, site),
        ];
        until.into_iter().flatten().max().filter(|until| *until > now)
    }

    fn until(&self, limit: u32, tally: &Tally, longest: TimeDelta) -> Option<Instant> {
        let beyond = tally.declined.saturating_sub(tally.captured).checked_sub(limit).filter(|_| limit > 0)?;
        // 2^20 times any pause is longer than any window.
        let pause = self.pause.checked_mul(1 << beyond.min(20)).unwrap_or(longest);
        Some(tally.last_declined_at? + pause.min(longest))
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    const POLICY: DeclinePolicy = DeclinePolicy {
        window: TimeDelta::hours(1),
        pause: TimeDelta::minutes(1),
        per_client: 5,
        per_email: 4,
        per_donation: 3,
        per_site: 50,
    };

    fn at(minute: i64) -> Instant {
        DateTime::UNIX_EPOCH + TimeDelta::minutes(minute)
    }

    fn tally(declined: u32, captured: u32) -> Tally {
        Tally { declined, captured, last_declined_at: (declined > 0).then(|| at(100)) }
    }

    fn wait(record: Record) -> Option<i64> {
        Some((POLICY.not_before(&record, at(100))? - at(100)).num_minutes())
    }

    #[test]
    fn waits_double_from_the_limit_on_up_to_the_window() {
        let of = |declined| wait(Record { client: tally(declined, 0), ..Record::default() });
        let waits: Vec<_> = [4, 5, 6, 7, 10, 11, 4_000_000_000].into_iter().map(of).collect();
        assert_eq!(waits, [None, Some(1), Some(2), Some(4), Some(32), Some(60), Some(60)]);
    }

    #[test]
    fn a_payment_that_was_taken_makes_up_for_one_that_was_declined() {
        let of = |declined, captured| wait(Record { client: tally(declined, captured), ..Record::default() });
        assert_eq!([of(12, 138), of(12, 8), of(12, 7), of(12, 0)], [None, None, Some(1), Some(60)]);
    }

    #[test]
    fn each_limit_is_one_of_its_own_and_the_longest_wait_counts() {
        let none = Record::default();
        assert_eq!(wait(Record { email: tally(4, 0), ..none }), Some(1));
        assert_eq!(wait(Record { donation: tally(3, 0), ..none }), Some(1));
        assert_eq!(wait(Record { site: tally(49, 0), ..none }), None);
        assert_eq!(wait(Record { site: tally(50, 0), ..none }), Some(1));
        assert_eq!(wait(Record { site: tally(500, 0), ..none }), Some(10), "the whole site never waits for long");
        assert_eq!(wait(Record { donation: tally(5, 0), email: tally(5, 0), client: tally(5, 0), ..none }), Some(4));
    }

    #[test]
    fn a_wait_ends_and_a_limit_of_zero_is_none() {
        let record = Record { client: tally(6, 0), ..Record::default() };
        let just_before = at(102) - TimeDelta::seconds(1);
        assert_eq!(POLICY.not_before(&record, just_before), Some(at(102)));
        assert_eq!(POLICY.not_before(&record, at(102)), None);
        let all = Record { client: tally(99, 0), email: tally(99, 0), donation: tally(99, 0), site: tally(99, 0) };
        assert_eq!(DeclinePolicy::OFF.not_before(&all, at(100)), None);
    }
}
