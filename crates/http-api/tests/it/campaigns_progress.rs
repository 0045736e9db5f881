//! What was given for a campaign, as everybody sees it.

use serde_json::{Value, json};

use crate::support::{App, webhook};

on_both_databases!(
    only_paid_donations_count_net_of_refunds,
    money_that_only_pretends_is_counted_apart,
    the_latest_donations_show_what_their_donors_allow,
    whoever_is_forgotten_is_shown_as_nobody,
    at_most_ten_of_the_latest_are_shown,
);

/// `raised`, `trees` and `donors` of the campaign, and of everything together.
async fn progress(app: &App, slug: &str) -> [(i64, i64, i64); 2] {
    let of = |view: &Value| {
        let number = |name: &str| view[name].as_i64().unwrap();
        (number("raised"), number("trees"), number("donors"))
    };
    let campaign = app.get(&format!("/api/campaigns/{slug}")).await.expect(200);
    let list = app.get("/api/campaigns").await.expect(200);
    let listed = list["items"].as_array().unwrap().iter().find(|item| item["slug"] == slug).unwrap();
    assert_eq!(of(listed), of(&campaign));
    [of(&campaign), of(&app.get("/api/stats").await.expect(200))]
}

async fn latest(app: &App) -> Vec<Value> {
    app.get("/api/campaigns/trees").await.expect(200)["latest"].as_array().unwrap().clone()
}

/// A donation of 5 000 ₸ with these differences that has been paid: its id.
async fn paid(app: &App, changes: Value) -> String {
    let mut body = json!({"amount": 5000, "donor_name": "Ким", "donor_email": "kim@example.com"});
    for (field, value) in changes.as_object().unwrap() {
        body[field] = value.clone();
    }
    let donation = app.post("/api/guest-donations").json(&body).await.expect(201);
    let (id, amount) = (donation["id"].as_str().unwrap(), donation["amount"].as_i64().unwrap());
    app.clock.advance(chrono::TimeDelta::seconds(1));
    let captured = webhook::captured(id, &format!("ord_of_{id}"), amount);
    app.ioka(&captured).await.expect(200);
    assert_eq!(app.shown(id).await["status"], "completed");
    id.to_owned()
}

async fn only_paid_donations_count_net_of_refunds(app: App) {
    let nothing = [(0, 0, 0); 2];
    // Pending, waiting for payment, declined, cancelled.
    app.guest_donation().await;
    app.awaiting().await;
    let (failed, order) = app.awaiting().await;
    let declined = webhook::declined(&failed, order.as_str(), ("pay_1", "LOW_BALANCE"));
    app.ioka(&declined).await.expect(200);
    assert_eq!(app.shown(&failed).await["status"], "failed");
    let cancelled = app.guest_donation().await;
    app.post(&format!("/api/guest-donations/{cancelled}/cancel")).await.expect(200);
    assert_eq!(progress(&app, "trees").await, nothing);
    assert_eq!(latest(&app).await, [] as [Value; 0]);

    let admin = app.admin().await;
    let (one, _) = app.completed().await;
    assert_eq!(progress(&app, "trees").await, [(5_000, 10, 1); 2]);
    app.refund(&admin, &one, &json!({"amount": 1_200, "reason": "x"})).await.expect(201);
    assert_eq!(progress(&app, "trees").await, [(3_800, 7, 1); 2]);
    let shown = latest(&app).await;
    assert_eq!((shown.len(), &shown[0]["amount"], &shown[0]["trees"]), (1, &json!(3_800), &json!(7)));
    let other = paid(&app, json!({"campaign": "saxaul", "amount": 1_000})).await;
    assert_eq!(progress(&app, "trees").await, [(3_800, 7, 1), (4_800, 10, 2)]);
    assert_eq!(progress(&app, "saxaul").await, [(1_000, 3, 1), (4_800, 10, 2)]);

    // A late failure changes nothing, and what was given back whole is gone.
    app.ioka(&declined).await.expect(200);
    app.refund(&admin, &one, &json!({"reason": "x"})).await.expect(201);
    assert_eq!(app.shown(&one).await["status"], "refunded");
    assert_eq!(progress(&app, "trees").await, [(0, 0, 0), (1_000, 3, 1)]);
    assert_eq!(latest(&app).await, [] as [Value; 0]);
    assert_eq!(app.get("/api/stats").await.expect(200)["donations"], 1);
    assert_eq!(app.shown(&other).await["status"], "completed");
}

async fn money_that_only_pretends_is_counted_apart(app: App) {
    app.completed().await;
    assert_eq!(progress(&app, "trees").await, [(5_000, 10, 1); 2]);
    // The same books while Ioka is switched off: every order is paid at once, with nothing.
    let app = app.without_ioka();
    assert_eq!(progress(&app, "trees").await, [(0, 0, 0); 2]);
    for _ in 0..2 {
        let id = app.guest_donation().await;
        app.pay(&id).await.expect(200);
        assert_eq!(app.shown(&id).await["test_mode"], true);
    }
    assert_eq!(progress(&app, "trees").await, [(10_000, 20, 1); 2]);
    assert_eq!(latest(&app).await.len(), 2);
}

async fn the_latest_donations_show_what_their_donors_allow(app: App) {
    paid(&app, json!({"message": "Атама арнап 🌳"})).await;
    paid(&app, json!({"certificate_name": "Семья Ким", "trees": 4, "amount": null})).await;
    paid(&app, json!({"anonymous": true, "message": "x"})).await;
    let shown = latest(&app).await;
    let expected = |place: usize, (name, amount, trees): (Value, u32, u32), message: Value| {
        let completed_at = shown[place]["completed_at"].as_str().unwrap();
        assert!(completed_at.ends_with('Z'));
        json!({"name": name, "amount": amount, "trees": trees, "message": message, "completed_at": completed_at})
    };
    assert_eq!(shown.len(), 3);
    assert_eq!(shown[0], expected(0, (Value::Null, 5_000, 10), json!("x")));
    assert_eq!(shown[1], expected(1, (json!("Семья Ким"), 2_000, 4), Value::Null));
    assert_eq!(shown[2], expected(2, (json!("Ким"), 5_000, 10), json!("Атама арнап 🌳")));
    let whole = app.get("/api/campaigns/trees").await.text();
    assert!(!whole.contains("kim@"), "{whole}");
}

async fn whoever_is_forgotten_is_shown_as_nobody(app: App) {
    let session = app.register("asem@example.com").await;
    let id = app.donation_of(&session, 5_000).await;
    app.ioka(&webhook::captured(&id, "ord_of_asem", 5_000)).await.expect(200);
    assert_eq!(latest(&app).await[0]["name"], "Асем Ким");
    let gone = app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&session.token).await;
    gone.nothing();
    let shown = latest(&app).await;
    assert_eq!(
        (&shown[0]["name"], &shown[0]["message"], &shown[0]["amount"]),
        (&Value::Null, &Value::Null, &json!(5_000))
    );
    assert_eq!(progress(&app, "trees").await, [(5_000, 10, 1); 2]);
}

async fn at_most_ten_of_the_latest_are_shown(app: App) {
    for amount in 1..=11 {
        paid(&app, json!({"amount": 1_000 * amount})).await;
    }
    let amounts: Vec<_> = latest(&app).await.iter().map(|shown| shown["amount"].as_i64().unwrap()).collect();
    assert_eq!(amounts, (2..=11).rev().map(|amount| 1_000 * amount).collect::<Vec<_>>());
}
