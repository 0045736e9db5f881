//! `POST /api/guest-donations` and `POST /api/donations`: what is made.

use serde_json::json;

use crate::support::App;

on_both_databases!(
    a_guest_donation_is_pending_and_has_an_address,
    a_registered_donation_takes_the_accounts_name_and_address,
    every_field_that_may_be_given_is_kept,
    trees_alone_set_the_amount,
    an_amount_alone_buys_whole_trees_and_keeps_the_rest,
    an_amount_and_trees_that_agree_are_taken,
    the_limits_themselves_are_allowed,
    fields_that_nobody_knows_are_ignored,
    a_donor_who_names_no_language_is_spoken_to_in_the_browsers,
    a_registered_donation_needs_a_token,
);

async fn a_guest_donation_is_pending_and_has_an_address(app: App) {
    let body = json!({"amount": 5000, "donor_name": " Иван Иванов ", "donor_email": "ivan@example.com"});
    let answer = app.post("/api/guest-donations").json(&body).await;
    let donation = answer.expect(201);
    let id = donation["id"].as_str().unwrap();
    assert_eq!(answer.header("location"), Some(format!("/api/guest-donations/{id}").as_str()));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let expected = json!({
        "id": id, "status": "pending", "amount": 5000, "currency": "KZT", "trees": 10, "campaign": "trees",
        "donor_name": "Иван Иванов", "donor_email": "i***@example.com", "message": null, "anonymous": false,
        "language": "ru", "payment_order_id": null, "checkout_url": null, "failure": null, "refunded_amount": 0,
        "test_mode": false, "certificate": null, "created_at": "2026-03-01T10:00:00.000000Z",
        "updated_at": "2026-03-01T10:00:00.000000Z", "completed_at": null,
    });
    assert_eq!(donation, expected);
    assert_eq!(app.get(answer.header("location").unwrap()).await.expect(200), expected);
}

async fn a_registered_donation_takes_the_accounts_name_and_address(app: App) {
    let session = app.register("asem@example.com").await;
    let body = json!({"trees": 3, "donor_name": "Somebody Else", "donor_email": "else@example.com"});
    let answer = app.post("/api/donations").bearer(&session.token).json(&body).await;
    let donation = answer.expect(201);
    assert_eq!(donation["donor_name"], "Асем Ким");
    assert_eq!(donation["donor_email"], "a***@example.com");
    let location = format!("/api/donations/{}", donation["id"].as_str().unwrap());
    assert_eq!(answer.header("location"), Some(location.as_str()));
    assert_eq!(app.get(&location).bearer(&session.token).await.expect(200), donation);
}

async fn every_field_that_may_be_given_is_kept(app: App) {
    let body = json!({
        "amount": 5000, "trees": 10, "campaign": "trees", "message": "Атама арнап 🌳", "certificate_name": "Семья Ким",
        "anonymous": true, "language": "kk", "donor_name": "Ким", "donor_email": "kim@example.com",
    });
    let donation = app.post("/api/guest-donations").json(&body).await.expect(201);
    for (field, value) in [("message", json!("Атама арнап 🌳")), ("anonymous", json!(true)), ("language", json!("kk"))]
    {
        assert_eq!(donation[field], value, "{field}");
    }
    let kept = app.kept(donation["id"].as_str().unwrap()).await;
    assert_eq!(kept.name_on_certificate(), "Семья Ким");
}

async fn trees_alone_set_the_amount(app: App) {
    let body = json!({"trees": 7, "donor_name": "Ким", "donor_email": "kim@example.com"});
    let donation = app.post("/api/guest-donations").json(&body).await.expect(201);
    assert_eq!((&donation["amount"], &donation["trees"]), (&json!(3500), &json!(7)));
}

async fn an_amount_alone_buys_whole_trees_and_keeps_the_rest(app: App) {
    for (amount, trees) in [(1499, 2), (499, 0), (500, 1)] {
        let body = json!({"amount": amount, "donor_name": "Ким", "donor_email": "kim@example.com"});
        let donation = app.post("/api/guest-donations").json(&body).await.expect(201);
        assert_eq!((&donation["amount"], &donation["trees"]), (&json!(amount), &json!(trees)));
    }
}

async fn an_amount_and_trees_that_agree_are_taken(app: App) {
    let body = json!({"amount": 1500, "trees": 3, "donor_name": "Ким", "donor_email": "kim@example.com"});
    app.post("/api/guest-donations").json(&body).await.expect(201);
}

async fn the_limits_themselves_are_allowed(app: App) {
    for amount in [100, 5_000_000] {
        let body = json!({"amount": amount, "donor_name": "Ким", "donor_email": "kim@example.com"});
        assert_eq!(app.post("/api/guest-donations").json(&body).await.expect(201)["amount"], amount);
    }
}

async fn fields_that_nobody_knows_are_ignored(app: App) {
    let body = json!({
        "amount": 5000, "donor_name": "Ким", "donor_email": "kim@example.com", "utm_source": {"a": [1]}, "status": "completed",
        "id": "00000000-0000-0000-0000-000000000001", "message": null,
    });
    let donation = app.post("/api/guest-donations").json(&body).await.expect(201);
    assert_eq!(donation["status"], "pending");
    assert_ne!(donation["id"], "00000000-0000-0000-0000-000000000001");
}

async fn a_donor_who_names_no_language_is_spoken_to_in_the_browsers(app: App) {
    let body = json!({"amount": 5000, "donor_name": "Ким", "donor_email": "kim@example.com"});
    let call = app.post("/api/guest-donations").header("accept-language", "de, kk;q=0.8, ru;q=0.5").json(&body);
    assert_eq!(call.await.expect(201)["language"], "kk");
}

async fn a_registered_donation_needs_a_token(app: App) {
    let answer = app.post("/api/donations").json(&json!({"amount": 5000})).await;
    answer.problem(401, "unauthenticated");
    assert_eq!(answer.header("www-authenticate"), Some("Bearer"));
}
