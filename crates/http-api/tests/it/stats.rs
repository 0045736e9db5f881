//! Numbers over time.

use chrono::TimeDelta;
use domain::Role;
use serde_json::{Value, json};

use crate::support::{App, Session, Setup, webhook};

on_both_databases!(
    every_bucket_is_there_with_what_happened_in_it,
    all_buckets_together_are_what_campaigns_have,
    without_parameters_the_last_thirty_days_are_shown,
    a_period_that_cannot_be_shown_is_refused,
    what_was_looked_at_is_on_record,
);

set_up_on_both_databases!(what_was_tried_out_counts_only_while_it_is_tried_out,);

async fn stats(app: &App, admin: &Session, query: &str) -> Value {
    app.get(&format!("/api/admin/stats{query}")).bearer(&admin.token).await.expect(200)
}

/// One bucket of a day, or the totals, without its days.
fn numbers(value: &Value) -> Value {
    let mut numbers = value.clone();
    let fields = numbers.as_object_mut().unwrap();
    fields.remove("from");
    fields.remove("to");
    numbers
}

fn nothing() -> Value {
    json!({
        "started": 0, "converted": 0, "conversion_percent": null, "paid": 0, "amount": 0, "refunded": 0, "net": 0, "trees": 0,
        "donors": 0,
    })
}

