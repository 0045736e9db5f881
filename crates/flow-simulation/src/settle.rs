//! The end of a history: nothing goes wrong any longer, time passes, webhooks come or do not, the workers work.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::donation::Attempt;
use domain::ports::{JobQuery, JobStatus, JobStore};
use domain::reconciliation::Day;
use domain::{DonationId, Refund, RefundStatus};

use crate::clients::stored;
use crate::coverage::Seen;
use crate::dice::Dice;
use crate::gateway::Standing;
use crate::plan::{Comparison, Pace};
use crate::play::Play;

/// How much time passes, round by round. The last ones are longer than anything that a worker waits for.
const ROUNDS_MIN: [i64; 12] = [3, 70, 70, 30, 150, 400, 800, 1500, 1500, 3000, 6000, 24_000];

impl Play {
    /// Waits until nothing is left to be done. What no worker asks about, such as a refund that was made in the gateway's
    /// panel, is learnt by comparing each donation with the gateway once everything else is at rest.
    pub fn settle(&mut self) {
        let mut dice = Dice::of(self.plan.seed, u64::MAX);
        self.clear_up();
        self.go_on(&mut dice, Pace::ToTheEnd);
        let short = dice.chance(300);
        let mut compared = false;
        for minutes in ROUNDS_MIN.into_iter().skip(usize::from(!short)) {
            self.world.state().pass(TimeDelta::minutes(minutes));
            self.decide_refunds(&mut dice);
            self.deliver_what_waits(&mut dice);
            for work in [Self::reconciling, Self::settling, Self::working] {
                self.begin(&mut dice, work);
                self.go_on(&mut dice, Pace::ToTheEnd);
            }
            if !self.is_quiet() {
                continue;
            }
            if !compared {
                compared = true;
                // Where every webhook arrived, all must be right without any comparison.
                let all_heard = self.world.state().messages.places(Standing::Lost).is_empty();
                if all_heard && dice.chance(300) {
                    self.examine();
                }
                self.compare_all(&mut dice);
                self.begin(&mut dice, Self::working);
                self.go_on(&mut dice, Pace::ToTheEnd);
            }
            if self.is_quiet() {
                return;
            }
        }
        self.world.state().violated("something is left open".to_owned());
    }

    fn compare_all(&mut self, dice: &mut Dice) {
        if self.plan.setting.comparison == Comparison::OfDays {
            return self.compare_days(dice);
        }
        let ids: Vec<_> = self.world.state().donations.iter().copied().flatten().collect();
        for id in ids {
            self.begin(dice, |play, house| play.comparison(house, id));
            self.go_on(dice, Pace::ToTheEnd);
        }
    }

    /// Every day on which something may have been made, also by a clock that was set back.
    fn compare_days(&mut self, dice: &mut Dice) {
        let days = {
            let mut state = self.world.state();
            state.saw(Seen::DaysCompared);
            let today = Day::of(state.now);
            let made = state.books.orders.iter().flat_map(|order| {
                let refunds = order.refunds.iter().map(|refund| refund.made_at);
                refunds.chain([order.made_at])
            });
            made.map(Day::of).chain([today]).collect::<BTreeSet<_>>()
        };
        for day in days {
            self.begin(dice, |play, house| play.day_comparison(house, day));
            self.go_on(dice, Pace::ToTheEnd);
        }
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
        !waits && donations.into_iter().flatten().all(|id| self.is_at_rest(id))
    }

    fn is_at_rest(&self, id: DonationId) -> bool {
        let query = JobQuery { donation: Some(id), status: Some(JobStatus::Queued), after: None, limit: 1 };
        let queued = self.stage.wait(JobStore::list(&self.stage.store, &query));
        let found = stored(self, id).ok().flatten();
        let open = found.is_some_and(|donation| {
            donation.attempts.iter().any(Attempt::is_open) || donation.refunds.iter().any(Refund::is_open)
        });
        !open && queued.is_ok_and(|jobs| jobs.is_empty())
    }
}
