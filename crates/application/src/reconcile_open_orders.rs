//! The gateway is asked about every open order whose time has come.
//!
//! 1. Transaction: a few orders are taken, each with a lease, so that no other server asks about them meanwhile.
//! 2. For each: [`check_payment`].
//! 3. Transaction: for each that is still open it is written down when to ask again, which ends the lease.
//!
//! Whoever dies between these leaves leases behind that run out; then the orders are taken again. A check that is made
//! twice is harmless.

use chrono::TimeDelta;
use domain::Instant;
use domain::ports::{DueOrders, GatewayError, OpenOrder, StoreError};
use futures_util::future::join_all;

use crate::House;
use crate::check_payment::{CheckPaymentError, check_payment};

/// How many calls are with the gateway at a time.
const AT_ONCE: u32 = 4;

/// How many times so many a round asks at most. What is left over is due in the next one.
const TURNS: u32 = 25;

/// Longer than a call to the gateway can take, and what is stored after it.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// What came of a round.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct ReconcileRound {
    /// Orders that were asked about.
    pub asked: u32,
    /// Those of them that turned out to be paid or to have ended, or that had been settled meanwhile.
    pub settled: u32,
    /// Those of which it is still not known how they stand.
    pub failed: u32,
}

/// One round: asks about each order that is due once, a hundred at most and four at a time. Ends early when the gateway
/// answers none of four, so as not to press it.
///
/// # Errors
/// [`StoreError`] if the store does not say what is due. What was done by then stays done.
pub async fn reconcile_open_orders(house: &House) -> Result<ReconcileRound, StoreError> {
    let begun_at = house.clock.now();
    let mut round = ReconcileRound::default();
    for _ in 0..TURNS {
        let orders = house.open_orders.take_due(&due(house, begun_at)).await?;
        let turn = join_all(orders.iter().map(|order| ask(house, order))).await;
        let count = |wanted| u32::try_from(turn.iter().filter(|asked| **asked == wanted).count()).unwrap_or(u32::MAX);
        let asked = count(Asked::Settled) + count(Asked::Open) + count(Asked::Failed);
        round.asked += asked;
        round.settled += count(Asked::Settled);
        round.failed += count(Asked::Failed);
        if asked < AT_ONCE || count(Asked::Failed) == asked {
            break;
        }
    }
    Ok(round)
}

/// What is due by the beginning of the round: an order that has been asked about since is due later than that.
fn due(house: &House, begun_at: Instant) -> DueOrders {
    DueOrders {
        now: begun_at,
        begun_by: begun_at - house.settings.check_schedule.first_after(),
        lease_until: house.clock.now() + LEASE,
        limit: AT_ONCE,
    }
}

/// What asking about one order came to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Settled,
    Open,
    Failed,
}

async fn ask(house: &House, order: &OpenOrder) -> Asked {
    let checked = check_payment(house, order.donation, order.attempt.number).await;
    let (schedule, now) = (house.settings.check_schedule, house.clock.now());
    let (next_check_at, asked) = match &checked {
        Ok(attempt) if attempt.is_open() => (schedule.next(attempt, now), Asked::Open),
        // Its time was cleared when it was settled.
        Ok(_) => return Asked::Settled,
        Err(error) => {
            log_failure(order, error);
            (Some(schedule.next_unanswered(&order.attempt, now)), Asked::Failed)
        }
    };
    if next_check_at.is_none() {
        tracing::warn!({ donation.id = %order.donation, attempt = order.attempt.number }, "reconcile.given_up");
    }
    match house.open_orders.schedule(order, next_check_at).await {
        Ok(()) => asked,
        // It is asked about again when the lease ends.
        Err(error) => {
            log_failure(order, &error.into());
            Asked::Failed
        }
    }
}

fn log_failure(order: &OpenOrder, error: &CheckPaymentError) {
    let attempt = &order.attempt;
    let (donation, number) = (order.donation, attempt.number);
    let order_id = attempt.order_id.as_ref().map(domain::OrderId::as_str);
    match error {
        CheckPaymentError::Gateway(GatewayError::Unavailable(_) | GatewayError::OutcomeUnknown(_))
        | CheckPaymentError::Busy => tracing::warn!(
            { donation.id = %donation, attempt = number, order.id = order_id, error = %error },
            "reconcile.not_told"
        ),
        CheckPaymentError::Gateway(GatewayError::Refused(_))
        | CheckPaymentError::NotFound
        | CheckPaymentError::Store(_) => tracing::error!(
            { donation.id = %donation, attempt = number, order.id = order_id, error = %error },
            "reconcile.failed"
        ),
    }
}
