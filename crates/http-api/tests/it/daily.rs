//! A day's orders against the gateway's: every way in which they can differ, and what is mended.

use application::{DayOutcome, compare_day};
use chrono::TimeDelta;
use domain::ports::{DonationStore as _, WantedBy};
use domain::reconciliation::{Day, ReportStatus, Tally};
use domain::{DonationId, Review, Tenge};
use fake_gateway::{Behaviour, Call, Pause};
use serde_json::json;
use uuid::Uuid;

use crate::support::day::{at_once, differences, first_day, try_first_day};
use crate::support::{App, webhook};

on_both_databases!(
    books_that_agree_are_said_to_agree,
    a_payment_whose_webhook_was_lost_is_found_and_completes_the_donation,
    an_order_paid_with_another_amount_is_flagged_and_stays_open,
    an_order_of_another_amount_stays_open,
    an_order_whose_donation_is_not_here_stays_open,
    an_order_whose_attempt_is_not_here_is_taken_up,
    an_order_that_the_gateway_does_not_know_stays_open,
    a_payment_that_only_we_know_of_stays_open,
    an_order_that_changes_while_it_is_compared_is_no_difference,
    an_order_of_which_the_gateway_will_not_tell_does_not_keep_us_from_the_others,
    an_order_made_on_either_side_of_midnight_belongs_to_one_day,
    many_orders_are_gone_through_page_by_page,
    donations_of_play_money_are_left_out,
);

async fn books_that_agree_are_said_to_agree(app: App) {
    app.completed().await;
    app.completed().await;
    app.awaiting().await;
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, order.as_str())).await.expect(200);
    app.gateway.expire(&order).unwrap();
    app.guest_donation().await;
    app.order_there("shop-42", 700).await;

    let report = app.compared().await;
    assert_eq!((report.day, report.status, &report.differences), (first_day(), ReportStatus::Done, &Vec::new()));
    let ours = Tally { orders: 4, paid: 2, paid_amount: Tenge::new(10_000), refunds: 0, refunded_amount: Tenge::ZERO };
    assert_eq!((report.totals.ours, report.totals.gateway, report.totals.foreign_orders), (ours, ours, 1));
    assert_eq!(app.gateway.calls(Call::Order), 0, "nobody is asked about what agrees");
}

async fn a_payment_whose_webhook_was_lost_is_found_and_completes_the_donation(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["paid_there_only settled"]);
    let found = &report.differences[0];
    assert_eq!((found.donation.unwrap().to_string(), &found.order), (id.clone(), &order));
    assert_eq!((found.ours.as_deref(), found.gateway.as_deref()), (Some("open, 5000 KZT"), Some("paid, 5000 KZT")));
    assert_eq!(report.totals.ours, report.totals.gateway);

    assert_eq!(app.shown(&id).await["status"], "completed");
    let story = app.store().timeline(DonationId(Uuid::try_parse(&id).unwrap())).await.unwrap();
    let last = story.last().unwrap();
    assert_eq!((last.kind.word(), last.cause.actor.word().as_str()), ("payment.captured", "system"));
    let late = app.ioka(&webhook::captured_as_the_gateway_says(&id, &order)).await.expect(200);
    assert_eq!(late["outcome"], "ignored");
    app.get("/api/certificates/TREE-2026-000002").await.problem(404, "not_found");
}

async fn an_order_paid_with_another_amount_is_flagged_and_stays_open(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(4000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["paid_there_only settled", "amount_differs open"]);
    assert_eq!(report.differences[1].gateway.as_deref(), Some("paid, 4000 KZT taken for an order of 5000 KZT"));
    assert!(app.kept(&id).await.reviews.iter().any(|review| review.review == Review::AmountMismatch));
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn an_order_of_another_amount_stays_open(app: App) {
    let id = app.guest_donation().await;
    let order = app.order_there(&id, 700).await;
    // We ask for an order of that name, find this one, and refuse it.
    app.pay(&id).await.problem(502, "gateway_rejected");
    let report = app.compared().await;
    assert_eq!(differences(&report), ["amount_differs open"]);
    assert_eq!(
        (&report.differences[0].order, report.differences[0].gateway.as_deref()),
        (&order, Some("open, 700 KZT"))
    );
}

async fn an_order_whose_donation_is_not_here_stays_open(app: App) {
    let lost = Uuid::from_u128(77);
    let order = app.order_there(&lost.to_string(), 5000).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["missing_here open"]);
    assert_eq!((report.differences[0].donation, &report.differences[0].ours), (Some(DonationId(lost)), &None));
    assert_eq!((report.totals.ours.paid, report.totals.gateway.paid), (0, 1));
}

async fn an_order_whose_attempt_is_not_here_is_taken_up(app: App) {
    let (id, _) = app.awaiting().await;
    let second = app.order_there(&format!("{id}-2"), 5000).await;
    app.gateway.pay(&second, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["missing_here settled"]);
    assert_eq!(app.shown(&id).await["status"], "completed");
    assert_eq!(app.kept(&id).await.attempts.len(), 2);
}

