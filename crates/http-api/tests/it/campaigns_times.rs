//! Campaigns that begin and end. The tests' clock stands at 2026-03-01T10:00:00Z.

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::support::{Answer, App, Setup};

set_up_on_both_databases!(
    donations_are_taken_from_the_start_until_the_end,
    what_was_begun_in_time_can_be_paid_afterwards,
    a_refusal_is_told_in_the_callers_language,
    without_a_name_the_first_open_campaign_is_meant,
);

/// A campaign that is open from 11:00 until 12:00, and one from ever for ever.
const TWO: &str = r#"
    [[campaigns]]
    slug = "spring"
    price_per_tree = 1000
    title = { kk = "Көктем", ru = "Весна", en = "Spring" }
    starts_at = 2026-03-01T16:00:00+05:00
    ends_at = "2026-03-01T12:00:00Z"
    [[campaigns]]
    slug = "always"
    price_per_tree = 500
    title = { kk = "Әрқашан", ru = "Всегда", en = "Always" }
"#;

async fn donate(app: &App, campaign: Option<&str>) -> Answer {
    let body = json!({
        "amount": 5000, "campaign": campaign, "donor_name": "Ким", "donor_email": "kim@example.com", "language": "en",
    });
    app.post("/api/guest-donations").json(&body).await
}

async fn donations_are_taken_from_the_start_until_the_end(setup: Setup) {
    let app = setup.with_file("local.toml", TWO).start();
    let state = async || app.get("/api/campaigns/spring").await.expect(200)["state"].clone();
    let shown = app.get("/api/campaigns/spring").await.expect(200);
    assert_eq!(shown["starts_at"], "2026-03-01T11:00:00.000000Z");
    assert_eq!(shown["ends_at"], "2026-03-01T12:00:00.000000Z");
    assert_eq!(state().await, "upcoming");
    app.clock.advance(TimeDelta::minutes(60) - TimeDelta::microseconds(1));
    assert_eq!(donate(&app, Some("spring")).await.wrong_fields(), ["campaign: campaign_not_started"]);
    app.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(state().await, "open");
    donate(&app, Some("spring")).await.expect(201);
    app.clock.advance(TimeDelta::minutes(60) - TimeDelta::microseconds(1));
    donate(&app, Some("spring")).await.expect(201);
    app.clock.advance(TimeDelta::microseconds(1));
    assert_eq!(donate(&app, Some("spring")).await.wrong_fields(), ["campaign: campaign_closed"]);
    assert_eq!(state().await, "closed");
    donate(&app, Some("always")).await.expect(201);
    let session = app.register("asem@example.com").await;
    let body = json!({"amount": 5000, "campaign": "spring"});
    let refused = app.post("/api/donations").bearer(&session.token).json(&body).await;
    assert_eq!(refused.wrong_fields(), ["campaign: campaign_closed"]);
}

async fn what_was_begun_in_time_can_be_paid_afterwards(setup: Setup) {
    let app = setup.with_file("local.toml", TWO).start();
    app.clock.advance(TimeDelta::minutes(90));
    let (begun, unbegun) =
        (donate(&app, Some("spring")).await.expect(201), donate(&app, Some("spring")).await.expect(201));
    let [begun, unbegun] = [&begun, &unbegun].map(|donation| donation["id"].as_str().unwrap().to_owned());
    app.pay(&begun).await.expect(200);
    app.clock.advance(TimeDelta::minutes(30));
    for id in [&begun, &unbegun] {
        let order = app.pay(id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
        app.ioka(&crate::support::webhook::captured(id, &order, 5000)).await.expect(200);
        assert_eq!(app.shown(id).await["status"], "completed");
    }
    let spring = app.get("/api/campaigns/spring").await.expect(200);
    assert_eq!((&spring["state"], &spring["raised"]), (&json!("closed"), &json!(10_000)));
}

async fn a_refusal_is_told_in_the_callers_language(setup: Setup) {
    let app = setup.with_file("local.toml", TWO).start();
    let body = json!({"amount": 5000, "campaign": "spring", "donor_name": "Ким", "donor_email": "kim@example.com"});
    for minutes in [0, 180] {
        app.clock.advance(TimeDelta::minutes(minutes));
        let mut messages = Vec::new();
        for language in ["kk", "ru", "en"] {
            let answer = app.post("/api/guest-donations").header("accept-language", language).json(&body).await;
            messages.push(answer.expect(422)["errors"][0]["message"].as_str().unwrap().to_owned());
        }
        messages.sort();
        messages.dedup();
        assert_eq!(messages.len(), 3, "{messages:?}");
        assert!(messages.iter().all(|message| message.contains(' ')), "{messages:?}");
    }
}

async fn without_a_name_the_first_open_campaign_is_meant(setup: Setup) {
    let app = setup.with_file("local.toml", TWO).start();
    let mut meant = Vec::new();
    for _ in 0..3 {
        meant.push(donate(&app, None).await.expect(201)["campaign"].clone());
        app.clock.advance(TimeDelta::minutes(61));
    }
    assert_eq!(meant, [json!("always"), json!("spring"), json!("always")]);

    let closed = TWO.split("[[campaigns]]\n    slug = \"always\"").next().unwrap();
    let app = Setup::sqlite().await.with_file("local.toml", closed).start();
    assert_eq!(donate(&app, None).await.wrong_fields(), ["campaign: campaign_not_started"]);
    assert_eq!(app.get("/api/campaigns").await.expect(200)["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(app.get("/api/config").await.expect(200)["campaigns"][0]["state"], Value::from("upcoming"));
}
