//! `GET /api/admin/reconciliation?month=`, and `POST`, which compares a day now.

use std::time::Duration;

use chrono::TimeDelta;
use domain::Tenge;
use serde_json::{Value, json};

use crate::support::day::at_once;
use crate::support::{App, Session};

on_both_databases!(
    a_month_shows_each_day_that_has_begun,
    a_person_has_a_day_compared_in_the_background,
    a_day_that_is_being_compared_is_not_begun_twice,
    only_a_day_that_can_be_compared_is,
    what_stays_open_says_what_settles_it,
    a_day_lists_a_thousand_differences_and_counts_the_rest,
);

const PATH: &str = "/api/admin/reconciliation";

async fn month(app: &App, admin: &Session) -> Value {
    app.get(&format!("{PATH}?month=2026-03")).bearer(&admin.token).await.expect(200)
}

async fn signed_in_again(app: &App) -> Session {
    Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200))
}

/// Waits until the day says that it has been compared.
async fn compared(app: &App, admin: &Session, day: &str) -> Value {
    let path = format!("{PATH}?date={day}");
    let mut times = tokio::time::interval(Duration::from_millis(50));
    let wait = async {
        loop {
            times.tick().await;
            let shown = app.get(&path).bearer(&admin.token).await.expect(200);
            if shown["status"] != "running" {
                return shown;
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(60), wait).await.unwrap()
}

async fn a_month_shows_each_day_that_has_begun(app: App) {
    app.admin().await;
    let (_, _) = app.completed().await;
    let (lost, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.compared().await;
    let admin = signed_in_again(&app).await;
    let shown = month(&app, &admin).await;
    let days = shown["days"].as_array().unwrap();
    assert_eq!((shown["month"].as_str(), days.len()), (Some("2026-03"), 2), "the third has not begun");
    assert_eq!((&days[0]["date"], &days[0]["status"]), (&json!("2026-03-01"), &json!("done")));
    assert_eq!((&days[1]["date"], &days[1]["status"]), (&json!("2026-03-02"), &json!("not_compared")));
    assert_eq!((&days[0]["gateway"]["paid"], &days[0]["ours"]["paid"]), (&json!(2), &json!(2)));
    assert_eq!(days[0]["differences"], json!([]), "what was mended is not open");
    let one = json!({"donations_paid": 1, "donations_kept": 1, "donations_net": 5000, "issued": 1, "valid": 1, "agree": true});
    assert_eq!((&days[0]["certificates"], &days[1]["certificates"]), (&one, &one), "{lost} was heard of on the second");
    let totals = &shown["totals"];
    assert_eq!((&totals["days_compared"], &totals["days_not_compared"]), (&json!(1), &json!(1)));
    assert_eq!((&totals["certificates"]["valid"], &totals["ours"]["paid_amount"]), (&json!(2), &json!(10_000)));
    for (query, wrong) in [
        ("month=2026-3", "month: invalid_month"),
        ("month=2026-03&date=2026-03-01", "month: date_or_month"),
        ("month=2026-03&month=2026-03", "month: invalid_month"),
    ] {
        let answer = app.get(&format!("{PATH}?{query}")).bearer(&admin.token).await;
        assert_eq!(answer.wrong_fields(), [wrong], "{query}");
    }
}

async fn a_person_has_a_day_compared_in_the_background(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let admin = app.admin().await;
    let begun = app.post(PATH).bearer(&admin.token).json(&json!({"date": "2026-03-01"})).await.expect(202);
    assert_eq!(begun["date"], "2026-03-01");
    assert!(["running", "done"].contains(&begun["status"].as_str().unwrap()), "{begun}");
    let shown = compared(&app, &admin, "2026-03-01").await;
    assert_eq!((&shown["status"], &shown["differences"][0]["settled"]), (&json!("done"), &json!(true)), "{shown}");
    assert_eq!(app.kept(&id).await.status().word(), "completed");
    let story = app.story(&admin, &id).await;
    let by_her =
        story["timeline"].as_array().unwrap().iter().any(|entry| entry["actor"].to_string().contains(&admin.account));
    assert!(by_her, "who wanted it is told by the donation's timeline: {story}");
}

async fn a_day_that_is_being_compared_is_not_begun_twice(app: App) {
    let admin = app.admin().await;
    let house = app.house();
    let pace: Box<application::Pace> = Box::new(at_once);
    let cause = domain::donation::Cause { actor: domain::donation::Actor::System, request_id: None };
    let day = crate::support::day::first_day();
    let held = application::books::compare_now(&house, day, &cause, pace).await.unwrap();
    let again = app.post(PATH).bearer(&admin.token).json(&json!({"date": "2026-03-01"})).await.expect(202);
    assert_eq!(again["status"], "running");
    held.await;
    assert_eq!(compared(&app, &admin, "2026-03-01").await["status"], "done");
}

async fn only_a_day_that_can_be_compared_is(app: App) {
    let admin = app.admin().await;
    for (body, wrong) in [
        (json!({}), "date: required"),
        (json!({"date": "01.03.2026"}), "date: invalid_date"),
        (json!({"date": 20260301}), "date: not_a_text"),
        (json!({"date": "2026-03-02"}), "date: day_not_begun"),
        (json!({"date": "2025-02-27"}), "date: day_too_old"),
    ] {
        let answer = app.post(PATH).bearer(&admin.token).json(&body).await;
        assert_eq!(answer.wrong_fields().len(), 1, "{body}");
        let code = wrong.split(": ").nth(1).unwrap();
        assert!(code == "not_a_text" || answer.wrong_fields() == [wrong], "{body}: {:?}", answer.wrong_fields());
    }
    let shown = app.get(&format!("{PATH}?date=2026-03-02")).bearer(&admin.token).await.expect(200);
    assert_eq!(shown["status"], "not_compared", "nothing has begun");
}

async fn what_stays_open_says_what_settles_it(app: App) {
    app.admin().await;
    app.order_there("00000000-0000-0000-0000-00000000004d", 700).await;
    app.compared().await;
    app.clock.advance(TimeDelta::minutes(1));
    let admin = signed_in_again(&app).await;
    for (language, meaning) in [("ru", "У Ioka есть заказ"), ("en", "Ioka has an order"), ("kk", "Ioka-да біздің")]
    {
        let path = format!("{PATH}?date=2026-03-01&lang={language}");
        let shown = app.get(&path).bearer(&admin.token).await.expect(200);
        let open = &shown["differences"][0];
        assert_eq!((&shown["open_differences"], &open["settled"]), (&json!(1), &json!(false)));
        assert!(open["meaning"].as_str().unwrap().starts_with(meaning), "{open}");
        assert_eq!((&open["remedy"]["action"], &open["remedy"]["review"]), (&json!("support"), &Value::Null));
        assert!(!open["remedy"]["text"].as_str().unwrap().is_empty());
    }
}

/// More than that come of a wrong key, or of another database.
async fn a_day_lists_a_thousand_differences_and_counts_the_rest(app: App) {
    app.admin().await;
    for number in 0..1_003_u128 {
        app.order_there(&uuid::Uuid::from_u128(number).to_string(), 700).await;
    }
    let report = app.compared().await;
    assert_eq!((report.differences.len(), report.totals.differences_left_out), (1_000, 3));
    let again = app.compared_again().await;
    assert_eq!((again.differences.len(), again.totals.differences_left_out), (1_000, 3), "none is taken for settled");
    assert!(again.differences.iter().all(|difference| !difference.settled));
    let admin = signed_in_again(&app).await;
    let shown = app.get(&format!("{PATH}?date=2026-03-01")).bearer(&admin.token).await.expect(200);
    assert_eq!((&shown["open_differences"], &shown["differences_left_out"]), (&json!(1_003), &json!(3)));
}
