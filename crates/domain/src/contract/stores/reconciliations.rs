//! Daily comparisons: whose turn a day is, what is kept of it, and what is ours of it.

use futures_util::future::join_all;

use super::Stores;
use super::samples::{at, capture, completed, donation, donation_of, edited, kept, order_id, refund, saved, started};
use crate::ports::{Lease, TakeDay, TakenDay, TimeSpan, WantedBy, WantedDay};
use crate::reconciliation::{Day, DayReport, Difference, DifferenceKind, ReportStatus, Tally, Totals};
use crate::{Donation, DonationId, GatewayRefundId, OrderId, Tenge};

/// The day before that of the samples.
fn yesterday() -> Day {
    Day::of(at(0)).before(1)
}

/// Yesterday, wanted at this minute for ten.
fn wanted(minute: i64, wanted_by: WantedBy) -> WantedDay {
    WantedDay { day: yesterday(), now: at(minute), lease_until: at(minute + 10), wanted_by }
}

async fn take(stores: Stores<'_>, minute: i64, wanted_by: WantedBy) -> TakeDay {
    stores.reconciliations.take_day(&wanted(minute, wanted_by)).await.unwrap()
}

async fn taken(stores: Stores<'_>, minute: i64) -> TakenDay {
    match take(stores, minute, WantedBy::Person).await {
        TakeDay::Taken(day) => day,
        other => panic!("the day is free, not {other:?}"),
    }
}

async fn keep(stores: Stores<'_>, day: &TakenDay, found: &[Difference]) -> Lease {
    stores.reconciliations.keep(day, found, at(1_000)).await.unwrap()
}

async fn report(stores: Stores<'_>) -> DayReport {
    stores.reconciliations.report(yesterday()).await.unwrap().expect("somebody has begun it")
}

async fn due(stores: Stores<'_>, minute: i64) -> Vec<Day> {
    stores.reconciliations.due(yesterday().before(2), yesterday(), at(minute)).await.unwrap()
}

fn difference(kind: DifferenceKind, order: &str) -> Difference {
    Difference {
        kind,
        donation: Some(donation(1).id),
        order: OrderId::new(order),
        refund: None,
        ours: Some("open, 5000 KZT".to_owned()),
        gateway: Some("paid, 5000 KZT".to_owned()),
        settled: false,
    }
}

fn of_a_refund(kind: DifferenceKind, order: &str, refund: &str) -> Difference {
    Difference { refund: Some(GatewayRefundId::new(refund)), donation: None, ours: None, ..difference(kind, order) }
}

fn mended(difference: Difference) -> Difference {
    Difference { settled: true, ..difference }
}

fn totals() -> Totals {
    let amount = Tenge::new(45_000);
    let ours = Tally { orders: 10, paid: 9, paid_amount: amount, refunds: 2, refunded_amount: Tenge::new(1) };
    Totals { ours, gateway: Tally { orders: 11, refunds: 3, ..ours }, foreign_orders: 4, differences_left_out: 5 }
}

/// Nor is any other day's shown in its place.
pub async fn a_day_that_nobody_compared_has_no_report(stores: Stores<'_>) {
    taken(stores, 0).await;
    assert_eq!(stores.reconciliations.report(yesterday().before(1)).await, Ok(None));
}

/// While it is being compared, and when it is complete.
pub async fn a_report_is_found_as_it_was_kept(stores: Stores<'_>) {
    let day = taken(stores, 0).await;
    assert_eq!((day.day, day.failures), (yesterday(), 0));
    let begun = DayReport {
        day: yesterday(),
        status: ReportStatus::Running,
        started_at: at(0),
        finished_at: None,
        totals: Totals::default(),
        differences: Vec::new(),
    };
    assert_eq!(report(stores).await, begun);
    let first = difference(DifferenceKind::PaidThereOnly, "order-1");
    let later = of_a_refund(DifferenceKind::RefundMissingHere, "order-1", "refund-1");
    let another = mended(of_a_refund(DifferenceKind::RefundMissingHere, "order-1", "refund-2"));
    assert_eq!(keep(stores, &day, &[later.clone(), first.clone()]).await, Lease::Held);
    assert_eq!(keep(stores, &day, &[]).await, Lease::Held);
    assert_eq!(keep(stores, &day, std::slice::from_ref(&another)).await, Lease::Held);
    assert_eq!(report(stores).await.differences, [first.clone(), later.clone(), another.clone()]);
    assert_eq!(stores.reconciliations.complete(&day, &totals(), at(5)).await, Ok(Lease::Held));
    let complete = DayReport {
        status: ReportStatus::Done,
        finished_at: Some(at(5)),
        totals: totals(),
        differences: vec![first, later, another],
        ..begun
    };
    assert_eq!(report(stores).await, complete);
}