async fn an_order_that_the_gateway_does_not_know_stays_open(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseRequest);
    app.pay(&id).await.problem(504, "gateway_timeout");
    app.ioka(&webhook::captured(&id, "ord_from_nowhere", 5000)).await.expect(200);
    let report = app.compared().await;
    assert_eq!(differences(&report), ["missing_there open"]);
    let found = &report.differences[0];
    assert_eq!(
        (found.order.as_str(), found.ours.as_deref(), &found.gateway),
        ("ord_from_nowhere", Some("paid, 5000 KZT"), &None)
    );
    assert_eq!((report.totals.ours.paid, report.totals.gateway.paid), (1, 0));
}

async fn a_payment_that_only_we_know_of_stays_open(app: App) {
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::captured(&id, order.as_str(), 5000)).await.expect(200);
    let report = app.compared().await;
    assert_eq!(differences(&report), ["paid_here_only open"]);
    assert_eq!(app.shown(&id).await["status"], "completed", "nothing is taken back");
    // Later it turns out to be paid after all, and a person has the day compared once more.
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let again = app.compared_again().await;
    assert_eq!(differences(&again), ["paid_here_only settled"], "what was open before is so no longer");
    assert_eq!(again.totals.ours, again.totals.gateway);
}

async fn an_order_that_changes_while_it_is_compared_is_no_difference(app: App) {
    let (id, order) = app.awaiting().await;
    app.clock.advance(TimeDelta::days(1));
    let pause = Pause::new();
    app.gateway.next(Call::OrdersMade, Behaviour::Pause(pause.clone()));
    let house = app.house();
    let comparison = tokio::spawn(async move { try_first_day(&house).await });
    pause.reached().await;
    // Listed as open; paid, and told of, before anybody looks at the list.
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured_as_the_gateway_says(&id, &order)).await.expect(200);
    pause.let_go();
    comparison.await.unwrap().unwrap();
    let shown = app.house().reconciliations.report(first_day()).await.unwrap().unwrap();
    assert_eq!(differences(&shown), Vec::<String>::new());
    assert_eq!((shown.totals.ours.paid, shown.totals.gateway.paid), (1, 1));
}

async fn an_order_of_which_the_gateway_will_not_tell_does_not_keep_us_from_the_others(app: App) {
    let mut paid = Vec::new();
    for _ in 0..3 {
        let (id, order) = app.awaiting().await;
        app.gateway.pay(&order, Tenge::new(5000)).unwrap();
        paid.push(id);
    }
    app.gateway.next(Call::Order, Behaviour::Refuse);
    let report = app.compared().await;
    let mut found = differences(&report);
    found.sort();
    assert_eq!(found, ["paid_there_only open", "paid_there_only settled", "paid_there_only settled"]);
    // The newest is listed first.
    assert_eq!(app.shown(&paid[2]).await["status"], "awaiting_payment");
    assert_eq!(app.shown(&paid[0]).await["status"], "completed");
    let again = app.compared_again().await;
    assert_eq!(differences(&again), ["paid_there_only settled"; 3]);
}

async fn an_order_made_on_either_side_of_midnight_belongs_to_one_day(app: App) {
    // 15:00 by the charity's clocks; the gateway's is a moment ahead of midnight, ours a moment behind.
    app.clock.advance(TimeDelta::hours(9) - TimeDelta::seconds(1));
    app.gateway.it_is("2026-03-01T19:00:01Z".parse().unwrap());
    let (id, order) = app.completed().await;
    let report = app.compared().await;
    assert_eq!((differences(&report), report.totals.ours, report.totals.gateway), Default::default());
    assert_eq!(app.gateway.calls(Call::Order), 1, "asked for by itself");

    app.clock.advance(TimeDelta::days(1));
    let next = Day::parse("2026-03-02").unwrap();
    let outcome = compare_day(&app.house(), next, WantedBy::Schedule, &at_once).await.unwrap();
    let DayOutcome::Compared(report) = outcome else { panic!("it is due") };
    assert_eq!((report.totals.ours.orders, report.totals.gateway.orders), (1, 1));
    assert_eq!(differences(&report), Vec::<String>::new());
    assert_eq!(app.shown(&id).await["payment_order_id"], json!(order.as_str()));
}

async fn many_orders_are_gone_through_page_by_page(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    for number in 0..120 {
        app.order_there(&format!("shop-{number}"), 700).await;
    }
    let report = app.compared().await;
    assert_eq!((report.totals.foreign_orders, report.totals.gateway.orders), (120, 1));
    assert_eq!(app.gateway.calls(Call::OrdersMade), 3);
    assert_eq!(app.shown(&id).await["status"], "completed", "it was on the last page");
}

async fn donations_of_play_money_are_left_out(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.clock.advance(TimeDelta::days(1));
    // The same orders, but the money is no longer real, nor the other way round.
    let mut house = app.house();
    house.gateway = app.gateway.clone();
    let outcome = try_first_day(&house).await.unwrap();
    let DayOutcome::Compared(report) = outcome else { panic!("it is due") };
    assert_eq!((differences(&report), report.totals), Default::default());
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}
