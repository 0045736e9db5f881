//! The gateway is asked for, and about, every refund whose time has come.
//!
//! 1. Transaction: a few refunds are taken, each with a lease, so that no other server turns to the gateway for them.
//! 2. For each: the order's refunds are listed and taken up. One of ours that is not among them is asked for (again) under its
//!    name: whoever was to ask has died, or got no answer.
//! 3. Transaction: for each that is still pending it is written down when to ask again, which ends the lease.
//!
//! Whoever dies between these leaves leases behind that run out; then the refunds are taken again.

use chrono::TimeDelta;
use domain::RefundStatus;
use domain::donation::{Actor, Cause};
use domain::ports::{DueRefunds, GatewayError, PendingRefund, StoreError};
use futures_util::future::join_all;

use crate::House;
use crate::check_payment::{CheckPaymentError, is_the_gateways};
use crate::refunds::{Asked, OwnRefund, ask_for_refund, hear_refunds, is_known_there, order_of};

/// How many refunds are with the gateway at a time.
const AT_ONCE: u32 = 4;

/// How many times so many a round asks at most. What is left over is due in the next one.
const TURNS: u32 = 25;

/// Longer than the calls to the gateway can take, and what is stored after them.
const LEASE: TimeDelta = TimeDelta::minutes(10);

/// What came of a round.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct RefundRound {
    /// Refunds that were asked for or about.
    pub asked: u32,
    /// Those of them that are final now.
    pub settled: u32,
    /// Those of which the gateway or the store did not tell.
    pub failed: u32,
}

/// One round: a hundred refunds at most, four at a time. Ends early when the gateway answers none of four, so as not to press
/// it.
///
/// # Errors
/// [`StoreError`] if the store does not say what is due. What was done by then stays done.
pub async fn settle_pending_refunds(house: &House) -> Result<RefundRound, StoreError> {
    let begun_at = house.clock.now();
    let mut round = RefundRound::default();
    for _ in 0..TURNS {
        let lease_until = house.clock.now() + LEASE;
        let due = DueRefunds { now: begun_at, lease_until, limit: AT_ONCE };
        let refunds = house.pending_refunds.take_due(&due).await?;
        let turn = join_all(refunds.iter().map(|pending| settle(house, pending))).await;
        let count = |wanted| u32::try_from(turn.iter().filter(|end| **end == wanted).count()).unwrap_or(u32::MAX);
        let asked = count(End::Settled) + count(End::Open) + count(End::Failed);
        round.asked += asked;
        round.settled += count(End::Settled);
        round.failed += count(End::Failed);
        if asked < AT_ONCE || count(End::Failed) == asked {
            break;
        }
    }
    Ok(round)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Settled,
    Open,
    Failed,
}

async fn settle(house: &House, pending: &PendingRefund) -> End {
    let end = match turn_to_gateway(house, pending).await {
        Ok(RefundStatus::Succeeded | RefundStatus::Failed) => return End::Settled,
        Ok(RefundStatus::Pending) => End::Open,
        Err(error) => {
            log_failure(pending, &error);
            End::Failed
        }
    };
    let next_check_at = pending.refund.next_check(house.clock.now());
    match house.pending_refunds.schedule(pending, next_check_at).await {
        Ok(()) => end,
        // It is taken again when the lease ends.
        Err(error) => {
            log_failure(pending, &error.into());
            End::Failed
        }
    }
}

async fn turn_to_gateway(house: &House, pending: &PendingRefund) -> Result<RefundStatus, CheckPaymentError> {
    let PendingRefund { donation: id, refund, .. } = pending;
    let donation = house.donations.find(*id).await?.ok_or(CheckPaymentError::NotFound)?;
    let Some(known) = donation.refund(refund.id).filter(|refund| refund.is_open()) else {
        return Ok(RefundStatus::Failed);
    };
    if !is_the_gateways(house, &donation) {
        return Ok(known.status);
    }
    let cause = Cause { actor: Actor::System, request_id: None };
    let order = order_of(house, &donation, refund.attempt).await?;
    let heard = hear_refunds(house, (&donation, refund.attempt), &order, &cause).await?;
    let own = heard.refund(refund.id).filter(|refund| refund.is_open() && refund.request.is_some());
    let heard = match own {
        Some(own) if !is_known_there(&heard, own.id) => {
            let asked = OwnRefund { donation: *id, refund: own, order };
            match ask_for_refund(house, asked, &cause).await? {
                Asked::Made(donation) | Asked::Refused { donation, .. } => donation,
                Asked::Open(error) => return Err(error.into()),
            }
        }
        _ => heard,
    };
    Ok(heard.refund(refund.id).map_or(RefundStatus::Failed, |refund| refund.status))
}

fn log_failure(pending: &PendingRefund, error: &CheckPaymentError) {
    let (donation, refund) = (pending.donation, pending.refund.id);
    match error {
        CheckPaymentError::Gateway(GatewayError::Unavailable(_) | GatewayError::OutcomeUnknown(_))
        | CheckPaymentError::Busy => {
            tracing::warn!({ donation.id = %donation, refund.id = %refund, error = %error }, "refund.not_told");
        }
        CheckPaymentError::Gateway(GatewayError::Refused(_))
        | CheckPaymentError::NotFound
        | CheckPaymentError::Store(_) => {
            tracing::error!({ donation.id = %donation, refund.id = %refund, error = %error }, "refund.failed");
        }
    }
}
