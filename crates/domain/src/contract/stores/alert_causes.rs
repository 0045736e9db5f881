//! The causes that operators are told of, as they wait in the store.

use chrono::TimeDelta;
use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::alerts::{down, mails, notice, one, told};
use super::samples::{AMOUNT, at, completed, donation, edited, kept, order_id, review, saved, started};
use crate::alert::{AlertKind, AlertPhase};
use crate::donation::{Actor, CaptureReport, Cause, DonationEvent, OrderEvent, OrderFact};
use crate::ports::{
    Delivery, DeliveryOutcome, DueJobs, Job, JobOutcome, JobQuery, JobStatus, Silence, Sum, SummaryOf, TakeDay, Task,
    Told, WantedBy, WantedDay,
};
use crate::reconciliation::{Day, Difference, DifferenceKind, Tally, Totals};
use crate::{DeliveryId, Donation, DonationRecord, Instant, OrderId, ReportedAmount, Tenge};

/// Takes what is due and parks it.
async fn parked(stores: Stores<'_>, now: Instant) -> usize {
    let due = DueJobs { now, lease_until: now + TimeDelta::minutes(5), limit: 100 };
    let jobs = stores.jobs.take_due(&due).await.unwrap();
    for job in &jobs {
        stores.jobs.finish(job, &JobOutcome::Parked { why: "refused".to_owned() }, now).await.unwrap();
    }
    jobs.len()
}

/// Keeps a donation that somebody has to look at.
async fn to_be_looked_at(stores: Stores<'_>, number: u128) -> Donation {
    let donation = completed(stores, donation(number)).await;
    saved(stores, &edited(&donation, |record| record.reviews = vec![review(None)])).await
}

/// Keeps a donation whose payment was found at this minute by asking.
async fn found_by_asking(stores: Stores<'_>, number: u128, minute: i64) {
    let donation = started(stores, donation(number)).await;
    let amount = ReportedAmount::Tenge(donation.gift.amount);
    let report = CaptureReport { payment_id: None, ordered: amount.clone(), captured: amount, paid_at: None };
    let fact = OrderFact::Captured(report);
    let event = OrderEvent { attempt: 1, order_id: Some(order_id(donation.id, 1)), fact };
    let cause = Cause { actor: Actor::System, request_id: None };
    let decision = donation.apply(&DonationEvent::Order(event), at(minute), &cause);
    saved(stores, &decision.change.expect("a capture changes it")).await;
}

async fn webhook(stores: Stores<'_>, key: &str, minute: i64) {
    let delivery = Delivery {
        id: DeliveryId(Uuid::from_u128(900)),
        dedup_key: key.to_owned(),
        dialect: "events".to_owned(),
        event: "PAYMENT_CAPTURED".to_owned(),
        donation: None,
        outcome: DeliveryOutcome::Unmatched,
        body: "{}".to_owned(),
        received_at: at(minute),
        request_id: None,
        copies: 1,
    };
    stores.deliveries.record(&delivery, None).await.unwrap();
}

/// Compares the samples' yesterday, with one difference that is as `edit` leaves it.
async fn compared(stores: Stores<'_>, minute: i64, edit: impl FnOnce(&mut Difference)) {
    let wanted = WantedDay {
        day: Day::of(at(0)).before(1),
        now: at(minute),
        lease_until: at(minute + 10),
        wanted_by: WantedBy::Person,
    };
    let TakeDay::Taken(day) = stores.reconciliations.take_day(&wanted).await.unwrap() else {
        panic!("the day is free");
    };
    let mut difference = Difference {
        kind: DifferenceKind::MissingHere,
        donation: None,
        order: OrderId::new("order-1"),
        refund: None,
        ours: None,
        gateway: Some("paid, 5000 KZT".to_owned()),
        settled: false,
    };
    edit(&mut difference);
    stores.reconciliations.keep(&day, &[difference], at(minute + 10)).await.unwrap();
    stores.alerts.note_what_waits(at(minute)).await.unwrap();
    let totals =
        Totals { ours: Tally::default(), gateway: Tally::default(), foreign_orders: 0, differences_left_out: 0 };
    stores.reconciliations.complete(&day, &totals, at(minute + 1)).await.unwrap();
}

