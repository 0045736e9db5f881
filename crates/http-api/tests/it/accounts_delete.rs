//! Donors who want to be forgotten.

use domain::{OrderId, Tenge};
use serde_json::{Value, json};

use crate::support::{App, Session, webhook};

on_both_databases!(
    an_account_that_is_deleted_opens_nothing_any_longer,
    its_donations_stay_for_the_books_without_the_donor,
    nothing_that_is_kept_tells_whose_they_were,
    money_that_comes_later_is_kept_and_nobody_is_written_to,
    a_guests_donation_of_the_same_address_stays_as_it_is,
    the_address_is_free_again_and_inherits_nothing,
    an_account_that_is_deleted_twice_is_gone,
);

async fn delete(app: &App, session: &Session) {
    app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&session.token).await.nothing();
}

/// Pays an account's donation of 5 000 ₸.
async fn pay(app: &App, session: &Session, id: &str) {
    captured(app, id, &order(app, session, id).await).await;
}

async fn order(app: &App, session: &Session, id: &str) -> OrderId {
    let started = app.post(&format!("/api/donations/{id}/payment")).bearer(&session.token).await.expect(200);
    OrderId::new(started["order_id"].as_str().unwrap())
}

async fn captured(app: &App, id: &str, order: &OrderId) {
    app.gateway.pay(order, Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(id, order.as_str(), 5000)).await.expect(200);
}

/// An account's donation of 5 000 ₸ that was paid, with words of its own.
async fn paid(app: &App, session: &Session) -> String {
    let body = json!({"amount": 5000, "message": "Әжеме арнап", "certificate_name": "Семья Ким"});
    let donation = app.post("/api/donations").bearer(&session.token).json(&body).await.expect(201);
    let id = donation["id"].as_str().unwrap().to_owned();
    pay(app, session, &id).await;
    id
}

async fn an_account_that_is_deleted_opens_nothing_any_longer(app: App) {
    let session = app.register("asem@example.com").await;
    let second = Session::of(&app.log_in("asem@example.com", "correct horse").await.expect(200));
    let id = paid(&app, &session).await;
    app.work_off().await;
    let to_confirm = app.link("asem@example.com", "confirm-email");
    app.call(reqwest::Method::DELETE, "/api/auth/me").await.problem(401, "unauthenticated");
    delete(&app, &session).await;
    for session in [&session, &second] {
        app.get("/api/auth/me").bearer(&session.token).await.problem(401, "unauthenticated");
        app.get("/api/donations").bearer(&session.token).await.problem(401, "unauthenticated");
        let refresh = app.post("/api/auth/refresh").json(&json!({"refresh_token": session.refresh_token}));
        refresh.await.problem(401, "unauthenticated");
    }
    app.log_in("asem@example.com", "correct horse").await.problem(401, "invalid_credentials");
    let confirm = app.post("/api/auth/confirm").json(&json!({"token": to_confirm}));
    assert_eq!(confirm.await.wrong_fields(), ["token: invalid_token"]);
    // What was an account's does not become everybody's who knows the id.
    app.get(&format!("/api/guest-donations/{id}")).await.problem(404, "not_found");
    app.get(&format!("/api/guest-donations/{id}/certificate")).await.problem(404, "not_found");
    app.pay(&id).await.problem(404, "not_found");
}

async fn its_donations_stay_for_the_books_without_the_donor(app: App) {
    let (admin, session) = (app.admin().await, app.register("asem@example.com").await);
    let id = paid(&app, &session).await;
    app.refund(&admin, &id, &json!({"amount": 2000, "reason": "x"})).await.expect(201);
    let before = app.story(&admin, &id).await;
    delete(&app, &session).await;
    let after = app.story(&admin, &id).await;
    for same in [
        "id",
        "status",
        "amount",
        "trees",
        "campaign",
        "refunded_amount",
        "created_at",
        "completed_at",
        "orders",
        "refunds",
        "review",
    ] {
        assert_eq!(after[same], before[same], "{same}");
    }
    assert_eq!(after["certificate"]["number"], before["certificate"]["number"]);
    assert_eq!((&after["donor_name"], &after["message"]), (&json!("—"), &Value::Null));
    assert_eq!((&after["donor_email"], &after["anonymous"]), (&json!("erased@donor.invalid"), &json!(true)));
    let (story, known) = (after["timeline"].as_array().unwrap(), before["timeline"].as_array().unwrap());
    assert_eq!(story[..known.len()], known[..]);
    assert_eq!(story.last().unwrap()["kind"], "donation.erased");

    let number = after["certificate"]["number"].as_str().unwrap();
    let public = app.get(&format!("/api/certificates/{number}")).await.expect(200);
    assert_eq!((&public["valid"], &public["name"]), (&json!(true), &json!("—")));
    assert_eq!(public["trees"], 6);
    let pdf = app.get(&format!("/api/donations/{id}/certificate")).bearer(&admin.token).await;
    assert_eq!((pdf.status, pdf.header("content-type")), (200, Some("application/pdf")), "the dash can be set");
}