/// Every kind of it; what was said last counts.
pub async fn a_difference_is_kept_once(stores: Stores<'_>) {
    let day = taken(stores, 0).await;
    let all: Vec<_> = DifferenceKind::ALL
        .into_iter()
        .map(|kind| match kind.word().starts_with("refund") {
            true => of_a_refund(kind, "order-1", "refund-1"),
            false => difference(kind, "order-1"),
        })
        .collect();
    keep(stores, &day, &all).await;
    keep(stores, &day, &all).await;
    assert_eq!(report(stores).await.differences, all);
    let settled = Difference { gateway: None, ours: Some("ended, 5000 KZT".to_owned()), ..mended(all[0].clone()) };
    keep(stores, &day, std::slice::from_ref(&settled)).await;
    assert_eq!(report(stores).await.differences[0], settled);
    assert_eq!(report(stores).await.differences[1..], all[1..]);
}

/// However many servers look at once.
pub async fn of_twenty_that_take_a_day_at_once_one_gets_it(stores: Stores<'_>) {
    for minute in [0, 10] {
        let takers = (0..20).map(|_| take(stores, minute, WantedBy::Schedule));
        let outcomes = join_all(takers).await;
        let got_it = outcomes.iter().filter(|outcome| matches!(outcome, TakeDay::Taken(_))).count();
        let busy = outcomes.iter().filter(|outcome| **outcome == TakeDay::Busy).count();
        assert_eq!((got_it, busy), (1, 19), "{outcomes:?}");
    }
}

/// Up to the instant at which it ends, exclusive, and for a person too. Whatever is kept prolongs it.
pub async fn a_day_that_is_being_compared_is_busy_until_its_lease_ends(stores: Stores<'_>) {
    let day = taken(stores, 0).await;
    for wanted_by in [WantedBy::Schedule, WantedBy::Person] {
        assert_eq!(take(stores, 9, wanted_by).await, TakeDay::Busy);
    }
    assert_eq!(stores.reconciliations.keep(&day, &[], at(20)).await, Ok(Lease::Held));
    assert_eq!(take(stores, 19, WantedBy::Person).await, TakeDay::Busy);
    assert!(matches!(take(stores, 20, WantedBy::Schedule).await, TakeDay::Taken(next) if next.turn != day.turn));
}

/// Then it begins anew.
pub async fn a_day_that_was_compared_is_taken_again_only_for_a_person(stores: Stores<'_>) {
    let day = taken(stores, 0).await;
    stores.reconciliations.complete(&day, &totals(), at(5)).await.unwrap();
    assert_eq!(take(stores, 100, WantedBy::Schedule).await, TakeDay::NotDue);
    taken(stores, 100).await;
    let begun = report(stores).await;
    assert_eq!((begun.status, begun.started_at, begun.finished_at), (ReportStatus::Running, at(100), None));
    assert_eq!(begun.totals, Totals::default());
}

/// Each failure in a row is counted, until it succeeds.
pub async fn a_day_that_broke_off_is_due_again_at_its_time(stores: Stores<'_>) {
    let day = taken(stores, 0).await;
    assert_eq!(stores.reconciliations.break_off(&day, at(3)).await, Ok(Lease::Held));
    assert_eq!(report(stores).await.status, ReportStatus::Failed);
    assert_eq!(take(stores, 2, WantedBy::Schedule).await, TakeDay::NotDue);
    let TakeDay::Taken(again) = take(stores, 3, WantedBy::Schedule).await else { panic!("it is due") };
    assert_eq!(again.failures, 1);
    stores.reconciliations.break_off(&again, at(100)).await.unwrap();
    let last = taken(stores, 4).await;
    assert_eq!(last.failures, 2, "a person need not wait");
    stores.reconciliations.complete(&last, &totals(), at(5)).await.unwrap();
    assert_eq!(taken(stores, 6).await.failures, 0);
}

/// Neither differences nor the end; not even if the next has come to its end.
pub async fn whoever_lost_the_day_keeps_nothing(stores: Stores<'_>) {
    let slow = taken(stores, 0).await;
    let next = taken(stores, 10).await;
    let found = [difference(DifferenceKind::PaidHereOnly, "order-1")];
    for _ in 0..2 {
        let before = report(stores).await;
        assert_eq!(keep(stores, &slow, &found).await, Lease::Lost);
        assert_eq!(stores.reconciliations.complete(&slow, &totals(), at(12)).await, Ok(Lease::Lost));
        assert_eq!(stores.reconciliations.break_off(&slow, at(12)).await, Ok(Lease::Lost));
        assert_eq!(report(stores).await, before);
        stores.reconciliations.complete(&next, &Totals::default(), at(11)).await.unwrap();
    }
    assert_eq!(keep(stores, &next, &found).await, Lease::Lost, "what is complete stays as it is");
}

