//! What each kind of action does.

use chrono::TimeDelta;
use domain::donation::OrderFact;
use domain::{DonationId, RefundStatus, Tenge};

use crate::coverage::Seen;
use crate::dice::Dice;
use crate::gateway::{Order, Standing};
use crate::plan::{Action, ActionKind};
use crate::play::Play;
use crate::world::{Outage, State};

impl Play {
    /// Does what the action is, or begins it.
    pub fn perform(&mut self, action: &Action, dice: &mut Dice) {
        match action.kind {
            ActionKind::Create(number) => self.begin(dice, |play, house| play.creation(house, number)),
            ActionKind::StartPaying(number) => self.begin(dice, |play, house| play.payment(house, number)),
            ActionKind::StartPayingTwice(number) => {
                self.world.state().saw(Seen::TwoTabs);
                self.begin(dice, |play, house| play.payment(house, number));
                self.begin(dice, |play, house| play.payment(house, number));
            }
            ActionKind::Cancel(number) => {
                if let Some(id) = self.donation(number) {
                    self.begin(dice, |play, house| play.cancelling(house, id));
                }
            }
            ActionKind::Look(number) => {
                if let Some(id) = self.donation(number) {
                    self.begin(dice, |play, house| play.look(house, id));
                }
            }
            ActionKind::Reconcile => {
                for _ in 0..dice.between(1, 2) {
                    self.begin(dice, |play, house| play.reconciling(house));
                }
            }
            ActionKind::Work => {
                for _ in 0..dice.between(1, 2) {
                    self.begin(dice, |play, house| play.working(house));
                    self.begin(dice, |play, house| play.settling(house));
                }
            }
            ActionKind::Refund(number) => self.refund(number, dice),
            ActionKind::RefundTwice(number) => {
                self.world.state().saw(Seen::RefundsAtOnce);
                self.refund(number, dice);
                self.refund(number, dice);
            }
            ActionKind::Sync(number) => {
                if let Some(id) = self.donation(number) {
                    self.begin(dice, |play, house| play.comparison(house, id));
                }
            }
            ActionKind::Kill => {
                let server = usize::from(dice.chance(500));
                self.world.state().saw(Seen::Death);
                self.tasks.kill(server);
            }
            kind => {
                let mut state = self.world.state();
                let state = &mut *state;
                match kind {
                    ActionKind::Pay(number) => state.pay(number, dice),
                    ActionKind::PayWrongly(number) => state.pay_wrongly(number, dice),
                    ActionKind::PayTooLate(number) => state.pay_too_late(number, dice),
                    ActionKind::Decline(number) => state.decline(number, dice),
                    ActionKind::PanelRefund(number) => state.panel_refund(number, dice),
                    ActionKind::BankDecides(number) => state.bank_decides(number, dice),
                    ActionKind::Forge(number) => state.forge_some(number, dice),
                    ActionKind::Deliver => state.deliver(Standing::Waiting, dice),
                    ActionKind::DeliverAgain => state.deliver(Standing::Answered, dice),
                    _ => state.surroundings(kind, dice),
                }
            }
        }
    }

    /// An operator gives something back: all that is left, or a part that may be too much.
    fn refund(&mut self, number: usize, dice: &mut Dice) {
        let whole = self.plan.setting.amounts.get(number).copied().unwrap_or(1);
        let amount = (!dice.chance(350)).then(|| Tenge::new(dice.between(1, whole)));
        if let Some(id) = self.donation(number) {
            self.begin(dice, |play, house| play.refunding(house, id, amount));
        }
    }

    fn donation(&self, number: usize) -> Option<DonationId> {
        self.world.state().donations.get(number).copied().flatten()
    }
}

impl State {
    /// The place of one of the donation's orders that `wanted` says yes to.
    fn some_order(&self, number: usize, dice: &mut Dice, wanted: impl Fn(&Order) -> bool) -> Option<usize> {
        let id = (*self.donations.get(number)?)?;
        let mut places = self.books.places_of(id);
        places.retain(|at| wanted(&self.books.orders[*at]));
        dice.pick(&places).copied()
    }

    fn pay(&mut self, number: usize, dice: &mut Dice) {
        if let Some(at) = self.some_order(number, dice, Order::can_be_paid) {
            self.take_money(at, self.books.orders[at].amount);
        }
    }

    fn pay_wrongly(&mut self, number: usize, dice: &mut Dice) {
        if let Some(at) = self.some_order(number, dice, Order::can_be_paid) {
            let amount = self.books.orders[at].amount;
            let little = Tenge::new(dice.between(1, 100));
            let wrong = if dice.chance(500) { amount.saturating_sub(little) } else { amount.saturating_add(little) };
            self.saw(Seen::PaidWrongly);
            self.take_money(at, wrong);
        }
    }

    fn pay_too_late(&mut self, number: usize, dice: &mut Dice) {
        if let Some(at) = self.some_order(number, dice, |order| order.ended && order.payment.is_none()) {
            self.saw(Seen::PaidAfterEnd);
            self.take_money(at, self.books.orders[at].amount);
        }
    }

