//! What happens in a history, decided by its seed before anything is played.
//!
//! Every action has a seed of its own, so that leaving one out does not change what the others do: that is what makes a
//! history shrink.

use application::Duplicates;

use crate::dice::Dice;

/// A history to play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where it comes from.
    pub seed: u64,
    /// What it begins with.
    pub setting: Setting,
    /// What happens, in this order.
    pub actions: Vec<Action>,
}

/// What a history begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The donations' amounts in tenge.
    pub amounts: Vec<u32>,
    /// By how many seconds the clocks of the two servers are ahead of the gateway's.
    pub clocks_ahead_s: [i64; 2],
    /// What the charity wants to become of a payment that was made twice.
    pub duplicates: Duplicates,
    /// How that is found at the end which no webhook has told and no worker asks about.
    pub comparison: Comparison,
}

/// How the house's books are compared with the gateway's at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// Donation by donation.
    OfDonations,
    /// Day by day, as servers do it. Such a history has a database of its own: a day is everybody's.
    OfDays,
}

/// One thing that happens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its place in the history as it was thrown.
    pub number: usize,
    /// Decides everything that is left open about it.
    pub seed: u64,
    /// What it is.
    pub kind: ActionKind,
    /// What may go wrong in the calls that it causes.
    pub weather: Weather,
    /// How long the next action waits for it.
    pub pace: Pace,
}

/// What may go wrong in the calls that an action causes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weather {
    /// Nothing.
    Calm,
    /// A call in twenty.
    Rough,
    /// A call in six.
    Stormy,
}

/// How far the tasks get that are running before the next action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// To their end.
    ToTheEnd,
    /// So many calls all together.
    Calls(u32),
}

/// What happens. A number in it is the donation's, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ActionKind {
    /// Somebody wants to give.
    Create(usize),
    /// The donor asks where to pay.
    StartPaying(usize),
    /// The donor asks where to pay in two tabs at once.
    StartPayingTwice(usize),
    /// The donor pays at the gateway.
    Pay(usize),
    /// Another amount is taken than was ordered.
    PayWrongly(usize),
    /// A payment that was begun before its order ended is taken afterwards.
    PayTooLate(usize),
    /// The donor's bank declines.
    Decline(usize),
    /// The donor cancels.
    Cancel(usize),
    /// The donor looks how it stands.
    Look(usize),
    /// An operator gives money back.
    Refund(usize),
    /// Two operators give money back at once.
    RefundTwice(usize),
    /// An operator has everything of a donation compared with the gateway.
    Sync(usize),
    /// A person gives money back in the gateway's panel.
    PanelRefund(usize),
    /// The bank decides about a refund that waits.
    BankDecides(usize),
    /// The gateway delivers one of the webhooks that wait.
    Deliver,
    /// The gateway delivers a webhook again that was answered before.
    DeliverAgain,
    /// Somebody else sends a webhook.
    Forge(usize),
    /// The servers ask about open orders.
    Reconcile,
    /// The servers send mail, and see to refunds that wait.
    Work,
    /// Time passes.
    ClockForward,
    /// So much time passes that what was ordered before is past its due date.
    ClockPastDue,
    /// The clocks are set back.
    ClockBack,
    /// The next calls to the gateway fail.
    GatewayOutage,
    /// The next calls to the database fail.
    StoreOutage,
    /// A server dies, whatever it is doing, and starts again.
    Kill,
}

impl Plan {
    /// The history of a seed.
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice::of(seed, 0);
        let count = dice.weighted(&[(65, 1_usize), (25, 2), (10, 3)]).unwrap_or(1);
        let setting = Setting {
            amounts: (0..count).map(|_| 100 * dice.between(5, 60)).collect(),
            clocks_ahead_s: std::array::from_fn(|_| i64::from(dice.below(41)) - 20),
            duplicates: if dice.chance(500) { Duplicates::Refund } else { Duplicates::Flag },
            comparison: if Dice::of(seed, u64::MAX - 1).chance(50) {
                Comparison::OfDays
            } else {
                Comparison::OfDonations
            },
        };
        let weather = dice.weighted(&[(25, Weather::Calm), (55, Weather::Rough), (20, Weather::Stormy)]);
        let weather = weather.unwrap_or(Weather::Calm);
        let busy = dice.weighted(&[(50, 0_u32), (35, 1), (15, 2)]).unwrap_or(0);
        let mut stories: Vec<_> = (0..count).map(|number| story(number, busy, &mut dice)).collect();
        stories.push(noise(count, busy, &mut dice));
        let kinds = interleaved(stories, &mut dice);
        let actions = kinds.into_iter().enumerate().map(|(number, kind)| {
            let mut dice = Dice::of(seed, number as u64 + 1);
            let pace = if dice.chance(450) { Pace::ToTheEnd } else { Pace::Calls(dice.below(9)) };
            let weather = if dice.chance(300) { Weather::Calm } else { weather };
            Action { number, seed: dice.number(), kind, weather, pace }
        });
        Self { seed, setting, actions: actions.collect() }
    }
}

