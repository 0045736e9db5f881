//! The daily comparisons, webhooks and the record.

use std::collections::BTreeSet;

use domain::audit::AuditAction;
use domain::ports::{AuditQuery, AuditStore, DeliveryOutcome, DeliveryQuery, DeliveryStore, ReconciliationStore as _};
use domain::reconciliation::{Day, DifferenceKind, ReportStatus, Tally};

use crate::support::{all, both, filled, now};

#[tokio::test(flavor = "multi_thread")]
async fn every_day_that_is_over_is_compared_and_its_numbers_are_those_of_the_donations() {
    for database in both().await {
        filled(&database).await;
        let donations = all(database.store()).await;
        let (mut agreeing, mut differing) = (0, 0);
        let mut kinds = BTreeSet::new();
        for ago in 1..390 {
            let day = Day::of(now()).before(ago);
            let report = database.store().report(day).await.unwrap().unwrap();
            assert!(report.status == ReportStatus::Done && report.started_at >= day.closes_at(), "{report:?}");
            let mut tally = Tally::default();
            for donation in &donations {
                let begun = donation.attempts.iter().filter(|attempt| Day::of(attempt.started_at) == day);
                begun.for_each(|attempt| tally.count_attempt(donation, attempt.number));
                let given_back = donation.refunds.iter().filter(|refund| Day::of(refund.created_at) == day);
                given_back.for_each(|refund| tally.count_refund_here(refund));
            }
            assert_eq!(report.totals.ours, tally, "{day}");
            // Two that are open can make up for each other in the totals; one cannot.
            let open = report.differences.iter().filter(|difference| !difference.settled).count();
            let agree = report.totals.ours == report.totals.gateway;
            assert!(if agree { open != 1 } else { open > 0 }, "{report:?}");
            *(if report.differences.is_empty() { &mut agreeing } else { &mut differing }) += 1;
            kinds.extend(report.differences.iter().map(|difference| difference.kind));
        }
        assert!(agreeing > 300 && differing > 5, "{agreeing} {differing}");
        assert!(kinds.contains(&DifferenceKind::PaidThereOnly), "{kinds:?}");
        let due = database.store().due(Day::of(now()).before(8), Day::of(now()).before(1), now()).await.unwrap();
        assert!(due.is_empty(), "a server that starts finds nothing to compare: {due:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn webhooks_of_every_outcome_are_kept_as_they_came() {
    for database in both().await {
        let filled = filled(&database).await;
        let mut kept = 0;
        for outcome in DeliveryOutcome::ALL {
            let query = DeliveryQuery { donation: None, outcome: Some(outcome), after: None, limit: 10_000 };
            let deliveries = DeliveryStore::list(database.store(), &query).await.unwrap();
            assert!(!deliveries.is_empty(), "{outcome:?}");
            assert!(deliveries.iter().all(|delivery| delivery.body.contains(&delivery.event)));
            kept += deliveries.len();
        }
        assert_eq!(kept, filled.deliveries);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_refund_of_an_operators_is_on_record() {
    for database in both().await {
        let filled = filled(&database).await;
        let query =
            |action| AuditQuery { account: None, action, from: None, to: Some(now()), after: None, limit: 100_000 };
        let all_entries = AuditStore::list(database.store(), &query(None)).await.unwrap();
        assert_eq!(all_entries.len(), filled.audit);
        let entries = AuditStore::list(database.store(), &query(Some(AuditAction::Refund))).await.unwrap();
        let asked = all(database.store()).await.into_iter().flat_map(|donation| donation.refunds.clone());
        assert_eq!(entries.len(), 2 * asked.filter(|refund| refund.request.is_some()).count());
        let actions: BTreeSet<_> = all_entries.iter().map(|entry| entry.action).collect();
        assert!(actions.len() >= 8, "{actions:?}");
    }
}
