//! What waits for a person, in numbers.

use uuid::Uuid;

use super::Stores;
use super::samples::{at, completed, donation, edited, news, refund, review, saved, started};
use crate::donation::{Actor, OrderFact, RefundReport};
use crate::ports::{
    AskWaiting, Delivery, DeliveryOutcome, DueJobs, JobOutcome, RecordDelivery, TakeDay, Waiting, WantedBy, WantedDay,
};
use crate::reconciliation::{Day, Difference, DifferenceKind, Totals};
use crate::{DeliveryId, GatewayRefundId, OrderId, ReportedAmount, Review, ReviewItem, Tenge};

const A_DAY: i64 = 24 * 60;

/// The seven days before that of the samples; refunds of before minute 10, and webhooks since minute 0.
fn asked() -> AskWaiting {
    let last = Day::of(at(0)).before(1);
    AskWaiting { days: (last.before(6), last), refunds_before: at(10), deliveries_since: at(0) }
}

async fn waiting(stores: Stores<'_>) -> Waiting {
    stores.stats.waiting(&asked()).await.unwrap()
}

/// Nor does anything that went as it should.
pub async fn where_all_is_well_nothing_waits(stores: Stores<'_>) {
    assert_eq!(waiting(stores).await, Waiting::default());
    let paid = completed(stores, donation(1)).await;
    saved(stores, &refund(&paid, "refund", 100)).await;
    assert_eq!(waiting(stores).await, Waiting::default());
}

/// Each donation once, and once for each reason; what was resolved waits no longer.
pub async fn donations_to_look_at_are_counted_by_their_reasons(stores: Stores<'_>) {
    for number in 1..=4 {
        let current = completed(stores, donation(number)).await;
        let open = |review, subject: &str| ReviewItem { review, subject: subject.to_owned(), ..self::review(None) };
        let reviews = match number {
            1 => vec![open(Review::PaidTwice, "attempt 1"), open(Review::PaidTwice, "attempt 2")],
            2 => vec![open(Review::PaidTwice, "attempt 1"), open(Review::PaidLate, "attempt 1")],
            3 => vec![review(Some(Actor::Guest))],
            _ => Vec::new(),
        };
        saved(stores, &edited(&current, |record| record.reviews = reviews)).await;
    }
    let waiting = waiting(stores).await;
    assert_eq!((waiting.flagged, waiting.reviews), (2, vec![(Review::PaidTwice, 2), (Review::PaidLate, 1)]));
}

/// What is queued does not.
pub async fn work_that_was_given_up_waits(stores: Stores<'_>) {
    for number in 1..=2 {
        completed(stores, donation(number)).await;
    }
    let due = DueJobs { now: at(2), lease_until: at(12), limit: 1 };
    let job = stores.jobs.take_due(&due).await.unwrap().remove(0);
    assert_eq!(waiting(stores).await.parked_jobs, 0);
    stores.jobs.finish(&job, &JobOutcome::Parked { why: "no such mailbox".to_owned() }, at(3)).await.unwrap();
    assert_eq!(waiting(stores).await.parked_jobs, 1);
}

