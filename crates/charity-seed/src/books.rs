//! The daily comparisons with the gateway's books: most days agree, some do not.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::reconciliation::{Day, DayReport, Difference, DifferenceKind, ReportStatus, Tally, Totals};
use domain::{Donation, DonationId, GatewayRefundId, Instant, OrderId, RefundStatus, Tenge};

use crate::calendar::days;
use crate::dice::Dice;

/// How many orders and refunds of a day can be ones that differ.
const EXAMPLES: usize = 12;

/// Our books, day by day.
#[derive(Default)]
pub(crate) struct Books {
    days: BTreeMap<Day, Page>,
}

#[derive(Default)]
struct Page {
    tally: Tally,
    orders: Vec<Order>,
    refunds: Vec<(DonationId, OrderId, GatewayRefundId, Tenge)>,
}

struct Order {
    donation: DonationId,
    id: OrderId,
    state: &'static str,
    amount: Tenge,
}

impl Books {
    /// Enters what there is of a donation.
    pub(crate) fn enter(&mut self, donation: &Donation) {
        for attempt in &donation.attempts {
            let page = self.days.entry(Day::of(attempt.started_at)).or_default();
            page.tally.count_attempt(donation, attempt.number);
            if let Some(id) = attempt.order_id.clone().filter(|_| page.orders.len() < EXAMPLES) {
                let (state, amount) = (attempt.state.word(), donation.gift.amount);
                page.orders.push(Order { donation: donation.id, id, state, amount });
            }
        }
        for refund in &donation.refunds {
            let page = self.days.entry(Day::of(refund.created_at)).or_default();
            page.tally.count_refund_here(refund);
            let order = donation.attempt(refund.attempt).and_then(|attempt| attempt.order_id.clone());
            if let (Some(order), Some(id), RefundStatus::Succeeded) = (order, refund.gateway_id.clone(), refund.status)
            {
                page.refunds.push((donation.id, order, id, refund.amount));
            }
        }
    }

    /// A report for each day that is over.
    pub(crate) fn reports(&self, now: Instant, dice: &mut Dice) -> Vec<DayReport> {
        let last = Day::latest_to_compare(now);
        let nothing = Page::default();
        days(now)
            .filter(|day| *day <= last)
            .map(|day| report(day, self.days.get(&day).unwrap_or(&nothing), dice))
            .collect()
    }
}

fn report(day: Day, page: &Page, dice: &mut Dice) -> DayReport {
    let mut totals =
        Totals { ours: page.tally, gateway: page.tally, foreign_orders: dice.below(4).into(), differences_left_out: 0 };
    let mut differences: Vec<Difference> = Vec::new();
    if dice.chance(110) {
        for _ in 0..dice.between(1, 3) {
            let mut with_it = totals;
            let found = difference(page, &mut with_it, dice);
            if let Some(found) = found.filter(|found| !differences.iter().any(|known| known.is_same(found))) {
                differences.push(found);
                totals = with_it;
            }
        }
    }
    let started_at = day.closes_at() + TimeDelta::seconds(i64::from(dice.between(5, 90)));
    let finished_at = Some(started_at + TimeDelta::milliseconds(i64::from(dice.between(900, 40_000))));
    DayReport { day, status: ReportStatus::Done, started_at, finished_at, totals, differences }
}

/// Something that does not agree, and what it makes of the gateway's totals. What was mended makes nothing of them.
fn difference(page: &Page, totals: &mut Totals, dice: &mut Dice) -> Option<Difference> {
    const KINDS: [(u32, DifferenceKind); 9] = [
        (2, DifferenceKind::MissingHere),
        (2, DifferenceKind::MissingThere),
        (9, DifferenceKind::PaidThereOnly),
        (1, DifferenceKind::PaidHereOnly),
        (2, DifferenceKind::AmountDiffers),
        (6, DifferenceKind::RefundMissingHere),
        (1, DifferenceKind::RefundMissingThere),
        (1, DifferenceKind::RefundAmountDiffers),
        (2, DifferenceKind::RefundStatusDiffers),
    ];
    let kind = dice.weighted(&KINDS);
    match kind {
        DifferenceKind::MissingHere
        | DifferenceKind::MissingThere
        | DifferenceKind::PaidThereOnly
        | DifferenceKind::PaidHereOnly
        | DifferenceKind::AmountDiffers => of_order(kind, page, totals, dice),
        DifferenceKind::RefundMissingHere
        | DifferenceKind::RefundMissingThere
        | DifferenceKind::RefundAmountDiffers
        | DifferenceKind::RefundStatusDiffers => of_refund(kind, page, totals, dice),
    }
}

