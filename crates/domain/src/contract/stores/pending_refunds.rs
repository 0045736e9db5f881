//! Which refunds the gateway has to be asked for or about, and who asks.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::samples::{at, cause, completed, donation, news, renamed, saved, text};
use crate::donation::{OrderFact, RefundReport, RefundWish};
use crate::ports::{DueRefunds, PendingRefund};
use crate::{Donation, GatewayRefundId, RefundId, ReportedAmount, Tenge};

/// What is due at this minute, leased for ten.
fn due(minute: i64) -> DueRefunds {
    DueRefunds { now: at(minute), lease_until: at(minute + 10), limit: 100 }
}

async fn taken(stores: Stores<'_>, due: DueRefunds) -> Vec<PendingRefund> {
    stores.pending_refunds.take_due(&due).await.unwrap()
}

fn ids(refunds: &[PendingRefund]) -> Vec<u128> {
    refunds.iter().map(|pending| pending.refund.id.0.as_u128()).collect()
}

/// A paid donation of which something is to be given back since this minute.
async fn asked(stores: Stores<'_>, number: u128, minute: i64) -> Donation {
    let paid = completed(stores, donation(number)).await;
    let wish = RefundWish {
        id: RefundId(Uuid::from_u128(number)),
        amount: Some(Tenge::new(100)),
        reason: text("Донор өтінді"),
    };
    let change = paid.plan_refund(&wish, at(minute), &cause()).expect("it can be given back");
    saved(stores, &change).await
}

/// What the gateway says of the donation's only refund.
fn report(current: &Donation) -> RefundReport {
    RefundReport {
        id: GatewayRefundId::new(format!("rfd-{}", current.id)),
        external_id: current.refunds[0].external_id(),
        amount: ReportedAmount::Tenge(current.refunds[0].amount),
    }
}

/// Whole, once the one who asked for it has had the time to turn to the gateway.
pub async fn a_refund_is_due_a_minute_after_it_was_asked_for(stores: Stores<'_>) {
    let current = asked(stores, 1, 5).await;
    assert_eq!(taken(stores, due(5)).await, []);
    let pending = PendingRefund { donation: current.id, refund: current.refunds[0].clone(), lease_until: at(16) };
    assert_eq!(taken(stores, due(6)).await, [pending]);
}

/// One that was made in the gateway's panel, and that the bank has not decided about.
pub async fn a_refund_that_was_heard_of_is_due_while_it_is_pending(stores: Stores<'_>) {
    let paid = completed(stores, donation(1)).await;
    let report = RefundReport {
        id: GatewayRefundId::new("p"),
        external_id: None,
        amount: ReportedAmount::Tenge(Tenge::new(100)),
    };
    let current = saved(stores, &news(&paid, OrderFact::RefundPending(report.clone()))).await;
    assert_eq!(taken(stores, due(60)).await.len(), 1);
    saved(stores, &news(&current, OrderFact::Refunded(report))).await;
    assert_eq!(taken(stores, due(10_000)).await, []);
}

/// Whether it has succeeded or failed; not even if it was taken before.
pub async fn a_refund_that_is_final_is_not_due(stores: Stores<'_>) {
    let mut current = [asked(stores, 1, 5).await, asked(stores, 2, 5).await, asked(stores, 3, 5).await];
    let pending = taken(stores, due(6)).await;
    assert_eq!(pending.len(), 3);
    current[0] = saved(stores, &news(&current[0], OrderFact::Refunded(report(&current[0])))).await;
    current[1] = saved(stores, &news(&current[1], OrderFact::RefundDeclined(report(&current[1])))).await;
    let refused = current[2].refund_refused(current[2].refunds[0].id, "no", (at(7), &cause()));
    saved(stores, &refused.change.expect("it was pending")).await;
    for refund in &pending {
        stores.pending_refunds.schedule(refund, at(8)).await.unwrap();
    }
    assert_eq!(taken(stores, due(10_000)).await, []);
}

/// Up to the instant at which it ends, exclusive; a change of the donation makes no difference.
pub async fn a_refund_that_was_taken_is_due_again_when_its_lease_ends(stores: Stores<'_>) {
    let current = asked(stores, 1, 5).await;
    assert_eq!(taken(stores, due(6)).await.len(), 1);
    let current = saved(stores, &renamed(&current, "news")).await;
    saved(stores, &news(&current, OrderFact::RefundPending(report(&current)))).await;
    assert_eq!(taken(stores, due(15)).await, []);
    assert_eq!(ids(&taken(stores, due(16)).await), [1]);
}

/// Whoever has lost the lease changes nothing.
pub async fn a_scheduled_refund_is_due_at_its_time(stores: Stores<'_>) {
    asked(stores, 1, 5).await;
    let first = taken(stores, due(6)).await.remove(0);
    stores.pending_refunds.schedule(&first, at(9)).await.unwrap();
    assert_eq!(taken(stores, due(8)).await, []);
    let second = taken(stores, due(9)).await.remove(0);
    stores.pending_refunds.schedule(&first, at(10)).await.unwrap();
    assert_eq!(taken(stores, due(18)).await, []);
    stores.pending_refunds.schedule(&second, at(100)).await.unwrap();
    assert_eq!(taken(stores, due(99)).await, []);
    assert_eq!(ids(&taken(stores, due(100)).await), [1]);
}

/// No more than wanted.
pub async fn the_refund_that_has_been_due_for_longest_is_taken_first(stores: Stores<'_>) {
    for (number, minute) in [(1, 7), (2, 5), (3, 6)] {
        asked(stores, number, minute).await;
    }
    assert_eq!(ids(&taken(stores, DueRefunds { limit: 2, ..due(20) }).await), [2, 3]);
    assert_eq!(ids(&taken(stores, due(20)).await), [1]);
}

/// However many there are.
pub async fn of_twenty_that_take_at_once_each_refund_goes_to_one(stores: Stores<'_>) {
    for number in 1..=30 {
        asked(stores, number, 5).await;
    }
    let due = DueRefunds { limit: 2, ..due(6) };
    let turns = join_all((0..20).map(|_| taken(stores, due))).await;
    let mut seen = ids(&turns.concat());
    seen.extend(ids(&taken(stores, DueRefunds { limit: 100, ..due }).await));
    seen.sort_unstable();
    assert_eq!(seen, (1..=30).collect::<Vec<_>>());
}