/// What happens around one donation. It begins sensibly, so that there is something to go wrong.
fn story(number: usize, busy: u32, dice: &mut Dice) -> Vec<ActionKind> {
    use ActionKind::*;
    let mut kinds = vec![Create(number)];
    kinds.push(if dice.chance(250) { StartPayingTwice(number) } else { StartPaying(number) });
    // Rare things that chance alone would hardly ever bring together.
    let rare: &[ActionKind] = match dice.below(100) {
        0..8 => &[ClockPastDue, StartPaying(number), Pay(number), PayTooLate(number)],
        8..12 => &[ClockPastDue, StartPaying(number), PayTooLate(number), Pay(number)],
        12..20 => &[Cancel(number), Pay(number)],
        20..28 => &[Pay(number), RefundTwice(number)],
        28..40 => &[Pay(number), Work],
        40..50 => &[Pay(number)],
        _ => &[],
    };
    kinds.extend_from_slice(rare);
    let more = [
        (14, StartPaying(number)),
        (8, StartPayingTwice(number)),
        (24, Pay(number)),
        (4, PayWrongly(number)),
        (6, PayTooLate(number)),
        (10, Decline(number)),
        (8, Cancel(number)),
        (3, Look(number)),
        (8, Refund(number)),
        (6, RefundTwice(number)),
        (7, PanelRefund(number)),
        (5, BankDecides(number)),
        (3, Sync(number)),
        (8, Work),
        (9, ClockForward),
        (3, ClockPastDue),
    ];
    let count = dice.between(1, 4 + 3 * busy);
    kinds.extend((0..count).filter_map(|_| dice.weighted(&more)));
    kinds
}

/// What happens to all of them.
fn noise(count: usize, busy: u32, dice: &mut Dice) -> Vec<ActionKind> {
    use ActionKind::*;
    let victim = dice.below(u32::try_from(count).unwrap_or(1)) as usize;
    let all = [
        (18, Reconcile),
        (18, Work),
        (18, Deliver),
        (8, DeliverAgain),
        (5, Forge(victim)),
        (20, ClockForward),
        (4, ClockBack),
        (6, GatewayOutage),
        (4, StoreOutage),
        (6, Kill),
    ];
    let count = dice.between(0, 4 + 4 * busy);
    (0..count).filter_map(|_| dice.weighted(&all)).collect()
}

/// All of the lists as one: each keeps its own order.
fn interleaved(mut lists: Vec<Vec<ActionKind>>, dice: &mut Dice) -> Vec<ActionKind> {
    let mut all = Vec::new();
    lists.iter_mut().for_each(|list| list.reverse());
    loop {
        let lengths: Vec<_> =
            lists.iter().enumerate().map(|(at, list)| (u32::try_from(list.len()).unwrap_or(0), at)).collect();
        let Some(kind) = dice.weighted(&lengths).and_then(|at| lists.get_mut(at)?.pop()) else {
            return all;
        };
        all.push(kind);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_one_history_and_another_seed_is_another() {
        assert_eq!(Plan::of(7), Plan::of(7));
        assert_ne!(Plan::of(7).actions, Plan::of(8).actions);
    }

    #[test]
    fn everything_that_can_happen_does_somewhere() {
        let mut kinds = std::collections::HashSet::new();
        for seed in 0..300 {
            kinds.extend(Plan::of(seed).actions.iter().map(|action| std::mem::discriminant(&action.kind)));
        }
        assert_eq!(kinds.len(), 25);
    }
}