fn of_order(kind: DifferenceKind, page: &Page, totals: &mut Totals, dice: &mut Dice) -> Option<Difference> {
    let wants_paid = kind != DifferenceKind::MissingThere && kind != DifferenceKind::MissingHere;
    let mut fitting: Vec<&Order> = page.orders.iter().collect();
    fitting.retain(|order| (order.state == "paid") == wants_paid);
    if fitting.is_empty() {
        return None;
    }
    let order = dice.pick(&fitting);
    let amount = order.amount;
    let (state, more) = (order.state, amount.saturating_add(Tenge::new(100)));
    let gateway = &mut totals.gateway;
    let (ours, there) = match kind {
        DifferenceKind::MissingHere => {
            gateway.orders += 1;
            (None, Some(format!("open, {amount}")))
        }
        DifferenceKind::MissingThere => {
            gateway.orders -= 1;
            (Some(format!("{state}, {amount}")), None)
        }
        DifferenceKind::PaidHereOnly => {
            gateway.paid -= 1;
            gateway.paid_amount = gateway.paid_amount.saturating_sub(amount);
            (Some(format!("paid, {amount}")), Some(format!("open, {amount}")))
        }
        DifferenceKind::AmountDiffers => {
            gateway.paid_amount = gateway.paid_amount.saturating_add(Tenge::new(100));
            (Some(format!("paid, {amount}")), Some(format!("paid, {more}")))
        }
        // Its webhook was lost; the comparison itself has asked for it and applied it.
        _ => (Some(format!("open, {amount}")), Some(format!("paid, {amount}"))),
    };
    // An order that the gateway has under a name of ours and we do not know of is of no donation that is there.
    let stranger = kind == DifferenceKind::MissingHere;
    let donation = if stranger { DonationId(dice.id(Instant::UNIX_EPOCH)) } else { order.donation };
    let id = if stranger { OrderId::new(dice.name("ord_")) } else { order.id.clone() };
    let settled = kind == DifferenceKind::PaidThereOnly;
    Some(Difference { kind, donation: Some(donation), order: id, refund: None, ours, gateway: there, settled })
}

fn of_refund(kind: DifferenceKind, page: &Page, totals: &mut Totals, dice: &mut Dice) -> Option<Difference> {
    if page.refunds.is_empty() {
        return None;
    }
    let known: Vec<_> = page.refunds.iter().collect();
    let (donation, order, refund, amount) = dice.pick(&known).clone();
    let gateway = &mut totals.gateway;
    let succeeded = format!("succeeded, {amount}");
    let (ours, there, settled) = match kind {
        DifferenceKind::RefundMissingThere => {
            gateway.refunds -= 1;
            gateway.refunded_amount = gateway.refunded_amount.saturating_sub(amount);
            (Some(succeeded), None, false)
        }
        DifferenceKind::RefundAmountDiffers => {
            gateway.refunded_amount = gateway.refunded_amount.saturating_add(Tenge::new(1));
            let there = format!("succeeded, {}", amount.saturating_add(Tenge::new(1)));
            (Some(succeeded), Some(there), false)
        }
        DifferenceKind::RefundStatusDiffers => (Some(format!("pending, {amount}")), Some(succeeded), true),
        // Made in the gateway's panel; the comparison has taken it over.
        _ => (None, Some(succeeded), true),
    };
    Some(Difference { kind, donation: Some(donation), order, refund: Some(refund), ours, gateway: there, settled })
}