/// What a person has to look at, until somebody has.
pub async fn an_open_review_is_noted_once(stores: Stores<'_>) {
    let donation = to_be_looked_at(stores, 1).await;
    for minute in [5, 6] {
        stores.alerts.note_what_waits(at(minute)).await.unwrap();
    }
    assert_eq!(told(stores.alerts, 7).await, one(AlertKind::Review, AlertPhase::Begun));
    stores.alerts.note_what_waits(at(60)).await.unwrap();
    assert_eq!(told(stores.alerts, 60).await, []);
    let job = mails(stores, at(60)).await.pop().expect("a mail was queued");
    let (alert, _) = notice(stores, job.id).await.alerts.remove(0);
    assert_eq!((alert.donation, alert.since), (Some(donation.id), at(3)));
    assert_eq!(alert.detail.as_deref(), Some("paid_late"));
}

/// Nobody is told of what somebody has settled meanwhile.
pub async fn a_review_that_was_resolved_before_it_was_told_is_not_told(stores: Stores<'_>) {
    let open = to_be_looked_at(stores, 1).await;
    stores.alerts.note_what_waits(at(5)).await.unwrap();
    saved(stores, &edited(&open, |record| record.reviews = vec![review(Some(Actor::System))])).await;
    stores.alerts.note_what_waits(at(6)).await.unwrap();
    assert_eq!(told(stores.alerts, 6).await, []);
}

/// The first at once, the others together.
pub async fn a_hundred_jobs_that_die_at_once_are_two_mails_at_most(stores: Stores<'_>) {
    for number in 1..=60 {
        completed(stores, donation(number)).await;
    }
    let due = DueJobs { now: at(10), lease_until: at(15), limit: 100 };
    let jobs = stores.jobs.take_due(&due).await.unwrap();
    let park = |job: Job| async move {
        stores.jobs.finish(&job, &JobOutcome::Parked { why: "refused".to_owned() }, at(10)).await.unwrap();
    };
    let mut jobs = jobs.into_iter();
    park(jobs.next().expect("sixty are due")).await;
    stores.alerts.note_what_waits(at(10)).await.unwrap();
    assert_eq!(told(stores.alerts, 10).await, one(AlertKind::JobParked, AlertPhase::Begun));
    join_all(jobs.map(park)).await;
    for minute in 11..20 {
        stores.alerts.note_what_waits(at(minute)).await.unwrap();
        assert_eq!(told(stores.alerts, minute).await, []);
    }
    let kind = AlertKind::JobParked;
    assert_eq!(told(stores.alerts, 20).await, [Told { kind, phase: AlertPhase::Begun, alerts: 59 }]);
    let many = mails(stores, at(20)).await;
    let notices = join_all(many.iter().map(|job| notice(stores, job.id))).await;
    let totals: Vec<_> = notices.iter().map(|notice| (notice.total, notice.alerts.len())).collect();
    assert!(totals.contains(&(59, 9)) && totals.contains(&(1, 1)), "{totals:?}");
}

/// That would go round in circles. The list of jobs shows it.
pub async fn a_mail_to_operators_that_is_parked_is_not_told(stores: Stores<'_>) {
    stores.alerts.begin(&down(0), at(5)).await.unwrap();
    told(stores.alerts, 5).await;
    assert_eq!(parked(stores, at(5)).await, 1);
    stores.alerts.note_what_waits(at(60)).await.unwrap();
    assert_eq!(told(stores.alerts, 60).await, []);
    let query = JobQuery { donation: None, status: Some(JobStatus::Parked), after: None, limit: 9 };
    let listed = stores.jobs.list(&query).await.unwrap();
    assert_eq!(listed.iter().map(|job| job.task).collect::<Vec<_>>(), [Task::Operators(None)]);
}

