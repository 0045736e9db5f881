//! One limit, for everybody whom it counts apart, in memory that has an end.

use std::hash::{BuildHasher as _, RandomState};
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use domain::ports::{Counted, TooMany};
use governor::clock::{Clock as _, Reference as _};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use super::clock::LimitClock;

/// So many are counted apart at most, in about 4 MB.
const MOST: usize = 100_000;

/// Once there are more, they are counted together in so many crowds, picked by chance.
const CROWDS: u64 = 4_096;

type Limiter = RateLimiter<u64, HashMapStateStore<u64>, LimitClock, NoOpMiddleware<Nanos>>;

/// One limit.
pub(super) struct Buckets {
    limiter: Limiter,
    clock: LimitClock,
    /// A bucket that was left alone for so long is full again, and need not be kept.
    refills_within: Nanos,
    swept_at: AtomicU64,
    names: RandomState,
}

impl Buckets {
    /// `number` in each `period`, at once if need be.
    pub(super) fn new(number: NonZeroU32, period: Duration, clock: LimitClock) -> Self {
        let each = (period / number.get()).max(Duration::from_nanos(1));
        let quota = Quota::with_period(each).expect("longer than nothing").allow_burst(number);
        let swept_at = AtomicU64::new(clock.now().as_u64());
        let limiter = RateLimiter::hashmap_with_clock(quota, clock.clone());
        Self { limiter, clock, refills_within: period.into(), swept_at, names: RandomState::new() }
    }

    /// Counts it, or says when there will be room.
    pub(super) fn count(&self, what: &Counted) -> Result<(), TooMany> {
        self.sweep();
        // Nobody outside can choose whom to share a name with: it depends on a secret of the process.
        let name = self.names.hash_one(what);
        let name = if self.limiter.len() < MOST { name } else { name % CROWDS };
        self.limiter.check_key(&name).map_err(|refused| {
            let wait = refused.wait_time_from(self.clock.now());
            TooMany { retry_after: TimeDelta::from_std(wait).unwrap_or(TimeDelta::MAX) }
        })
    }

    /// Lets go of whoever has not been here for a while; once in a while.
    fn sweep(&self) {
        let (now, last) = (self.clock.now(), self.swept_at.load(Ordering::Relaxed));
        if now.duration_since(Nanos::from(last)) < self.refills_within {
            return;
        }
        if self.swept_at.compare_exchange(last, now.as_u64(), Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;

    use chrono::DateTime;
    use domain::ports::Clock;
    use domain::{ClientNet, Instant};

    use super::*;

    /// Milliseconds since 1970.
    #[derive(Default)]
    struct SetClock(AtomicI64);

    impl Clock for SetClock {
        fn now(&self) -> Instant {
            DateTime::from_timestamp_millis(self.0.load(Ordering::SeqCst)).unwrap()
        }
    }

    fn ten_a_minute() -> (Arc<SetClock>, Buckets) {
        let clock = Arc::new(SetClock::default());
        let ten = NonZeroU32::new(10).unwrap();
        (clock.clone(), Buckets::new(ten, Duration::from_secs(60), LimitClock(clock)))
    }

    fn client(number: u32) -> Counted {
        Counted::Payment(ClientNet::of(Some(IpAddr::V4(Ipv4Addr::from_bits(number)))))
    }

    #[test]
    fn ten_a_minute_are_ten_at_once_and_then_one_every_six_seconds() {
        let (clock, buckets) = ten_a_minute();
        let wait = |at_ms| {
            clock.0.store(at_ms, Ordering::SeqCst);
            buckets.count(&client(1)).err().map(|many| many.retry_after.num_milliseconds())
        };
        assert!((0..10).all(|_| wait(0).is_none()));
        assert_eq!(wait(0), Some(6_000));
        assert_eq!(wait(5_999), Some(1), "a refused one does not count");
        assert_eq!(wait(6_000), None);
        assert_eq!(wait(6_000), Some(6_000));
        assert_eq!(wait(12_000 + 54_000), None, "after a minute all ten are there again");
        assert!((0..9).all(|_| wait(66_000).is_none()));
        assert_eq!(wait(66_000), Some(6_000));
    }

    #[test]
    fn every_client_has_a_bucket_of_its_own() {
        let (_, buckets) = ten_a_minute();
        for _ in 0..10 {
            assert!(buckets.count(&client(1)).is_ok());
        }
        assert!(buckets.count(&client(1)).is_err());
        assert!(buckets.count(&client(2)).is_ok());
    }

    #[test]
    fn a_flood_of_addresses_fills_no_more_than_its_room_and_is_swept_away() {
        let (clock, buckets) = ten_a_minute();
        let refused = (0..400_000).filter(|number| buckets.count(&client(*number)).is_err()).count();
        let most = MOST + usize::try_from(CROWDS).unwrap();
        assert!(buckets.limiter.len() <= most, "{}", buckets.limiter.len());
        assert!(refused > 200_000, "whoever comes in a crowd is counted with it: {refused}");
        // A bucket that was empty is full again after a minute, and told from a new one for six seconds more.
        clock.0.store(66_001, Ordering::SeqCst);
        assert!(buckets.count(&client(0)).is_ok());
        assert!(buckets.limiter.len() <= 1, "{}", buckets.limiter.len());
    }

    #[test]
    fn a_clock_that_is_set_back_does_not_stop_anybody_new() {
        let (clock, buckets) = ten_a_minute();
        clock.0.store(3_600_000, Ordering::SeqCst);
        assert!((0..10).all(|_| buckets.count(&client(1)).is_ok()));
        clock.0.store(0, Ordering::SeqCst);
        assert!(buckets.count(&client(1)).is_err());
        assert!((0..10).all(|_| buckets.count(&client(2)).is_ok()));
    }
}
