//! Who may see which donation, and how much of it.

use serde_json::json;
use uuid::Uuid;

use crate::support::App;

on_both_databases!(
    a_guests_donation_is_seen_by_whoever_knows_its_id,
    a_registered_donors_donation_is_its_owners_alone,
    an_administrator_sees_every_donation_unmasked,
    what_is_not_the_callers_cannot_be_paid_or_cancelled,
    a_path_that_names_no_uuid_is_not_found,
    a_certificate_is_found_by_its_number,
    a_certificate_says_no_address_and_no_amount,
);

async fn a_guests_donation_is_seen_by_whoever_knows_its_id(app: App) {
    let id = app.guest_donation().await;
    assert_eq!(app.shown(&id).await["id"], id.as_str());
    let session = app.register("asem@example.com").await;
    app.get(&format!("/api/donations/{id}")).bearer(&session.token).await.problem(404, "not_found");
    app.get(&format!("/api/donations/{id}")).await.problem(401, "unauthenticated");
    app.get(&format!("/api/guest-donations/{}", Uuid::from_u128(7))).await.problem(404, "not_found");
}

async fn a_registered_donors_donation_is_its_owners_alone(app: App) {
    let (owner, other) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    let id = app.donation_of(&owner, 5000).await;
    let path = format!("/api/donations/{id}");
    assert_eq!(app.get(&path).bearer(&owner.token).await.expect(200)["id"], id.as_str());
    app.get(&path).bearer(&other.token).await.problem(404, "not_found");
    app.get(&path).await.problem(401, "unauthenticated");
    app.get(&format!("/api/guest-donations/{id}")).await.problem(404, "not_found");
}

async fn an_administrator_sees_every_donation_unmasked(app: App) {
    let (owner, admin) = (app.register("asem@example.com").await, app.admin().await);
    let (registered, guests) = (app.donation_of(&owner, 5000).await, app.guest_donation().await);
    for (id, email) in [(registered, "asem@example.com"), (guests, "ivan@example.com")] {
        let seen = app.get(&format!("/api/donations/{id}")).bearer(&admin.token).await.expect(200);
        assert_eq!(seen["donor_email"], email);
    }
}

async fn what_is_not_the_callers_cannot_be_paid_or_cancelled(app: App) {
    let (owner, other) = (app.register("asem@example.com").await, app.register("oleg@example.com").await);
    let (registered, guests) = (app.donation_of(&owner, 5000).await, app.guest_donation().await);
    for step in ["payment", "cancel"] {
        let call = app.post(&format!("/api/donations/{registered}/{step}"));
        call.clone().bearer(&other.token).await.problem(404, "not_found");
        call.await.problem(401, "unauthenticated");
        app.post(&format!("/api/guest-donations/{registered}/{step}")).await.problem(404, "not_found");
        let call = app.post(&format!("/api/donations/{guests}/{step}"));
        call.bearer(&owner.token).await.problem(404, "not_found");
    }
    assert!(app.gateway.orders().is_empty());
    assert_eq!(app.shown(&guests).await["status"], "pending");
}

async fn a_path_that_names_no_uuid_is_not_found(app: App) {
    let session = app.register("asem@example.com").await;
    let id = app.guest_donation().await;
    let plain = id.replace('-', "");
    for name in
        ["7", "not-a-uuid", &plain, &format!("{{{id}}}"), &format!("{id}0"), "%00", "%ff", "..", "%2e%2e%2f", "ж"]
    {
        app.get(&format!("/api/guest-donations/{name}")).await.problem(404, "not_found");
        app.get(&format!("/api/donations/{name}")).bearer(&session.token).await.problem(404, "not_found");
        app.post(&format!("/api/guest-donations/{name}/payment")).await.problem(404, "not_found");
        app.post(&format!("/api/guest-donations/{name}/cancel")).await.problem(404, "not_found");
    }
}

async fn a_certificate_is_found_by_its_number(app: App) {
    let (id, _) = app.completed().await;
    let shown = app.shown(&id).await;
    let number = shown["certificate"]["number"].as_str().unwrap();
    assert_eq!(number, "TREE-2026-000001");
    let base = "https://api.charity.test";
    assert_eq!(shown["certificate"]["url"], format!("{base}/api/guest-donations/{id}/certificate"));
    assert_eq!(shown["certificate"]["verify_url"], format!("{base}/certificates/{number}"));

    let certificate = app.get(&format!("/api/certificates/{number}")).await.expect(200);
    let expected = json!({
        "number": number, "valid": true, "name": "Иван Иванов", "trees": 10, "campaign": "trees",
        "issued_at": "2026-03-01T10:00:00.000000Z", "test_mode": false, "signature": certificate["signature"],
        "state": "valid", "replaced_by": null, "campaign_title": certificate["campaign_title"], "language": "ru",
        "issued_on": "2026-03-01", "key_id": certificate["key_id"],
    });
    assert_eq!(certificate, expected);
    for unknown in ["TREE-2026-000002", "TREE-2026-1", "tree", "%00", "%ff", "a%2fb", "ж", &"9".repeat(3000)] {
        app.get(&format!("/api/certificates/{unknown}")).await.problem(404, "not_found");
    }
}

async fn a_certificate_says_no_address_and_no_amount(app: App) {
    app.completed().await;
    let text = app.get("/api/certificates/TREE-2026-000001").await.text();
    for secret in ["example.com", "5000", "ord_"] {
        assert!(!text.contains(secret), "{text}");
    }
}