/// Tried anew, it is over; parked again, it is another cause.
pub async fn a_job_that_is_parked_again_is_told_again(stores: Stores<'_>) {
    completed(stores, donation(1)).await;
    assert_eq!(parked(stores, at(10)).await, 1);
    stores.alerts.note_what_waits(at(10)).await.unwrap();
    assert_eq!(told(stores.alerts, 10).await, one(AlertKind::JobParked, AlertPhase::Begun));
    let query = JobQuery { donation: None, status: Some(JobStatus::Parked), after: None, limit: 9 };
    let job = stores.jobs.list(&query).await.unwrap().remove(0);
    stores.jobs.retry(job.id, at(30)).await.unwrap();
    stores.alerts.note_what_waits(at(31)).await.unwrap();
    assert_eq!(told(stores.alerts, 31).await, []);
    assert!(parked(stores, at(32)).await >= 1);
    stores.alerts.note_what_waits(at(33)).await.unwrap();
    assert_eq!(told(stores.alerts, 33).await, one(AlertKind::JobParked, AlertPhase::Begun));
}

/// Real money of that day, and what waits now.
pub async fn a_day_is_summed_up_in_numbers(stores: Stores<'_>) {
    for number in 1..=2 {
        completed(stores, donation(number)).await;
    }
    kept(stores, donation(4)).await;
    let play_money = donation(5).into_record();
    completed(stores, Donation::restore(DonationRecord { test_mode: true, ..play_money })).await;
    to_be_looked_at(stores, 6).await;
    assert!(parked(stores, at(30)).await >= 3);
    let day = Day::of(at(0));
    let wanted = SummaryOf { day, compared_from: day.before(2), compared_to: day };
    let summary = stores.alerts.summary(&wanted).await.unwrap();
    let amount = Tenge::new(3 * AMOUNT);
    assert_eq!((summary.paid, summary.refunded), (Sum { number: 3, amount }, Sum::default()));
    assert_eq!((summary.begun, summary.open_reviews, summary.days_not_compared), (4, 1, 3));
    assert!(summary.jobs_parked >= 3, "{summary:?}");
    assert_eq!((summary.declined, summary.days_differ), (0, 0));
    let before = SummaryOf { day: day.before(1), ..wanted };
    assert_eq!(stores.alerts.summary(&before).await.unwrap().begun, 0);
}

/// Once it is known, and once for a day that goes on differing, however often it is compared.
pub async fn a_day_that_differs_is_told_once_it_is_compared(stores: Stores<'_>) {
    compared(stores, 10, |_| {}).await;
    assert_eq!(told(stores.alerts, 10).await, [], "it is not compared to its end yet");
    stores.alerts.note_what_waits(at(12)).await.unwrap();
    assert_eq!(told(stores.alerts, 12).await, one(AlertKind::DayDiffers, AlertPhase::Begun));
    let job = mails(stores, at(12)).await.pop().expect("a mail was queued");
    let (alert, _) = notice(stores, job.id).await.alerts.remove(0);
    assert_eq!((alert.subject, alert.detail.as_deref()), (Day::of(at(0)).before(1).to_string(), Some("1")));
    compared(stores, 100, |_| {}).await;
    stores.alerts.note_what_waits(at(102)).await.unwrap();
    assert_eq!(told(stores.alerts, 102).await, []);
}

/// Nothing is left for anybody to do.
pub async fn a_day_whose_differences_are_settled_is_not_told(stores: Stores<'_>) {
    compared(stores, 10, |difference| difference.settled = true).await;
    stores.alerts.note_what_waits(at(12)).await.unwrap();
    assert_eq!(told(stores.alerts, 12).await, []);
}

/// Those found since the last webhook, whatever it was about; what a webhook told of is not found by asking.
pub async fn orders_found_paid_while_no_webhook_came_are_a_silence(stores: Stores<'_>) {
    completed(stores, donation(1)).await;
    assert_eq!(stores.alerts.silence().await, Ok(None));
    found_by_asking(stores, 2, 10).await;
    found_by_asking(stores, 3, 20).await;
    assert_eq!(stores.alerts.silence().await, Ok(Some(Silence { since: at(10), orders: 2 })));
    webhook(stores, "one", 15).await;
    assert_eq!(stores.alerts.silence().await, Ok(Some(Silence { since: at(20), orders: 1 })));
    webhook(stores, "one", 25).await;
    assert_eq!(stores.alerts.silence().await, Ok(None), "a copy is a webhook too");
}