/// The clock begins on 1 March 2026, a Sunday.
async fn every_bucket_is_there_with_what_happened_in_it(app: App) {
    app.completed().await;
    let (failed, order) = app.awaiting().await;
    let declined = webhook::declined(&failed, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"));
    app.ioka(&declined).await.expect(200);
    app.guest_donation().await;
    app.clock.advance(TimeDelta::days(2));
    let (given_back, _) = app.completed().await;
    let admin = app.admin().await;
    app.refund(&admin, &given_back, &json!({"amount": 1200, "reason": "asked"})).await.expect(201);

    let series = stats(&app, &admin, "?from=2026-02-28&to=2026-03-05&bucket=day").await;
    let days: Vec<_> =
        series["buckets"].as_array().unwrap().iter().map(|bucket| bucket["from"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-04"]);
    assert_eq!(series["buckets"][4]["to"], "2026-03-05");
    assert_eq!(
        (&series["from"], &series["to"], &series["bucket"]),
        (&"2026-02-28".into(), &"2026-03-05".into(), &"day".into())
    );
    let first = json!({
        "started": 3, "converted": 1, "conversion_percent": 33, "paid": 1, "amount": 5000, "refunded": 0, "net": 5000,
        "trees": 10, "donors": 1,
    });
    let last = json!({
        "started": 1, "converted": 1, "conversion_percent": 100, "paid": 1, "amount": 5000, "refunded": 1200, "net": 3800,
        "trees": 7, "donors": 1,
    });
    let expected = [nothing(), first.clone(), nothing(), last.clone(), nothing()];
    for (bucket, expected) in series["buckets"].as_array().unwrap().iter().zip(expected) {
        assert_eq!(numbers(bucket), expected, "{}", bucket["from"]);
    }
    let totals = json!({
        "started": 4, "converted": 2, "conversion_percent": 50, "paid": 2, "amount": 10000, "refunded": 1200, "net": 8800,
        "trees": 17, "donors": 1,
    });
    assert_eq!(series["totals"], totals);
    assert_eq!(series["decline_reasons"], json!([{"reason": "not_enough_money", "count": 1}]));

    let weeks = stats(&app, &admin, "?from=2026-03-01&to=2026-03-05&bucket=week").await;
    let days = |bucket: &Value| (bucket["from"].clone(), bucket["to"].clone());
    assert_eq!(days(&weeks["buckets"][0]), ("2026-03-01".into(), "2026-03-02".into()), "it begins with the period");
    assert_eq!(days(&weeks["buckets"][1]), ("2026-03-02".into(), "2026-03-05".into()), "it ends with the period");
    assert_eq!((numbers(&weeks["buckets"][0]), numbers(&weeks["buckets"][1])), (first.clone(), last.clone()));
    assert_eq!(weeks["totals"], totals);
    let months = stats(&app, &admin, "?from=2026-03-01&to=2026-04-02&bucket=month").await;
    assert_eq!(months["buckets"].as_array().unwrap().len(), 2);
    assert_eq!(numbers(&months["buckets"][0]), totals);
    assert_eq!(numbers(&months["buckets"][1]), nothing());
}

async fn all_buckets_together_are_what_campaigns_have(app: App) {
    app.admin().await;
    for (day, refunded) in [0, 1_499, 5_000, 1].into_iter().enumerate() {
        let (id, _) = app.completed().await;
        let admin = Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200));
        if refunded > 0 {
            app.refund(&admin, &id, &json!({"amount": refunded, "reason": "asked"})).await.expect(201);
        }
        app.clock.advance(TimeDelta::days(i64::try_from(day).unwrap() * 9));
    }
    let admin = Session::of(&app.log_in("admin@charity.kz", "correct horse").await.expect(200));
    let public = app.get("/api/stats").await.expect(200);
    for bucket in ["day", "week", "month"] {
        let series = stats(&app, &admin, &format!("?from=2026-01-01&to=2026-12-01&bucket={bucket}")).await;
        let totals = &series["totals"];
        assert_eq!(
            (&totals["net"], &totals["trees"], &totals["donors"]),
            (&public["raised"], &public["trees"], &public["donors"])
        );
        let sum = |name: &str| {
            series["buckets"].as_array().unwrap().iter().map(|bucket| bucket[name].as_i64().unwrap()).sum::<i64>()
        };
        for name in ["started", "converted", "paid", "amount", "refunded", "net", "trees"] {
            assert_eq!(sum(name), totals[name].as_i64().unwrap(), "{name} by {bucket}");
        }
    }
}

async fn without_parameters_the_last_thirty_days_are_shown(app: App) {
    app.completed().await;
    let admin = app.admin().await;
    let series = stats(&app, &admin, "").await;
    assert_eq!(
        (&series["from"], &series["to"], &series["bucket"]),
        (&"2026-01-31".into(), &"2026-03-02".into(), &"day".into())
    );
    assert_eq!((series["buckets"].as_array().unwrap().len(), &series["totals"]["paid"]), (30, &json!(1)));
    let series = stats(&app, &admin, "?to=2026-03-01").await;
    assert_eq!((&series["from"], &series["totals"]["paid"]), (&"2026-01-30".into(), &json!(0)));
}

async fn a_period_that_cannot_be_shown_is_refused(app: App) {
    let admin = app.admin().await;
    for (query, field, code) in [
        ("?from=2026-11-24&to=2026-11-24", "to", "not_after_from"),
        ("?from=2026-11-25&to=2026-11-24", "to", "not_after_from"),
        ("?from=2026-01-01&to=2027-02-06", "to", "too_many_buckets"),
        ("?from=2000-01-01&to=2009-01-01&bucket=week", "to", "too_many_buckets"),
        ("?from=1970-01-02&to=9998-12-31&bucket=month", "to", "too_many_buckets"),
        ("?from=today", "from", "invalid_date"),
        ("?to=2026-11-24T00:00:00Z", "to", "invalid_date"),
        ("?bucket=year", "bucket", "unknown_bucket"),
        ("?bucket=day&bucket=day", "bucket", "unknown_bucket"),
    ] {
        let problem = app.get(&format!("/api/admin/stats{query}")).bearer(&admin.token).await;
        let problem = problem.problem(422, "validation_failed");
        assert_eq!(
            (&problem["errors"][0]["field"], &problem["errors"][0]["code"]),
            (&field.into(), &code.into()),
            "{query}"
        );
        let message = problem["errors"][0]["message"].as_str().unwrap();
        assert!(!message.is_empty() && !message.contains("field-"), "{query}: {message}");
    }
    let most = stats(&app, &admin, "?from=2026-01-01&to=2027-02-05").await;
    assert_eq!(most["buckets"].as_array().unwrap().len(), 400);
}

async fn what_was_looked_at_is_on_record(app: App) {
    let viewer = app.operator(3, Role::Viewer).await;
    stats(&app, &viewer, "?from=2026-11-01&to=2026-12-01&bucket=week").await;
    let admin = app.admin().await;
    let entries = app.get("/api/admin/audit?action=stats.read").bearer(&admin.token).await.expect(200);
    let details = json!({"from": "2026-11-01", "to": "2026-12-01", "bucket": "week"});
    assert_eq!((&entries["items"][0]["role"], &entries["items"][0]["details"]), (&"viewer".into(), &details));
}

async fn what_was_tried_out_counts_only_while_it_is_tried_out(setup: Setup) {
    let app = setup.start();
    let (_, _) = app.completed().await;
    let app = app.without_ioka();
    let tried = app.guest_donation().await;
    app.pay(&tried).await.expect(200);
    let admin = app.admin().await;
    let series = stats(&app, &admin, "").await;
    assert_eq!((&series["totals"]["started"], &series["totals"]["paid"]), (&json!(1), &json!(1)));
    let public = app.get("/api/stats").await.expect(200);
    assert_eq!(series["totals"]["net"], public["raised"]);
}
