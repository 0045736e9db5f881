//! The end of a history: nothing goes wrong any longer, time passes, webhooks come or do not, the workers work.

use chrono::TimeDelta;
use domain::RefundStatus;
use domain::donation::AttemptState;

use crate::clients::stored;
use crate::dice::Dice;
use crate::gateway::Standing;
use crate::plan::Pace;
use crate::play::Play;

/// How much time passes, round by round. The last ones are longer than anything that a worker waits for.
const ROUNDS_MIN: [i64; 10] = [3, 70, 70, 150, 1500, 1500, 3000, 6000, 12_000, 24_000];

impl Play {
    /// Waits until nothing is left to be done.
    pub fn settle(&mut self) {
        let mut dice = Dice::of(self.plan.seed, u64::MAX);
        self.clear_up();
        self.go_on(&mut dice, Pace::ToTheEnd);
        self.decide_refunds(&mut dice);
        let short = dice.chance(300);
        for minutes in ROUNDS_MIN.into_iter().skip(usize::from(!short)) {
            self.world.state().pass(TimeDelta::minutes(minutes));
            self.deliver_what_waits(&mut dice);
            self.begin(&mut dice, Self::reconciling);
            self.go_on(&mut dice, Pace::ToTheEnd);
            if self.is_quiet() {
                return;
            }
        }
        self.world.state().violated("something is left open".to_owned());
    }

    fn decide_refunds(&self, dice: &mut Dice) {
        let mut state = self.world.state();
        for at in 0..state.books.orders.len() {
            while state.books.orders[at].refunds.iter().any(|refund| refund.status == RefundStatus::Pending) {
                state.decide_refund(at, dice);
            }
        }
    }

    fn deliver_what_waits(&mut self, dice: &mut Dice) {
        {
            let mut state = self.world.state();
            let waiting = state.messages.places(Standing::Waiting);
            state.begin.extend(waiting.into_iter().filter(|_| dice.chance(900)));
        }
        self.go_on(dice, Pace::ToTheEnd);
    }

    /// Whether neither the gateway nor the house waits for anything.
    fn is_quiet(&self) -> bool {
        let (donations, waits) = {
            let state = self.world.state();
            (state.donations.clone(), !state.messages.places(Standing::Waiting).is_empty())
        };
        let open = donations.into_iter().flatten().any(|id| {
            let found = stored(self, id).ok().flatten();
            found.is_some_and(|donation| {
                let open = |state: &AttemptState| matches!(state, AttemptState::Prepared | AttemptState::Open);
                donation.attempts.iter().any(|attempt| open(&attempt.state))
            })
        });
        !waits && !open
    }
}