    fn take_money(&mut self, at: usize, amount: Tenge) {
        let now = self.now;
        self.books.capture(at, amount, now);
        let order = &self.books.orders[at];
        let order_cancelled = order.donation().is_some_and(|id| self.cancelled.contains(&id));
        let (id, late) = (order.id.clone(), now > order.due_at);
        let paid = order.donation().map_or(0, |id| self.books.orders_of(id).filter(|it| it.payment.is_some()).count());
        self.saw(Seen::Paid);
        if order_cancelled {
            self.saw(Seen::PaidAfterCancel);
        }
        if late {
            self.saw(Seen::PaidLate);
        }
        if paid > 1 {
            self.saw(Seen::PaidTwice);
        }
        self.note(|| format!("gateway: {amount} taken for {id}"));
        self.announce_payment(at);
    }

    fn decline(&mut self, number: usize, dice: &mut Dice) {
        if let Some(at) = self.some_order(number, dice, Order::can_be_paid) {
            self.saw(Seen::Declined);
            self.announce_decline(at);
        }
    }

    fn panel_refund(&mut self, number: usize, dice: &mut Dice) {
        let Some(at) = self.some_order(number, dice, |order| !order.left().is_zero()) else { return };
        let left = self.books.orders[at].left();
        let most = u32::try_from(left.get()).unwrap_or(u32::MAX);
        let amount = if dice.chance(400) { left } else { Tenge::new(dice.between(1, most)) };
        let status = if dice.chance(300) { RefundStatus::Pending } else { RefundStatus::Succeeded };
        self.saw(Seen::PanelRefund);
        let now = self.now;
        let made = self.books.enter_refund(at, amount, (None, status, now));
        self.note(|| format!("gateway: {amount} given back in the panel, {}", status.word()));
        let order = self.books.orders[at].id.clone();
        self.announce_refund(&order, &made.id);
    }

    fn bank_decides(&mut self, number: usize, dice: &mut Dice) {
        let waits = |order: &Order| order.refunds.iter().any(|refund| refund.status == RefundStatus::Pending);
        if let Some(at) = self.some_order(number, dice, waits) {
            self.decide_refund(at, dice);
        }
    }

    /// The bank decides about the first refund of the order at `at` that waits.
    pub fn decide_refund(&mut self, at: usize, dice: &mut Dice) {
        self.saw(Seen::RefundPending);
        let order = &mut self.books.orders[at];
        let Some(refund) = order.refunds.iter_mut().find(|refund| refund.status == RefundStatus::Pending) else {
            return;
        };
        let declined = dice.chance(250);
        refund.status = if declined { RefundStatus::Failed } else { RefundStatus::Succeeded };
        let (order, id, status) = (order.id.clone(), refund.id.clone(), refund.status);
        if declined {
            self.saw(Seen::RefundDeclined);
        }
        self.note(|| format!("gateway: refund {id} {}", status.word()));
        self.announce_refund(&order, &id);
    }

    fn forge_some(&mut self, number: usize, dice: &mut Dice) {
        if let Some(at) = self.some_order(number, dice, |_| true) {
            self.forge(at);
        }
    }

    fn deliver(&mut self, standing: Standing, dice: &mut Dice) {
        if let Some(place) = dice.pick(&self.messages.places(standing)) {
            self.begin.push(*place);
        }
    }

    fn surroundings(&mut self, kind: ActionKind, dice: &mut Dice) {
        match kind {
            ActionKind::ClockForward => {
                let minutes = [
                    (30, dice.between(1, 5)),
                    (30, dice.between(5, 60)),
                    (25, dice.between(60, 180)),
                    (10, dice.between(1440, 1500)),
                    (5, dice.between(2000, 9000)),
                ];
                let minutes = dice.weighted(&minutes).unwrap_or(1);
                if minutes >= 1440 {
                    self.saw(Seen::ClockDays);
                }
                self.pass(TimeDelta::minutes(i64::from(minutes)));
            }
            ActionKind::ClockPastDue => self.pass(TimeDelta::minutes(i64::from(dice.between(61, 95)))),
            ActionKind::ClockBack => {
                self.saw(Seen::ClockBack);
                self.pass(-TimeDelta::minutes(i64::from(dice.between(1, 15))));
            }
            ActionKind::GatewayOutage => {
                let kinds = [Outage::Unavailable, Outage::Refused, Outage::Silent, Outage::SilentButDone];
                let kind = dice.pick(&kinds).copied().unwrap_or(Outage::Silent);
                self.gateway_outage = (dice.between(1, 8), kind);
            }
            ActionKind::StoreOutage => self.store_outage = dice.between(1, 5),
            _ => {}
        }
    }

    /// Time passes, and orders end.
    pub fn pass(&mut self, time: TimeDelta) {
        self.now += time;
        let now = self.now;
        self.note(|| format!("the clock: {} minutes", time.num_minutes()));
        for at in self.books.end_overdue(now) {
            self.saw(Seen::OrderEnded);
            self.announce(at, "expired", OrderFact::Ended);
        }
    }
}
