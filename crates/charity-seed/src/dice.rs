//! Chance that can be played again: the same seed throws the same numbers on every machine.

use domain::Instant;
use uuid::{Builder, Uuid};

/// A sequence of numbers that its seed alone decides (SplitMix64, by Steele, Lea and Flood).
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    /// A sequence of its own for one purpose; `salt` tells the purposes apart.
    pub(crate) const fn of(seed: u64, salt: u64) -> Self {
        Self(mix(seed ^ mix(salt.wrapping_add(0x5851_F42D_4C95_7F2D))))
    }

    pub(crate) const fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `end`; 0 if that is 0.
    pub(crate) const fn below(&mut self, end: u32) -> u32 {
        // The upper half of a product of 32 by 32 bits: below `end`, and even enough.
        (((self.number() >> 32) * end as u64) >> 32) as u32
    }

    /// A number from `least` to `most`, both included.
    pub(crate) const fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// Whether something happens that does `times` of a thousand times.
    pub(crate) const fn chance(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// One of `items`, of which there is one at least.
    pub(crate) fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        let end = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items[self.below(end) as usize]
    }

    /// One of `items` by its weight; the last one if no weight is above 0.
    pub(crate) fn weighted<T: Copy>(&mut self, items: &[(u32, T)]) -> T {
        let mut left = self.below(items.iter().map(|(weight, _)| weight).sum());
        for (weight, item) in items {
            if left < *weight {
                return *item;
            }
            left -= weight;
        }
        items[items.len() - 1].1
    }

    /// An id as it would have been made at that time: later ones sort later.
    pub(crate) fn id(&mut self, at: Instant) -> Uuid {
        let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
        let (one, other) = (self.number().to_be_bytes(), self.number().to_be_bytes());
        let random = [one[0], one[1], one[2], one[3], one[4], one[5], one[6], one[7], other[0], other[1]];
        Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// `prefix` and ten letters or digits, as the gateway names its things.
    pub(crate) fn name(&mut self, prefix: &str) -> String {
        const LETTERS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        let mut name = String::with_capacity(prefix.len() + 10);
        name.push_str(prefix);
        let mut number = self.number();
        for _ in 0..10 {
            name.push(char::from(LETTERS[(number % 62) as usize]));
            number /= 62;
        }
        name
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