/// Mended or not: it may be mended since, and would not be found again.
pub async fn what_was_found_stays_on_record_when_a_day_is_compared_again(stores: Stores<'_>) {
    let day = taken(stores, 0).await;
    let open = difference(DifferenceKind::MissingHere, "order-1");
    let settled = mended(difference(DifferenceKind::PaidThereOnly, "order-2"));
    let found = [open, settled];
    keep(stores, &day, &found).await;
    stores.reconciliations.break_off(&day, at(1)).await.unwrap();
    assert_eq!(report(stores).await.differences, found);
    let day = taken(stores, 2).await;
    assert_eq!(report(stores).await.differences, found);
    stores.reconciliations.complete(&day, &totals(), at(3)).await.unwrap();
    taken(stores, 4).await;
    assert_eq!(report(stores).await.differences, found);
}

/// Those that somebody is at, that were compared, or that have to wait are not.
pub async fn days_are_due_until_they_are_compared(stores: Stores<'_>) {
    let days = [yesterday().before(2), yesterday().before(1), yesterday()];
    assert_eq!(due(stores, 0).await, days);
    let day = taken(stores, 0).await;
    assert_eq!(due(stores, 9).await, days[..2]);
    assert_eq!(due(stores, 10).await, days);
    stores.reconciliations.break_off(&day, at(20)).await.unwrap();
    assert_eq!(due(stores, 19).await, days[..2]);
    assert_eq!(due(stores, 20).await, days);
    let day = taken(stores, 20).await;
    stores.reconciliations.complete(&day, &totals(), at(21)).await.unwrap();
    assert_eq!(due(stores, 10_000).await, days[..2]);
    assert_eq!(stores.reconciliations.due(days[0], days[0], at(0)).await, Ok(vec![days[0]]));
    assert_eq!(stores.reconciliations.due(days[1], days[0], at(0)).await, Ok(Vec::new()));
}

/// A person may have had a look at noon.
pub async fn a_day_that_was_compared_before_its_end_is_due_once_more(stores: Stores<'_>) {
    let today = Day::of(at(0));
    let hours = 60;
    for (minute, is_due) in [(0, true), (8 * hours, false)] {
        let wanted =
            WantedDay { day: today, now: at(minute), lease_until: at(minute + 10), wanted_by: WantedBy::Schedule };
        let TakeDay::Taken(day) = stores.reconciliations.take_day(&wanted).await.unwrap() else {
            panic!("it is due at minute {minute}")
        };
        stores.reconciliations.complete(&day, &totals(), at(minute + 1)).await.unwrap();
        let due = stores.reconciliations.due(today, today, at(10_000)).await.unwrap();
        assert_eq!(due.contains(&today), is_due, "compared at minute {minute}");
    }
}

async fn in_span(stores: Stores<'_>, (from, until): (i64, i64)) -> Vec<Donation> {
    let span = TimeSpan { from: at(from), until: at(until) };
    stores.reconciliations.donations_in(&span, None, 100).await.unwrap()
}

/// The samples' attempts begin at minute 1; the span has its first instant and not its last.
pub async fn a_donation_is_of_the_span_in_which_it_was_begun_or_refunded(stores: Stores<'_>) {
    kept(stores, donation_of(1, None, at(1))).await;
    let begun = started(stores, donation(2)).await;
    let given_back = {
        let paid = completed(stores, donation(3)).await;
        let change = refund(&paid, "refund", 100);
        let later = edited(&paid, |record| {
            record.state = change.donation.state.clone();
            record.refunds = change.donation.refunds.clone();
            record.refunds[0].created_at = at(500);
        });
        saved(stores, &later).await
    };
    assert_eq!(in_span(stores, (1, 2)).await, [begun.clone(), given_back.clone()]);
    assert_eq!(in_span(stores, (0, 1)).await, []);
    assert_eq!(in_span(stores, (2, 500)).await, []);
    assert_eq!(in_span(stores, (500, 501)).await, std::slice::from_ref(&given_back));
    assert_eq!(in_span(stores, (0, 1_000)).await, [begun, given_back], "each once");
}

/// Each once, by id, however a page and the two reasons fall.
pub async fn donations_of_a_span_come_page_by_page(stores: Stores<'_>) {
    let mut all = Vec::new();
    for number in 1..=7 {
        let current = started(stores, donation(number)).await;
        all.push(current.id);
        if number % 2 == 0 {
            let paid = saved(stores, &capture(&current)).await;
            saved(stores, &refund(&paid, &format!("refund-of-{}", order_id(paid.id, 1)), 100)).await;
        }
    }
    let span = TimeSpan { from: at(0), until: at(100) };
    for limit in [1, 2, 3, 7] {
        let (mut seen, mut after): (Vec<DonationId>, Option<DonationId>) = (Vec::new(), None);
        loop {
            let page = stores.reconciliations.donations_in(&span, after, limit).await.unwrap();
            assert!(page.len() <= limit as usize);
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            seen.extend(page.iter().map(|donation| donation.id));
        }
        assert_eq!(seen, all, "{limit} a page");
    }
}
