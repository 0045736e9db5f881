//! What becomes of donations: most are paid at once, some at the second try, some never, and a few go wrong.

use chrono::TimeDelta;
use domain::donation::{CaptureReport, Decline, DeclineReason, DonationEvent, OrderFact, RefundReport, RefundWish};
use domain::{ExternalId, GatewayRefundId, Instant, LineText, PaymentId, RefundId, ReportedAmount, Review, Tenge};

use crate::operators::Desk;
use crate::teller::{TTL, Teller, donor};
use crate::words::{NOTES, REASONS};

/// How a history goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    PaidAtOnce,
    PaidAfterDecline,
    PaidByAnotherOrder,
    PaidLate,
    PaidTwice,
    WrongAmount,
    Declined,
    DeclinedAndEnded,
    NeverBegun,
    Expired,
    Cancelled,
    RefundedInPart,
    RefundedWhole,
    RefundedInThePanel,
    RefundRefused,
    RefundPending,
}

/// Of a thousand.
const WAYS: [(u32, Way); 16] = [
    (646, Way::PaidAtOnce),
    (45, Way::PaidAfterDecline),
    (20, Way::PaidByAnotherOrder),
    (4, Way::PaidLate),
    (3, Way::PaidTwice),
    (2, Way::WrongAmount),
    (58, Way::Declined),
    (42, Way::DeclinedAndEnded),
    (40, Way::NeverBegun),
    (70, Way::Expired),
    (25, Way::Cancelled),
    (14, Way::RefundedInPart),
    (16, Way::RefundedWhole),
    (4, Way::RefundedInThePanel),
    (3, Way::RefundRefused),
    (8, Way::RefundPending),
];

/// The gateway's codes and what they mean, by how often they come.
const DECLINES: [(u32, (DeclineReason, Option<&str>)); 8] = [
    (38, (DeclineReason::NotEnoughMoney, Some("51"))),
    (14, (DeclineReason::LimitExceeded, Some("61"))),
    (16, (DeclineReason::CardData, Some("54"))),
    (12, (DeclineReason::NotConfirmed, Some("3ds"))),
    (10, (DeclineReason::BankRefused, Some("05"))),
    (4, (DeclineReason::TechnicalFault, Some("96"))),
    (3, (DeclineReason::PayerCancelled, Some("17"))),
    (3, (DeclineReason::Unknown, None)),
];

/// Goes on with a donation that was just made, as far as time has come.
pub(crate) fn tell(teller: &mut Teller, desk: &mut Desk) {
    let way = teller.dice.weighted(&WAYS);
    // Whoever looks into it finds where it stopped in the donation itself.
    let _ = go(teller, way, desk);
}

fn go(teller: &mut Teller, way: Way, desk: &mut Desk) -> Option<()> {
    if way == Way::NeverBegun {
        return None;
    }
    let begun = later(teller, teller.donation.created_at, 2, 40);
    let attempt = teller.start_payment(begun, None)?;
    let paid_at = later(teller, begun, 25, 600);
    if teller.dice.chance(30) {
        teller.hears_of_3ds(begun + TimeDelta::seconds(12), attempt)?;
    }
    match way {
        Way::NeverBegun => {}
        Way::PaidAtOnce => capture(teller, paid_at, attempt)?,
        Way::PaidAfterDecline => {
            decline(teller, paid_at, attempt)?;
            let back = later(teller, paid_at, 15, 400);
            teller.come_back(back)?;
            let paid_at = later(teller, back, 25, 600);
            capture(teller, paid_at, attempt)?;
        }
        Way::PaidByAnotherOrder => {
            let attempt = another_order(teller, (begun, paid_at), attempt)?;
            let paid_at = later(teller, teller.donation.updated_at, 25, 600);
            capture(teller, paid_at, attempt)?;
        }
        Way::PaidLate => {
            capture(teller, begun + TTL + TimeDelta::minutes(3), attempt)?;
            look(teller, Review::PaidLate, desk)?;
        }
        Way::PaidTwice => {
            let second = another_order(teller, (begun, paid_at), attempt)?;
            let paid_at = later(teller, teller.donation.updated_at, 25, 600);
            capture(teller, paid_at, second)?;
            capture(teller, paid_at + TimeDelta::minutes(9), attempt)?;
            look(teller, Review::PaidTwice, desk)?;
        }
        Way::WrongAmount => {
            let wrong = teller.donation.gift.amount.saturating_add(Tenge::new(100));
            let fact = captured(teller.dice.name("pay_"), paid_at, wrong);
            teller.hear(paid_at, attempt, fact)?;
            look(teller, Review::AmountMismatch, desk)?;
        }
        Way::Declined => {
            decline(teller, paid_at, attempt)?;
            if teller.dice.chance(250) {
                decline(teller, paid_at + TimeDelta::minutes(2), attempt)?;
            }
        }
        Way::DeclinedAndEnded => {
            decline(teller, paid_at, attempt)?;
            teller.hear(begun + TTL + TimeDelta::seconds(20), attempt, OrderFact::Ended)?;
        }
        Way::Expired => teller.hear(begun + TTL + TimeDelta::seconds(20), attempt, OrderFact::Ended)?,
        Way::Cancelled => cancel(teller, paid_at)?,
        Way::RefundedInPart
        | Way::RefundedWhole
        | Way::RefundedInThePanel
        | Way::RefundRefused
        | Way::RefundPending => {
            capture(teller, paid_at, attempt)?;
            refund(teller, way, attempt, desk)?;
        }
    }
    Some(())
}

