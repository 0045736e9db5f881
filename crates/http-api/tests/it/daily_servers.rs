//! Days are compared once, whatever servers do and however the gateway behaves.

use application::{CompareDayError, DayOutcome, Onward, Progress, compare_due_days};
use chrono::TimeDelta;
use domain::Tenge;
use domain::ports::PaymentGateway as _;
use domain::reconciliation::{DayReport, ReportStatus};
use fake_gateway::{Behaviour, Call, Pause};
use futures_util::future::{BoxFuture, join_all};

use crate::support::day::{at_once, differences, first_day, try_first_day};
use crate::support::{App, webhook};

on_both_databases!(
    yesterday_and_a_week_before_it_are_compared_once,
    a_day_is_compared_half_an_hour_after_it_is_over,
    of_several_servers_one_compares_a_day,
    a_server_that_dies_in_the_middle_is_followed_by_another,
    a_gateway_that_fails_halfway_is_asked_again_after_a_growing_pause,
    a_gateway_that_does_not_answer_is_not_pressed,
    a_server_that_was_overtaken_keeps_nothing,
    a_server_that_is_told_to_stop_gives_the_day_back,
    what_a_server_mended_before_it_died_is_on_record,
);

async fn kept(app: &App) -> DayReport {
    app.house().reconciliations.report(first_day()).await.unwrap().unwrap()
}

/// What a server does by itself, at this moment.
async fn tick(app: &App) {
    compare_due_days(&app.house(), &at_once).await.unwrap();
}

/// A payment that no webhook told of: the donation's id.
async fn paid_unheard_of(app: &App) -> String {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    id
}

async fn yesterday_and_a_week_before_it_are_compared_once(app: App) {
    let id = paid_unheard_of(&app).await;
    app.clock.advance(TimeDelta::days(8));
    tick(&app).await;
    assert_eq!(app.gateway.calls(Call::OrdersMade), 8, "yesterday and seven days before");
    assert_eq!(
        (kept(&app).await.status, app.shown(&id).await["status"].clone()),
        (ReportStatus::Done, "completed".into())
    );
    tick(&app).await;
    assert_eq!(app.gateway.calls(Call::OrdersMade), 8);
    app.clock.advance(TimeDelta::days(1));
    tick(&app).await;
    assert_eq!(app.gateway.calls(Call::OrdersMade), 9);
}

async fn a_day_is_compared_half_an_hour_after_it_is_over(app: App) {
    // It is 15:00 in Kazakhstan.
    app.clock.advance(TimeDelta::hours(9) + TimeDelta::minutes(29));
    tick(&app).await;
    assert_eq!(app.house().reconciliations.report(first_day()).await, Ok(None));
    app.clock.advance(TimeDelta::minutes(1));
    tick(&app).await;
    assert_eq!(kept(&app).await.status, ReportStatus::Done);
}

async fn of_several_servers_one_compares_a_day(app: App) {
    let id = paid_unheard_of(&app).await;
    app.clock.advance(TimeDelta::days(1));
    let houses: Vec<_> = (0..4).map(|_| app.house()).collect();
    let outcomes = join_all(houses.iter().map(try_first_day)).await;
    let compared = outcomes.iter().filter(|outcome| matches!(outcome, Ok(DayOutcome::Compared(_)))).count();
    let others = outcomes.iter().filter(|outcome| matches!(outcome, Ok(DayOutcome::Busy | DayOutcome::NotDue))).count();
    assert_eq!((compared, others), (1, 3), "{outcomes:?}");
    assert_eq!((app.gateway.calls(Call::OrdersMade), app.gateway.calls(Call::RefundsMade)), (1, 1));
    assert_eq!(differences(&kept(&app).await), ["paid_there_only settled"]);
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn a_server_that_dies_in_the_middle_is_followed_by_another(app: App) {
    let id = paid_unheard_of(&app).await;
    app.clock.advance(TimeDelta::days(1));
    let pause = Pause::new();
    app.gateway.next(Call::RefundsMade, Behaviour::PauseBefore(pause.clone()));
    let house = app.house();
    let dying = tokio::spawn(async move { try_first_day(&house).await });
    pause.reached().await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());

    let halfway = kept(&app).await;
    assert_eq!(
        (halfway.status, differences(&halfway)),
        (ReportStatus::Running, vec!["paid_there_only settled".to_owned()])
    );
    assert_eq!(app.shown(&id).await["status"], "completed");
    let app = app.restarted();
    app.clock.advance(TimeDelta::minutes(9));
    assert!(matches!(try_first_day(&app.house()).await, Ok(DayOutcome::Busy)));
    app.clock.advance(TimeDelta::minutes(1));
    assert!(matches!(try_first_day(&app.house()).await, Ok(DayOutcome::Compared(_))));
    let report = kept(&app).await;
    assert_eq!(report.status, ReportStatus::Done);
    assert_eq!(differences(&report), ["paid_there_only settled"], "what was mended before stays on record");
    assert_eq!(report.totals.ours, report.totals.gateway);
}

