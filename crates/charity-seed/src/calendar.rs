//! When people give: more every month, less at weekends, most in the evening, and very much after a broadcast.

use chrono::{Datelike as _, TimeDelta, Weekday};
use domain::Instant;
use domain::reconciliation::Day;

use crate::dice::Dice;

/// Thirteen months and a bit, today included.
pub(crate) const DAYS: u64 = 397;

/// How likely each hour of the day is, in Kazakhstan.
const HOURS: [(u32, i64); 24] = [
    (8, 0),
    (4, 1),
    (2, 2),
    (1, 3),
    (1, 4),
    (2, 5),
    (6, 6),
    (14, 7),
    (25, 8),
    (38, 9),
    (46, 10),
    (48, 11),
    (52, 12),
    (50, 13),
    (44, 14),
    (42, 15),
    (44, 16),
    (48, 17),
    (58, 18),
    (70, 19),
    (82, 20),
    (78, 21),
    (52, 22),
    (22, 23),
];

/// The days, the first one first; the last one is today.
pub(crate) fn days(now: Instant) -> impl Iterator<Item = Day> {
    (0..DAYS).rev().map(move |ago| Day::of(now).before(ago))
}

/// When so many donations are made, the first one first, none of them later than `now`.
pub(crate) fn moments(donations: u32, now: Instant, dice: &mut Dice) -> Vec<Instant> {
    let weights: Vec<u64> = days(now).zip(0..).map(|(day, index)| weight(day, index, now, dice)).collect();
    let sum: u64 = weights.iter().sum();
    let mut moments = Vec::with_capacity(donations as usize);
    let mut before = 0;
    for (day, weight) in days(now).zip(weights) {
        let wanted = |weight: u64| u64::from(donations) * weight / sum;
        let (first, last) = (wanted(before), wanted(before + weight));
        before += weight;
        let from = moments.len();
        moments.extend((first..last).map(|_| moment(day, now, dice)));
        moments[from..].sort_unstable();
    }
    moments
}

fn weight(day: Day, index: u64, now: Instant, dice: &mut Dice) -> u64 {
    let noon = day.span().from + TimeDelta::hours(12);
    let mut weight = 1_000 + index * 4;
    if matches!(noon.weekday(), Weekday::Sat | Weekday::Sun) {
        weight = weight * 7 / 10;
    }
    if matches!(noon.day(), 10 | 25) {
        weight = weight * 13 / 10;
    }
    // The evening after a broadcast, and the day that follows.
    weight *= match index {
        121 | 260 | 361 => 5,
        122 | 261 | 362 => 3,
        _ => 1,
    };
    weight = weight * u64::from(dice.between(80, 120)) / 100;
    // Of today only what has passed of it.
    let passed = (now - day.span().from).num_minutes().clamp(1, 1_440);
    weight * passed.unsigned_abs() / 1_440
}

fn moment(day: Day, now: Instant, dice: &mut Dice) -> Instant {
    let span = day.span();
    let seconds = if span.until > now {
        i64::from(dice.below(u32::try_from((now - span.from).num_seconds()).unwrap_or(1).max(1)))
    } else {
        dice.weighted(&HOURS) * 3_600 + i64::from(dice.below(3_600))
    };
    let moment = span.from + TimeDelta::seconds(seconds) + TimeDelta::microseconds(i64::from(dice.below(1_000_000)));
    moment.min(now)
}
