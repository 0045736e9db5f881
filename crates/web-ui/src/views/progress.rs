//! How far a campaign has come.

use application::ShownCampaign;
use domain::Tenge;

use crate::money::money;
use crate::texts::{Arg, Texts};

/// What was raised, and a row of ten trees for the way to the goal.
pub(crate) struct Progress {
    pub(crate) raised: String,
    /// What the sum is measured by.
    pub(crate) of_goal: String,
    /// How much of the goal was reached; `None` without a goal.
    pub(crate) percent: Option<u64>,
    /// What a screen reader calls the bar.
    pub(crate) label: String,
    pub(crate) row: Vec<Plant>,
    /// How long the planted ground is, of 396.
    pub(crate) ground: u64,
    pub(crate) trees: String,
    pub(crate) donors: String,
}

/// One place in the row.
pub(crate) struct Plant {
    /// Where it stands, of 400.
    pub(crate) x: u64,
    /// What stands there.
    pub(crate) symbol: &'static str,
}

/// The whole way, in per cent.
const WHOLE: u64 = 100;

impl Progress {
    pub(crate) fn new(shown: &ShownCampaign, texts: Texts) -> Self {
        let progress = &shown.progress;
        let goal = shown.campaign.goal;
        let percent = goal.map(|goal| percent(progress.raised, goal));
        let of_goal = match (goal, percent) {
            (Some(goal), Some(percent)) => {
                texts.fill("raised-of-goal", &[("goal", Arg::Money(goal)), ("percent", Arg::Count(percent))])
            }
            _ => texts.get("raised"),
        };
        let planted = percent.unwrap_or_default().min(WHOLE);
        Self {
            raised: money(progress.raised),
            of_goal,
            percent: percent.map(|percent| percent.min(WHOLE)),
            label: texts.get("progress-label"),
            row: row(if progress.raised.is_zero() { 0 } else { planted.max(1) }),
            ground: 396 * planted / WHOLE,
            trees: texts.fill("progress-trees", &[("trees", Arg::Count(progress.trees))]),
            donors: texts.fill("progress-donors", &[("donors", Arg::Count(progress.donors))]),
        }
    }
}

/// Rounded down: the goal is reached when it is. More than 100 if more was given.
fn percent(raised: Tenge, goal: Tenge) -> u64 {
    let whole = |amount: Tenge| u128::from(amount.get().unsigned_abs());
    let percent = whole(raised) * u128::from(WHOLE) / whole(goal).max(1);
    u64::try_from(percent).unwrap_or(u64::MAX)
}

/// The first gift already sprouts, however far the goal is.
fn row(planted: u64) -> Vec<Plant> {
    (1..=10).map(|place| Plant { x: 40 * place - 20, symbol: symbol(place, planted) }).collect()
}

fn symbol(place: u64, planted: u64) -> &'static str {
    if planted >= place * 10 {
        "grown"
    } else if planted > (place - 1) * 10 {
        "sprout"
    } else {
        "pit"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_goal_is_reached_when_it_is() {
        let percent = |raised, goal| percent(Tenge::new(raised), Tenge::new(goal));
        assert_eq!(percent(0, 2_000_000), 0);
        assert_eq!(percent(1_999_999, 2_000_000), 99);
        assert_eq!(percent(2_000_000, 2_000_000), 100);
        assert_eq!(percent(u32::MAX, 1), u64::from(u32::MAX) * 100);
    }

    #[test]
    fn a_tree_stands_for_each_tenth_and_a_sprout_for_a_part_of_one() {
        let row = |planted| row(planted).iter().map(|plant| plant.symbol).collect::<Vec<_>>();
        assert_eq!(row(0), ["pit"; 10]);
        assert_eq!(row(31)[..5], ["grown", "grown", "grown", "sprout", "pit"]);
        assert_eq!(row(100), ["grown"; 10]);
    }
}