async fn a_gateway_that_fails_halfway_is_asked_again_after_a_growing_pause(app: App) {
    let id = paid_unheard_of(&app).await;
    app.clock.advance(TimeDelta::days(1));
    for (behaviour, minutes) in [(Behaviour::BeUnavailable, 1), (Behaviour::LoseAnswer, 2), (Behaviour::Refuse, 4)] {
        app.gateway.next(Call::RefundsMade, behaviour);
        let broke_off = try_first_day(&app.house()).await;
        assert!(matches!(broke_off, Err(CompareDayError::Gateway(_))), "{broke_off:?}");
        assert_eq!(
            (kept(&app).await.status, app.shown(&id).await["status"].clone()),
            (ReportStatus::Failed, "completed".into())
        );
        app.clock.advance(TimeDelta::minutes(minutes) - TimeDelta::seconds(1));
        assert!(matches!(try_first_day(&app.house()).await, Ok(DayOutcome::NotDue)));
        app.clock.advance(TimeDelta::seconds(1));
    }
    assert!(matches!(try_first_day(&app.house()).await, Ok(DayOutcome::Compared(_))));
    assert_eq!(differences(&kept(&app).await), ["paid_there_only settled"]);
}

async fn a_gateway_that_does_not_answer_is_not_pressed(app: App) {
    app.clock.advance(TimeDelta::days(8));
    app.gateway.always(Call::OrdersMade, Behaviour::BeUnavailable);
    tick(&app).await;
    assert_eq!(app.gateway.calls(Call::OrdersMade), 1, "the other seven days wait");
    app.gateway.always(Call::OrdersMade, Behaviour::Ordinary);
    tick(&app).await;
    app.clock.advance(TimeDelta::minutes(1));
    tick(&app).await;
    assert_eq!(app.gateway.calls(Call::OrdersMade), 9);
    assert_eq!(kept(&app).await.status, ReportStatus::Done);
}

async fn a_server_that_was_overtaken_keeps_nothing(app: App) {
    paid_unheard_of(&app).await;
    app.clock.advance(TimeDelta::days(1));
    let pause = Pause::new();
    app.gateway.next(Call::RefundsMade, Behaviour::PauseBefore(pause.clone()));
    let house = app.house();
    let slow = tokio::spawn(async move { try_first_day(&house).await });
    pause.reached().await;
    app.clock.advance(TimeDelta::minutes(10));
    assert!(matches!(try_first_day(&app.house()).await, Ok(DayOutcome::Compared(_))));
    let report = kept(&app).await;
    pause.let_go();
    let lost = slow.await.unwrap();
    assert!(matches!(lost, Err(CompareDayError::LeaseLost)), "{lost:?}");
    assert_eq!(kept(&app).await, report);
}

async fn a_server_that_is_told_to_stop_gives_the_day_back(app: App) {
    let id = paid_unheard_of(&app).await;
    app.clock.advance(TimeDelta::days(1));
    let stop_at_the_refunds = |progress: Progress| -> BoxFuture<'static, Onward> {
        let onward = if progress.questions < 2 { Onward::GoOn } else { Onward::Stop };
        Box::pin(std::future::ready(onward))
    };
    compare_due_days(&app.house(), &stop_at_the_refunds).await.unwrap();
    assert_eq!(
        app.gateway.calls(Call::RefundsMade),
        7,
        "of the seven days before, on which there is nothing to ask about"
    );
    assert_eq!(
        (kept(&app).await.status, app.shown(&id).await["status"].clone()),
        (ReportStatus::Failed, "completed".into())
    );
    tick(&app).await;
    assert_eq!(differences(&kept(&app).await), ["paid_there_only settled"]);
    assert_eq!(kept(&app).await.status, ReportStatus::Done);
}

/// Whether it died before or after it could say so.
async fn what_a_server_mended_before_it_died_is_on_record(app: App) {
    let (id, order) = app.completed().await;
    app.gateway.refund_in_panel(&order, Tenge::new(1000)).unwrap();
    app.clock.advance(TimeDelta::days(1));
    let pause = Pause::new();
    app.gateway.next(Call::Refunds, Behaviour::PauseBefore(pause.clone()));
    let house = app.house();
    let dying = tokio::spawn(async move { try_first_day(&house).await });
    pause.reached().await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());
    assert_eq!(differences(&kept(&app).await), ["refund_missing_here open"]);
    // What it was about to do, its webhook does.
    let refund = app.gateway.refunds(&order).await.unwrap().remove(0);
    app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), (refund.id.as_str(), 1000))).await.expect(200);
    app.clock.advance(TimeDelta::minutes(10));
    assert!(matches!(try_first_day(&app.house()).await, Ok(DayOutcome::Compared(_))));
    assert_eq!(differences(&kept(&app).await), ["refund_missing_here settled"]);
    assert_eq!(app.shown(&id).await["refunded_amount"], 1000);
}
