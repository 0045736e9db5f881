//! Chance that can be played again: the same seed throws the same numbers on every machine.

use uuid::Uuid;

/// A sequence of numbers that its seed alone decides (SplitMix64, by Steele, Lea and Flood).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dice(u64);

impl Dice {
    /// The sequence of this seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A sequence of its own for one purpose: `salt` tells the purposes apart, and this sequence does not move on.
    pub const fn of(seed: u64, salt: u64) -> Self {
        Self(mix(seed ^ mix(salt.wrapping_add(0x5851_F42D_4C95_7F2D))))
    }

    /// The next number.
    pub const fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    /// A number below `end`; 0 if that is 0.
    pub const fn below(&mut self, end: u32) -> u32 {
        // The upper half of a product of 32 by 32 bits: below `end`, and even enough for a simulation.
        (((self.number() >> 32) * end as u64) >> 32) as u32
    }

    /// A number from `least` to `most`, both included.
    pub const fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// Whether something happens that does `times` of a thousand times.
    pub const fn chance(&mut self, times: u32) -> bool {
        self.below(1000) < times
    }

    /// One of `items`; `None` if there is none.
    pub fn pick<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let end = u32::try_from(items.len()).unwrap_or(u32::MAX);
        items.get(self.below(end) as usize)
    }

    /// One of `items` by its weight; `None` if no weight is above 0.
    pub fn weighted<T: Copy>(&mut self, items: &[(u32, T)]) -> Option<T> {
        let sum = items.iter().map(|(weight, _)| weight).sum();
        let mut left = self.below(sum);
        for (weight, item) in items {
            if left < *weight {
                return Some(*item);
            }
            left -= weight;
        }
        None
    }

    /// A UUID.
    pub const fn uuid(&mut self) -> Uuid {
        Uuid::from_u64_pair(self.number(), self.number())
    }
}

const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_throws_the_numbers_that_the_authors_publish_for_it() {
        let mut dice = Dice::new(1_234_567);
        assert_eq!(dice.number(), 6_457_827_717_110_365_317);
        assert_eq!(dice.number(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn what_is_thrown_stays_in_its_bounds() {
        let mut dice = Dice::new(1);
        let thrown: Vec<_> = (0..200).map(|_| dice.between(3, 5)).collect();
        assert!((3..=5).all(|number| thrown.contains(&number)) && thrown.iter().all(|number| (3..=5).contains(number)));
        assert_eq!(dice.weighted(&[(0, 'a'), (7, 'b')]), Some('b'));
        assert_eq!(dice.weighted(&[(0, 'a')]), None);
        assert_eq!(dice.pick::<u8>(&[]), None);
    }
}
