//! The numbers that whoever watches over the server is told.

use domain::donation::{CaptureReport, DonationStatus, OrderFact};
use domain::ports::{
    Backlog, ComparedDay, ConnectionUse, GatewayMode, ReconciliationStore as _, StoreFigures as _, TakeDay, Tallies,
    WantedBy, WantedDay,
};
use domain::reconciliation::{Day, Difference, DifferenceKind, Totals};
use domain::{OrderId, ReportedAmount, Review, Tenge};

use crate::raw;
use crate::seed::{at, captured, declined, news, pending, save, start};

#[tokio::test]
async fn an_empty_database_has_nothing_to_count() {
    for database in raw::both().await {
        let store = database.store();
        assert_eq!(store.tallies().await, Ok(Tallies::default()));
        assert_eq!(store.backlog(at(0)).await, Ok(Backlog::default()));
    }
}

#[tokio::test]
async fn donations_are_counted_by_their_state() {
    for database in raw::both().await {
        let store = database.store();
        for number in 1..=3 {
            pending(store, number).await;
        }
        save(store, &start(&pending(store, 4).await)).await;
        let donation = save(store, &start(&pending(store, 5).await)).await;
        save(store, &news(&donation, captured())).await;
        let mut tallies = store.tallies().await.unwrap();
        tallies.donations.sort_by_key(|(status, _, _)| *status);
        let real = GatewayMode::Real;
        let expected = [(DonationStatus::Pending, real, 4), (DonationStatus::Completed, real, 1)];
        assert_eq!(tallies.donations, expected);
    }
}

#[tokio::test]
async fn a_job_is_due_from_its_time_on() {
    for database in raw::both().await {
        let store = database.store();
        let donation = save(store, &start(&pending(store, 1).await)).await;
        let donation = save(store, &news(&donation, declined())).await;
        let queued_at = donation.updated_at;
        let before = store.backlog(queued_at - chrono::TimeDelta::seconds(1)).await.unwrap();
        assert_eq!((before.jobs_queued, before.jobs_due, before.oldest_due_at), (1, 0, None));
        let after = store.backlog(queued_at + chrono::TimeDelta::hours(1)).await.unwrap();
        assert_eq!((after.jobs_queued, after.jobs_due, after.oldest_due_at), (1, 1, Some(queued_at)));
    }
}

#[tokio::test]
async fn open_reviews_are_counted_by_their_reason() {
    for database in raw::both().await {
        let store = database.store();
        for number in 1..=2 {
            let donation = save(store, &start(&pending(store, number).await)).await;
            let OrderFact::Captured(report) = captured() else { panic!("the seed's capture is one") };
            let less = CaptureReport { captured: ReportedAmount::Tenge(Tenge::new(1)), ..report };
            save(store, &news(&donation, OrderFact::Captured(less))).await;
        }
        let backlog = store.backlog(at(600)).await.unwrap();
        assert_eq!(backlog.open_reviews, [(Review::AmountMismatch, 2)]);
    }
}

#[tokio::test]
async fn the_latest_day_that_was_compared_to_its_end_counts() {
    for database in raw::both().await {
        let store = database.store();
        for (ago, settled) in [(3, [true, true]), (2, [false, true]), (1, [false, false])] {
            let day = Day::of(at(0)).before(ago);
            let wanted = WantedDay { day, now: at(0), lease_until: at(10), wanted_by: WantedBy::Schedule };
            let TakeDay::Taken(taken) = store.take_day(&wanted).await.unwrap() else { panic!("nobody else takes it") };
            let found = settled.iter().zip(["a", "b"]).map(|(settled, order)| Difference {
                kind: DifferenceKind::PaidThereOnly,
                donation: None,
                order: OrderId::new(order),
                refund: None,
                ours: None,
                gateway: None,
                settled: *settled,
            });
            store.keep(&taken, &found.collect::<Vec<_>>(), at(10)).await.unwrap();
            if ago > 1 {
                store.complete(&taken, &Totals::default(), at(5)).await.unwrap();
            }
        }
        let compared = store.backlog(at(600)).await.unwrap().compared;
        assert_eq!(compared, Some(ComparedDay { day: Day::of(at(0)).before(2), differences: 1 }));
    }
}

#[tokio::test]
async fn connections_that_nobody_uses_are_idle() {
    for database in raw::both().await {
        let store = database.store();
        store.tallies().await.unwrap();
        let free = |usage: &ConnectionUse| usage.in_use == 0 && usage.waiting == 0 && usage.idle <= usage.size;
        let pools = store.connections();
        assert!(!pools.is_empty() && pools.iter().all(free), "{pools:?}");
        assert!(pools.iter().any(|usage| usage.idle > 0), "{pools:?}");
    }
}
