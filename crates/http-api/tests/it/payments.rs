//! Starting a payment: the guide's call, and what asking again gives.

use chrono::TimeDelta;
use domain::Tenge;
use serde_json::json;

use crate::support::{App, Setup, webhook};

on_both_databases!(
    the_answer_is_the_guides,
    a_registered_donor_pays_by_the_own_address,
    asking_again_gives_the_same_order_and_address,
    the_donation_shows_its_order,
    after_a_decline_the_same_order_is_paid,
    after_cancelling_the_same_order_is_paid,
    when_the_order_has_expired_a_new_one_is_made,
    an_order_that_was_paid_unheard_is_not_made_again,
    what_has_been_paid_is_not_charged_again,
    the_order_expires_when_the_settings_say,
    a_body_is_not_needed_and_not_read,
);

async fn the_answer_is_the_guides(app: App) {
    let id = app.guest_donation().await;
    let answer = app.pay(&id).await.expect(200);
    let orders = app.gateway.orders();
    let expected = json!({
        "success": true, "checkout_url": orders[0].checkout_url, "order_id": orders[0].id.as_str(), "donation_id": id,
        "status": "awaiting_payment",
    });
    assert_eq!(answer, expected);
    assert!(answer["checkout_url"].as_str().unwrap().starts_with("https://"));
    assert_eq!(orders[0].external_id.as_ref().unwrap().as_str(), id);
}

async fn a_registered_donor_pays_by_the_own_address(app: App) {
    let asem = app.register("asem@example.com").await;
    let id = app.donation_of(&asem, 2500).await;
    let answer = app.post(&format!("/api/donations/{id}/payment")).bearer(&asem.token).await.expect(200);
    assert_eq!((&answer["donation_id"], &answer["status"]), (&json!(id), &json!("awaiting_payment")));
    assert!(app.gateway.orders()[0].amount.is(Tenge::new(2500)));
}

async fn asking_again_gives_the_same_order_and_address(app: App) {
    let id = app.guest_donation().await;
    let first = app.pay(&id).await.expect(200);
    for _ in 0..3 {
        app.clock.advance(TimeDelta::minutes(10));
        assert_eq!(app.pay(&id).await.expect(200), first);
    }
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn the_donation_shows_its_order(app: App) {
    let id = app.guest_donation().await;
    let started = app.pay(&id).await.expect(200);
    let shown = app.shown(&id).await;
    assert_eq!(shown["status"], "awaiting_payment");
    assert_eq!(shown["payment_order_id"], started["order_id"]);
    assert_eq!(shown["checkout_url"], started["checkout_url"]);
}

async fn after_a_decline_the_same_order_is_paid(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.decline(&order).unwrap();
    app.ioka(&webhook::declined(&id, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    let failed = app.shown(&id).await;
    assert_eq!((&failed["status"], &failed["failure"]["code"]), (&json!("failed"), &json!("not_enough_money")));

    let again = app.pay(&id).await.expect(200);
    assert_eq!((&again["order_id"], &again["status"]), (&json!(order.as_str()), &json!("awaiting_payment")));
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["failure"]), (&json!("awaiting_payment"), &json!(null)));
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn after_cancelling_the_same_order_is_paid(app: App) {
    let (id, order) = app.awaiting().await;
    app.post(&format!("/api/guest-donations/{id}/cancel")).await.expect(200);
    let again = app.pay(&id).await.expect(200);
    assert_eq!((&again["order_id"], &again["status"]), (&json!(order.as_str()), &json!("awaiting_payment")));
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn when_the_order_has_expired_a_new_one_is_made(app: App) {
    let (id, order) = app.awaiting().await;
    app.clock.advance(TimeDelta::minutes(61));
    app.gateway.expire(&order).unwrap();
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, order.as_str())).await.expect(200);
    assert_eq!(app.shown(&id).await["status"], "cancelled");

    let again = app.pay(&id).await.expect(200);
    assert_ne!(again["order_id"], order.as_str());
    let orders = app.gateway.orders();
    let names: Vec<_> = orders.iter().map(|order| order.external_id.as_ref().unwrap().as_str()).collect();
    assert_eq!(names, [id.clone(), format!("{id}-2")]);
    assert_eq!(app.gateway.payable_orders().len(), 1);
    assert_eq!(app.pay(&id).await.expect(200), again);

    // Without a webhook the gateway is asked, once our own clock says that the order is due.
    app.clock.advance(TimeDelta::minutes(61));
    app.gateway.expire(&app.gateway.orders()[1].id).unwrap();
    app.pay(&id).await.expect(200);
    assert_eq!(app.gateway.orders()[2].external_id.as_ref().unwrap().as_str(), format!("{id}-3"));
    assert_eq!(app.gateway.payable_orders().len(), 1);
}

async fn an_order_that_was_paid_unheard_is_not_made_again(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.clock.advance(TimeDelta::minutes(61));
    app.pay(&id).await.problem(409, "already_paid");
    assert_eq!(app.shown(&id).await["status"], "completed");
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn what_has_been_paid_is_not_charged_again(app: App) {
    let (id, order) = app.completed().await;
    app.pay(&id).await.problem(409, "already_paid");
    for (refund, tenge) in [("rfd_1", 1000), ("rfd_2", 4000)] {
        app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), (refund, tenge))).await.expect(200);
        app.pay(&id).await.problem(409, "already_paid");
    }
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn the_order_expires_when_the_settings_say(app: App) {
    app.awaiting().await;
    let due = app.gateway.orders()[0].due_at.unwrap();
    assert_eq!(due.to_rfc3339(), "2026-03-01T11:00:00+00:00");
}

async fn a_body_is_not_needed_and_not_read(app: App) {
    let id = app.guest_donation().await;
    app.pay(&id).text("{\"amount\": 1").await.expect(200);
    app.pay(&id).bytes("no JSON").await.expect(200);
    assert!(app.gateway.orders()[0].amount.is(Tenge::new(5000)));
}

set_up_on_both_databases!(
    without_ioka_a_payment_completes_at_once,
    return_pages_of_other_addresses_are_used,
    the_lifetime_of_an_order_can_be_set,
);

async fn without_ioka_a_payment_completes_at_once(setup: Setup) {
    let app = setup.without_ioka().start();
    let id = app.guest_donation().await;
    let answer = app.pay(&id).await.expect(200);
    assert_eq!((&answer["success"], &answer["status"]), (&json!(true), &json!("completed")));
    assert_eq!(answer["checkout_url"], format!("https://charity.test/donations/{id}?result=success"));
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["test_mode"]), (&json!("completed"), &json!(true)));
    assert_eq!(shown["completed_at"], "2026-03-01T10:00:00.000000Z");
    let certificate = app.get("/api/certificates/TEST-2026-000001").await.expect(200);
    assert_eq!(certificate["test_mode"], true);
    app.pay(&id).await.problem(409, "already_paid");
}

async fn return_pages_of_other_addresses_are_used(setup: Setup) {
    let app = setup.without_ioka().with("RETURN_URL_SUCCESS", "https://other.test/thanks/{donation_id}#paid").start();
    let id = app.guest_donation().await;
    let answer = app.pay(&id).await.expect(200);
    assert_eq!(answer["checkout_url"], format!("https://other.test/thanks/{id}#paid"));
}

async fn the_lifetime_of_an_order_can_be_set(setup: Setup) {
    let app = setup.with("PAYMENT_TTL_MINUTES", "90").start();
    app.awaiting().await;
    let due = app.gateway.orders()[0].due_at.unwrap();
    assert_eq!(due.to_rfc3339(), "2026-03-01T11:30:00+00:00");
}