async fn nothing_that_is_kept_tells_whose_they_were(app: App) {
    let session = app.register("asem.forgotten@example.com").await;
    let guests = app.guest_donation_of("Asem.Forgotten@example.com").await;
    app.confirm("asem.forgotten@example.com").await;
    paid(&app, &session).await;
    let body = json!({"amount": 700, "message": "Әжеме арнап"});
    app.post("/api/donations").bearer(&session.token).key("k-1").json(&body).await.expect(201);
    let words = ["asem.forgotten", "Асем Ким", "Әжеме", "Семья", "Иванов", "Рахмет", "argon2"];
    let before = app.everything_kept();
    for word in words {
        assert!(before.to_lowercase().contains(&word.to_lowercase()), "{word} is looked for where it stands");
    }
    delete(&app, &session).await;
    app.work_off().await;
    let after = app.everything_kept();
    for word in words {
        assert!(!after.to_lowercase().contains(&word.to_lowercase()), "{word}");
    }
    assert!(after.contains(&guests), "the donation itself is there");
}

async fn money_that_comes_later_is_kept_and_nobody_is_written_to(app: App) {
    let (admin, session) = (app.admin().await, app.register("asem@example.com").await);
    let completed = paid(&app, &session).await;
    let id = app.donation_of(&session, 5000).await;
    let order = order(&app, &session, &id).await;
    delete(&app, &session).await;
    captured(&app, &id, &order).await;
    app.refund(&admin, &completed, &json!({"amount": 2000, "reason": "x"})).await.expect(201);
    let story = app.story(&admin, &id).await;
    assert_eq!((&story["status"], &story["donor_name"]), (&json!("completed"), &json!("—")));
    let number = story["certificate"]["number"].as_str().unwrap();
    assert_eq!(app.get(&format!("/api/certificates/{number}")).await.expect(200)["name"], "—");
    assert_eq!(app.work_off().await.parked, 0);
    assert_eq!(app.mailbox.subjects(), Vec::<String>::new());
    let list = app.get("/api/admin/jobs?limit=100").bearer(&admin.token).await.expect(200);
    let notes: Vec<_> = list["items"].as_array().unwrap().iter().map(|job| job["note"].as_str().unwrap()).collect();
    assert!(
        notes.contains(&"the donor has been forgotten") && notes.contains(&"there is nobody to write to"),
        "{notes:?}"
    );
}

async fn a_guests_donation_of_the_same_address_stays_as_it_is(app: App) {
    let id = app.guest_donation_of("asem@example.com").await;
    let before = app.shown(&id).await;
    let session = app.register("asem@example.com").await;
    delete(&app, &session).await;
    assert_eq!(app.shown(&id).await, before, "nobody has proved whose it is");
}

async fn the_address_is_free_again_and_inherits_nothing(app: App) {
    let session = app.register("asem@example.com").await;
    app.confirm("asem@example.com").await;
    paid(&app, &session).await;
    delete(&app, &session).await;
    let again = app.register("asem@example.com").await;
    assert_ne!(again.account, session.account);
    app.confirm("asem@example.com").await;
    let list = app.get("/api/donations").bearer(&again.token).await.expect(200);
    assert_eq!(list["items"], json!([]));
    let body = json!({"email": "erased@donor.invalid", "password": "correct horse", "name": "Никто"});
    assert_eq!(app.post("/api/auth/register").json(&body).await.wrong_fields(), ["email: invalid_email"]);
}

async fn an_account_that_is_deleted_twice_is_gone(app: App) {
    let session = app.register("asem@example.com").await;
    delete(&app, &session).await;
    let again = app.call(reqwest::Method::DELETE, "/api/auth/me").bearer(&session.token).await;
    again.problem(401, "unauthenticated");
}
