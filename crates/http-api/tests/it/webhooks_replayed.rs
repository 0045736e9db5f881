//! `/api/admin/webhooks`: what came, and having it applied once more.

use chrono::TimeDelta;
use domain::{DonationStatus, Tenge};
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{App, Call, Session, Setup, webhook};

on_both_databases!(
    deliveries_are_listed_newest_first_and_by_outcome_and_donation,
    a_delivery_shows_nothing_of_the_payer,
    what_was_unmatched_is_applied_once_it_has_a_donation,
    a_delivery_that_was_applied_changes_nothing_when_it_is_replayed,
    a_late_decline_that_is_replayed_does_not_undo_a_payment,
    of_ten_replays_at_once_one_is_applied,
    the_guides_deliveries_are_replayed_too,
);
set_up_on_both_databases!(another_secret_is_no_hindrance);

async fn list(app: &App, admin: &Session, query: &str) -> Value {
    app.get(&format!("/api/admin/webhooks{query}")).bearer(&admin.token).await.expect(200)
}

fn ids(list: &Value) -> Vec<String> {
    list["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

fn replay(app: &App, admin: &Session, id: &str) -> Call {
    app.post(&format!("/api/admin/webhooks/{id}/replay")).bearer(&admin.token)
}

/// The donation as an administrator sees it.
async fn story(app: &App, admin: &Session, donation: &str) -> Value {
    app.get(&format!("/api/admin/donations/{donation}")).bearer(&admin.token).await.expect(200)
}

/// Takes a webhook in about an order that is not known to be ours when it comes, and then is. Answers the delivery and the
/// donation.
async fn too_early(app: &App, admin: &Session, send: impl Fn(&str, &str) -> Call) -> (String, String) {
    let (donation, order) = app.awaiting().await;
    app.call_order(&donation, "ord_of_before").await;
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(send("a-name-of-others", order.as_str()).await.expect(200)["outcome"], "unmatched");
    app.call_order(&donation, order.as_str()).await;
    (ids(&list(app, admin, "?outcome=unmatched").await).remove(0), donation)
}

async fn deliveries_are_listed_newest_first_and_by_outcome_and_donation(app: App) {
    let admin = app.admin().await;
    let (one, order) = app.completed().await;
    app.clock.advance(TimeDelta::seconds(1));
    let late = webhook::declined(&one, order.as_str(), ("pay_late", "NOT_ENOUGH_MONEY"));
    assert_eq!(app.ioka(&late).await.expect(200)["outcome"], "ignored");
    app.clock.advance(TimeDelta::seconds(1));
    app.ioka(&webhook::captured("not-ours", "ord_other", 100)).await.expect(200);
    app.ioka(&webhook::captured("not-ours", "ord_other", 100)).await.expect(200);

    let all = list(&app, &admin, "").await;
    let outcomes: Vec<_> = all["items"].as_array().unwrap().iter().map(|item| item["outcome"].clone()).collect();
    assert_eq!(outcomes, ["unmatched", "ignored", "applied"]);
    let unmatched = &all["items"][0];
    assert_eq!((&unmatched["copies"], &unmatched["donation_id"]), (&json!(2), &Value::Null));
    assert_eq!(unmatched["dialect"], "ioka");
    let all = ids(&all);
    for (query, expected) in [
        ("?outcome=ignored", &all[1..2]),
        ("?outcome=applied", &all[2..]),
        (&*format!("?donation={one}"), &all[1..]),
        (&format!("?donation={one}&outcome=applied"), &all[2..]),
        ("?donation=00000000-0000-0000-0000-000000000000", &[]),
    ] {
        assert_eq!(ids(&list(&app, &admin, query).await), expected, "{query}");
    }
    let first = list(&app, &admin, "?limit=2").await;
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = list(&app, &admin, &format!("?limit=2&cursor={cursor}")).await;
    assert_eq!((ids(&first), ids(&rest), &rest["next_cursor"]), (all[..2].to_vec(), all[2..].to_vec(), &Value::Null));

    let wrong = app.get("/api/admin/webhooks?outcome=lost&donation=x&limit=0&cursor=x").bearer(&admin.token).await;
    let expected =
        ["cursor: invalid_cursor", "donation: invalid_id", "limit: out_of_range", "outcome: unknown_outcome"];
    assert_eq!(wrong.wrong_fields(), expected);
    let shown = story(&app, &admin, &one).await;
    assert_eq!(shown["deliveries"].as_array().unwrap().len(), 2);
    assert_eq!(shown["deliveries"][1], list(&app, &admin, "").await["items"][2]);
}

async fn a_delivery_shows_nothing_of_the_payer(app: App) {
    let admin = app.admin().await;
    let (donation, order) = app.awaiting().await;
    let body = webhook::captured(&donation, order.as_str(), 5000)
        .replace(r#""email": null"#, r#""email": "payer@example.com""#)
        .replace(r#""phone": null"#, r#""phone": "+77011234567""#);
    assert!(body.contains("payer@example.com") && body.contains("555555******5599"));
    app.ioka(&body).await.expect(200);
    let listed = list(&app, &admin, "").await;
    let id = listed["items"][0]["id"].as_str().unwrap();
    let one = app.get(&format!("/api/admin/webhooks/{id}")).bearer(&admin.token).await.expect(200);
    assert_eq!(one, listed["items"][0]);
    let of_donation = story(&app, &admin, &donation).await["deliveries"].clone();
    for shown in [one.to_string(), listed.to_string(), of_donation.to_string()] {
        for secret in ["payer@example.com", "7701", "555555", "5599", "TEST\\\""] {
            assert!(!shown.contains(secret), "{secret}: {shown}");
        }
    }
    let shown: Value = serde_json::from_str(one["body"].as_str().unwrap()).unwrap();
    assert_eq!(shown["order"]["id"], order.as_str());
    assert_eq!(
        (&shown["payment"]["captured_amount"], &shown["payment"]["payer"]["email"]),
        (&json!(500_000), &json!("***"))
    );
    for missing in ["00000000-0000-0000-0000-000000000000", "x"] {
        app.get(&format!("/api/admin/webhooks/{missing}")).bearer(&admin.token).await.problem(404, "not_found");
        replay(&app, &admin, missing).await.problem(404, "not_found");
    }
}

async fn what_was_unmatched_is_applied_once_it_has_a_donation(app: App) {
    let admin = app.admin().await;
    let (id, donation) = too_early(&app, &admin, |name, order| app.ioka(&webhook::captured(name, order, 5000))).await;
    app.clock.advance(TimeDelta::minutes(1));
    let replayed = replay(&app, &admin, &id).header("x-request-id", "replay-1").await.expect(200);
    assert_eq!(replayed["outcome"], "applied");
    let delivery = &replayed["delivery"];
    assert_eq!((&delivery["outcome"], &delivery["donation_id"]), (&json!("applied"), &json!(donation)));
    let shown = story(&app, &admin, &donation).await;
    assert_eq!((&shown["status"], &shown["deliveries"][0]), (&json!("completed"), delivery));
    assert!(shown["certificate"]["number"].is_string());
    let step = shown["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&step["kind"], &step["request_id"]), (&json!("payment.captured"), &json!("replay-1")));
    assert_eq!(step["actor"], format!("account:{}", admin.account));
    assert_eq!(step["details"]["replayed_delivery"], id);
    assert_eq!(app.work_off().await.done, 1, "the certificate goes out");
}

async fn a_delivery_that_was_applied_changes_nothing_when_it_is_replayed(app: App) {
    let admin = app.admin().await;
    let (donation, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&donation, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    // The donor tries again: the state table would let the decline count once more.
    app.pay(&donation).await.expect(200);
    let before = app.kept(&donation).await;
    let id = ids(&list(&app, &admin, "").await).remove(0);
    let replayed = replay(&app, &admin, &id).await.expect(200);
    assert_eq!((&replayed["outcome"], &replayed["delivery"]["outcome"]), (&json!("duplicate"), &json!("applied")));
    assert_eq!(app.kept(&donation).await, before);
}

async fn a_late_decline_that_is_replayed_does_not_undo_a_payment(app: App) {
    let admin = app.admin().await;
    let (donation, order) = app.completed().await;
    app.clock.advance(TimeDelta::minutes(1));
    app.ioka(&webhook::declined(&donation, order.as_str(), ("pay_late", "NOT_ENOUGH_MONEY"))).await.expect(200);
    let before = app.kept(&donation).await;
    let id = ids(&list(&app, &admin, "?outcome=ignored").await).remove(0);
    for _ in 0..2 {
        assert_eq!(replay(&app, &admin, &id).await.expect(200)["outcome"], "ignored");
        assert_eq!(app.kept(&donation).await, before);
    }
}

async fn of_ten_replays_at_once_one_is_applied(app: App) {
    let admin = app.admin().await;
    let (id, donation) = too_early(&app, &admin, |name, order| app.ioka(&webhook::captured(name, order, 5000))).await;
    let answers = join_all((0..10).map(|_| replay(&app, &admin, &id).into_future())).await;
    let mut outcomes: Vec<_> =
        answers.iter().map(|answer| answer.expect(200)["outcome"].as_str().unwrap().to_owned()).collect();
    outcomes.sort();
    assert_eq!((&*outcomes[0], &outcomes[1..]), ("applied", &vec!["duplicate".to_owned(); 9][..]));
    assert_eq!(app.kept(&donation).await.status(), DonationStatus::Completed);
    assert_eq!(app.work_off().await.done, 1, "one certificate");
}

async fn the_guides_deliveries_are_replayed_too(app: App) {
    let admin = app.admin().await;
    let send = |name: &str, order: &str| app.guide(&webhook::guide("payment.succeeded", (name, order), 5000));
    let (id, donation) = too_early(&app, &admin, send).await;
    assert_eq!(replay(&app, &admin, &id).await.expect(200)["outcome"], "applied");
    assert_eq!(app.kept(&donation).await.gift.amount, Tenge::new(5000));
    assert_eq!(app.kept(&donation).await.status(), DonationStatus::Completed);
}

/// Nor that the dialect is switched off by now: it was believed when it came.
async fn another_secret_is_no_hindrance(setup: Setup) {
    let app = setup.start();
    let admin = app.admin().await;
    let (id, donation) = too_early(&app, &admin, |name, order| app.ioka(&webhook::captured(name, order, 5000))).await;
    let app = app.with_another_secret();
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &donation, "x")).await.problem(401, "invalid_signature");
    assert_eq!(replay(&app, &admin, &id).await.expect(200)["outcome"], "applied");
    assert_eq!(app.kept(&donation).await.status(), DonationStatus::Completed);
}
