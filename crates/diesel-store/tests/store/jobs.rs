//! The outbox's rows, as changes write them.

use crate::raw::{self, Raw};
use crate::seed::{captured, declined, news, pending, refund, save, start};
use diesel_store::testing::TestDatabase;
use domain::donation::{OrderFact, Work};
use domain::ports::{DonationStore as _, Save};

fn jobs(database: &TestDatabase) -> Vec<String> {
    let mut raw = Raw::of(database);
    raw.lines("SELECT kind || ' ' || status || ' ' || attempts AS line FROM jobs ORDER BY kind, id")
}

#[tokio::test]
async fn a_change_queues_its_work_with_it() {
    for database in raw::both().await {
        let store = database.store();
        let mut donation = save(store, &start(&pending(store, 1).await)).await;
        assert_eq!(jobs(&database), Vec::<String>::new());
        let facts: [OrderFact; 3] = [declined(), captured(), refund(1_000)];
        for fact in facts {
            donation = save(store, &news(&donation, fact)).await;
        }
        let expected = [
            "send_certificate queued 0",
            "send_certificate queued 0",
            "tell_of_decline queued 0",
            "tell_of_refund queued 0",
        ];
        assert_eq!(jobs(&database), expected);
        let sql = "SELECT CAST(count(*) AS text) AS line FROM jobs WHERE run_at = created_at";
        assert_eq!(Raw::of(&database).lines(sql), ["4"]);
    }
}

#[tokio::test]
async fn one_change_queues_one_kind_of_work_once() {
    for database in raw::both().await {
        let store = database.store();
        let mut change = start(&pending(store, 1).await);
        change.work = vec![Work::TellOfDecline, Work::TellOfDecline];
        save(store, &change).await;
        assert_eq!(jobs(&database), ["tell_of_decline queued 0"]);
    }
}

#[tokio::test]
async fn a_change_that_is_not_kept_queues_nothing() {
    for database in raw::both().await {
        let store = database.store();
        let donation = save(store, &start(&pending(store, 1).await)).await;
        let late = news(&donation, captured());
        save(store, &news(&donation, declined())).await;
        assert_eq!(store.save(&late).await, Ok(Save::Conflict));
        assert_eq!(jobs(&database), ["tell_of_decline queued 0"]);
    }
}