fn later(teller: &mut Teller, at: Instant, least: u32, most: u32) -> Instant {
    at + TimeDelta::milliseconds(i64::from(teller.dice.between(least * 1_000, most * 1_000)))
}

fn captured(payment: String, at: Instant, amount: Tenge) -> OrderFact {
    OrderFact::Captured(CaptureReport {
        payment_id: Some(PaymentId::new(payment)),
        ordered: ReportedAmount::Tenge(amount),
        captured: ReportedAmount::Tenge(amount),
        paid_at: Some(at - TimeDelta::milliseconds(1_400)),
    })
}

fn capture(teller: &mut Teller, at: Instant, attempt: u32) -> Option<()> {
    let fact = captured(teller.dice.name("pay_"), at, teller.donation.gift.amount);
    teller.hear(at, attempt, fact)
}

fn decline(teller: &mut Teller, at: Instant, attempt: u32) -> Option<()> {
    let (reason, code) = teller.dice.weighted(&DECLINES);
    let gateway_code = code.map(str::to_owned);
    let fact = OrderFact::Declined(Decline { declined_at: at - TimeDelta::milliseconds(900), reason, gateway_code });
    teller.hear(at, attempt, fact)
}

fn cancel(teller: &mut Teller, at: Instant) -> Option<()> {
    if !teller.has_come(at) {
        return None;
    }
    let cause = teller.by(donor(&teller.donation), at);
    let decision = teller.donation.apply(&DonationEvent::DonorCancelled, at, &cause);
    teller.take_all(decision.change);
    Some(())
}

/// The first order is declined and ends; the donor comes back and has another one made.
fn another_order(teller: &mut Teller, (begun, declined): (Instant, Instant), attempt: u32) -> Option<u32> {
    decline(teller, declined, attempt)?;
    let ended = begun + TTL + TimeDelta::seconds(20);
    teller.hear(ended, attempt, OrderFact::Ended)?;
    let back = later(teller, ended, 600, 30_000);
    teller.start_payment(back, Some(attempt))
}

/// Somebody looks into what has to be looked into, within two weeks mostly.
fn look(teller: &mut Teller, review: Review, desk: &mut Desk) -> Option<()> {
    if !teller.donation.is_flagged(review) || teller.dice.chance(60) {
        return None;
    }
    let looked = later(teller, teller.donation.updated_at, 3_600, 1_200_000);
    if !teller.has_come(looked) {
        return None;
    }
    let cause = desk.resolves(&teller.donation, looked, &mut teller.dice);
    let note = LineText::parse(teller.dice.pick(&NOTES)).expect("a plain line");
    let decision = teller.donation.resolve_review(review, &note, (looked, &cause));
    teller.take_all(decision.change);
    Some(())
}

fn refund(teller: &mut Teller, way: Way, attempt: u32, desk: &mut Desk) -> Option<()> {
    let asked = later(teller, teller.donation.updated_at, 7_200, 2_000_000);
    if !teller.has_come(asked) {
        return None;
    }
    let gift = teller.donation.gift;
    let half = (gift.amount.get() / 2).max(1);
    let amount = match way {
        Way::RefundedInPart | Way::RefundRefused => Tenge::from_i64(half).ok()?,
        _ => gift.amount,
    };
    let id = GatewayRefundId::new(teller.dice.name("rfd_"));
    let report = |external_id: Option<ExternalId>| RefundReport {
        id: id.clone(),
        external_id,
        amount: ReportedAmount::Tenge(amount),
    };
    if way == Way::RefundedInThePanel {
        return teller.hear(asked, attempt, OrderFact::Refunded(report(None)));
    }
    let cause = desk.refunds(&teller.donation, asked, &mut teller.dice);
    let wish = RefundWish {
        id: RefundId::of_request(teller.donation.id, cause.actor, (&id.to_string(), 0)),
        amount: Some(amount),
        reason: LineText::parse(teller.dice.pick(&REASONS)).expect("a plain line"),
    };
    let change = teller.donation.plan_refund(&wish, asked, &cause).ok()?;
    teller.take(change);
    let name = Some(ExternalId::of_refund(wish.id));
    let pending = asked + TimeDelta::milliseconds(700);
    teller.hear(pending, attempt, OrderFact::RefundPending(report(name.clone())))?;
    let answered = later(teller, pending, 60, 90_000);
    match way {
        // The bank takes its time, and has not answered for those of the last weeks.
        Way::RefundPending if !teller.has_come(asked + TimeDelta::days(45)) => {}
        Way::RefundRefused => teller.hear(answered, attempt, OrderFact::RefundDeclined(report(name)))?,
        _ => teller.hear(answered, attempt, OrderFact::Refunded(report(name)))?,
    }
    Some(())
}