fn difference(order: &str, settled: Settled) -> Difference {
    Difference {
        kind: DifferenceKind::PaidThereOnly,
        donation: None,
        order: OrderId::new(order),
        refund: None,
        ours: None,
        gateway: None,
        settled: settled == Settled::Yes,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Settled {
    Yes,
    No,
}

/// A day so long before the samples' day is compared at this minute, with these differences.
async fn compared(stores: Stores<'_>, (ago, minute): (u64, i64), found: &[Difference]) -> Day {
    let day = Day::of(at(0)).before(ago);
    let wanted = WantedDay { day, now: at(minute), lease_until: at(minute + 10), wanted_by: WantedBy::Person };
    let TakeDay::Taken(taken) = stores.reconciliations.take_day(&wanted).await.unwrap() else {
        panic!("nobody else takes {day}")
    };
    stores.reconciliations.keep(&taken, found, at(minute + 10)).await.unwrap();
    stores.reconciliations.complete(&taken, &Totals::default(), at(minute + 1)).await.unwrap();
    day
}

/// Of every day, however long ago.
pub async fn differences_wait_until_they_are_settled(stores: Stores<'_>) {
    let (yes, no) = (Settled::Yes, Settled::No);
    let long_ago = compared(stores, (40, 0), &[difference("a", no), difference("b", no), difference("c", yes)]).await;
    compared(stores, (3, 0), &[difference("a", yes)]).await;
    let lately = compared(stores, (2, 0), &[difference("a", no)]).await;
    assert_eq!(waiting(stores).await.differences, [(lately, 1), (long_ago, 2)]);
}

/// Before it has closed it is not for good, and one that broke off is not compared.
pub async fn a_day_is_compared_once_it_was_compared_after_its_end(stores: Stores<'_>) {
    let outside = compared(stores, (8, 0), &[]).await;
    let before = compared(stores, (3, 0), &[]).await;
    compared(stores, (2, -2 * A_DAY), &[]).await;
    let day = Day::of(at(0)).before(1);
    let wanted = WantedDay { day, now: at(0), lease_until: at(10), wanted_by: WantedBy::Person };
    let TakeDay::Taken(taken) = stores.reconciliations.take_day(&wanted).await.unwrap() else {
        panic!("nobody else takes {day}")
    };
    assert_eq!(waiting(stores).await.compared, [before]);
    stores.reconciliations.break_off(&taken, at(20)).await.unwrap();
    assert_eq!(waiting(stores).await.compared, [before]);
    let day = compared(stores, (1, 30), &[]).await;
    assert_eq!(waiting(stores).await.compared, [before, day]);
    assert!(outside < asked().days.0);
}

/// Of those that were asked for long enough ago.
pub async fn a_refund_that_stays_pending_waits(stores: Stores<'_>) {
    for (number, minute) in [(1, 9), (2, 10)] {
        let paid = completed(stores, donation(number)).await;
        let report = RefundReport {
            id: GatewayRefundId::new(format!("refund-{number}")),
            external_id: None,
            amount: ReportedAmount::Tenge(Tenge::new(100)),
        };
        let change = news(&paid, OrderFact::RefundPending(report.clone()));
        let pending = saved(
            stores,
            &edited(&paid, |record| {
                record.refunds = change.donation.refunds.clone();
                record.refunds[0].created_at = at(minute);
            }),
        )
        .await;
        assert_eq!(waiting(stores).await.stuck_refunds, [donation(1).id], "the one of minute 9");
        if number == 2 {
            saved(stores, &news(&pending, OrderFact::Refunded(report))).await;
        }
    }
    assert_eq!(waiting(stores).await.stuck_refunds, [donation(1).id]);
}

/// Those that came lately.
pub async fn webhooks_that_fit_nothing_are_counted(stores: Stores<'_>) {
    let target = started(stores, donation(1)).await;
    let deliveries = [
        (DeliveryOutcome::Unmatched, 0),
        (DeliveryOutcome::Unmatched, -1),
        (DeliveryOutcome::Ignored, 5),
        (DeliveryOutcome::Applied, 5),
    ];
    for (number, (outcome, minute)) in (1..).zip(deliveries) {
        let delivery = Delivery {
            id: DeliveryId(Uuid::from_u128(number)),
            dedup_key: format!("key-{number}"),
            dialect: "events".to_owned(),
            event: "PAYMENT_CAPTURED".to_owned(),
            donation: (outcome == DeliveryOutcome::Applied).then_some(target.id),
            outcome,
            body: "{}".to_owned(),
            received_at: at(minute),
            request_id: None,
            copies: 1,
        };
        assert_eq!(stores.deliveries.record(&delivery, None).await, Ok(RecordDelivery::Recorded));
    }
    assert_eq!(waiting(stores).await, Waiting { unmatched: 1, ..Waiting::default() });
}
