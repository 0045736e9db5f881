//! Open orders are asked about, and what the gateway says counts as much as a webhook.

use application::{ReconcileRound, reconcile_open_orders};
use chrono::TimeDelta;
use domain::ports::DonationStore as _;
use domain::{DonationId, Review, Tenge};
use fake_gateway::{Behaviour, Call};
use uuid::Uuid;

use crate::support::{App, webhook};

on_both_databases!(
    a_payment_whose_webhook_was_lost_completes_the_donation,
    an_order_that_expired_unheard_of_cancels_the_donation,
    an_order_that_can_still_be_paid_is_asked_about_ever_less_often,
    an_order_whose_answer_was_lost_is_recorded,
    an_order_whose_answer_was_lost_and_that_was_paid_completes_the_donation,
    an_order_that_was_never_made_is_given_up_after_its_due_date,
    a_donation_that_was_given_up_can_be_paid_after_all,
    an_order_paid_after_the_donor_gave_up_completes_the_donation_and_is_flagged,
    a_decline_that_was_heard_is_not_undone_by_an_order_that_can_still_be_paid,
    a_settled_donation_is_not_asked_about,
);

/// One round after so much time.
async fn round_after(app: &App, pause: TimeDelta) -> ReconcileRound {
    app.clock.advance(pause);
    reconcile_open_orders(&app.house()).await.unwrap()
}

fn minute() -> TimeDelta {
    TimeDelta::minutes(1)
}

const NOTHING: ReconcileRound = ReconcileRound { asked: 0, settled: 0, failed: 0 };
const OPEN: ReconcileRound = ReconcileRound { asked: 1, settled: 0, failed: 0 };
const SETTLED: ReconcileRound = ReconcileRound { asked: 1, settled: 1, failed: 0 };

/// How often the gateway has been asked about an order.
fn asked(app: &App) -> usize {
    app.gateway.calls(Call::Order) + app.gateway.calls(Call::OrderByExternalId)
}

async fn a_payment_whose_webhook_was_lost_completes_the_donation(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    assert_eq!(round_after(&app, TimeDelta::seconds(59)).await, NOTHING);
    assert_eq!(round_after(&app, TimeDelta::seconds(1)).await, SETTLED);

    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["certificate"]["number"]), (&"completed".into(), &"TREE-2026-000001".into()));
    assert!(app.kept(&id).await.reviews.is_empty());
    let story = app.store().timeline(DonationId(Uuid::try_parse(&id).unwrap())).await.unwrap();
    let last = story.last().unwrap();
    assert_eq!((last.kind.word(), last.cause.actor.word().as_str()), ("payment.captured", "system"));

    // The webhook comes after all.
    let late = app.ioka(&webhook::captured_as_the_gateway_says(&id, &order)).await.expect(200);
    assert_eq!(late["outcome"], "ignored");
    assert_eq!(round_after(&app, TimeDelta::days(1)).await, NOTHING);
    app.get("/api/certificates/TREE-2026-000002").await.problem(404, "not_found");
}

async fn an_order_that_expired_unheard_of_cancels_the_donation(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.expire(&order).unwrap();
    assert_eq!(round_after(&app, minute() * 65).await, SETTLED);
    assert_eq!(app.shown(&id).await["status"], "cancelled");
    assert_eq!(round_after(&app, TimeDelta::days(1)).await, NOTHING);

    let again = app.pay(&id).await.expect(200);
    assert_ne!(again["order_id"], order.as_str());
    assert_eq!(app.gateway.payable_orders().len(), 1);
}

async fn an_order_that_can_still_be_paid_is_asked_about_ever_less_often(app: App) {
    let (id, _) = app.awaiting().await;
    let mut minutes = Vec::new();
    for minute_of_life in 1..=65 {
        let round = round_after(&app, minute()).await;
        if round != NOTHING {
            assert_eq!(round, OPEN);
            minutes.push(minute_of_life);
        }
    }
    assert_eq!(minutes, [1, 2, 3, 5, 8, 12, 18, 27, 41, 62, 65]);
    assert_eq!(asked(&app), minutes.len());
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn an_order_whose_answer_was_lost_is_recorded(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseAnswer);
    app.pay(&id).await.problem(504, "gateway_timeout");
    assert_eq!(round_after(&app, minute()).await, OPEN);

    let (shown, order) = (app.shown(&id).await, app.gateway.orders().remove(0));
    assert_eq!((&shown["status"], &shown["payment_order_id"]), (&"awaiting_payment".into(), &order.id.as_str().into()));
    assert_eq!(shown["checkout_url"], order.checkout_url.as_str());
    assert_eq!(app.pay(&id).await.expect(200)["order_id"], order.id.as_str());
    assert_eq!(app.gateway.calls(Call::CreateOrder), 1);
}

async fn an_order_whose_answer_was_lost_and_that_was_paid_completes_the_donation(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseAnswer);
    app.pay(&id).await.problem(504, "gateway_timeout");
    app.gateway.pay(&app.gateway.orders()[0].id, Tenge::new(5000)).unwrap();
    assert_eq!(round_after(&app, minute()).await, SETTLED);
    assert_eq!(app.shown(&id).await["status"], "completed");
}

/// A guest's donation whose order the gateway was asked for, and never made.
async fn never_made(app: &App) -> String {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseRequest);
    app.pay(&id).await.problem(504, "gateway_timeout");
    id
}

async fn an_order_that_was_never_made_is_given_up_after_its_due_date(app: App) {
    let id = never_made(&app).await;
    assert_eq!(round_after(&app, minute()).await, OPEN);
    assert_eq!(round_after(&app, minute() * 63).await, OPEN);
    assert_eq!(app.shown(&id).await["status"], "pending");
    assert_eq!(round_after(&app, minute()).await, SETTLED);
    assert_eq!(app.shown(&id).await["status"], "cancelled");
    assert_eq!(app.gateway.calls(Call::CreateOrder), 1, "asking makes no order");
}

async fn a_donation_that_was_given_up_can_be_paid_after_all(app: App) {
    let id = never_made(&app).await;
    assert_eq!(round_after(&app, minute() * 65).await, SETTLED);
    app.pay(&id).await.expect(200);
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
    let order = app.gateway.orders().remove(0);
    assert_eq!(order.external_id.unwrap().as_str(), id, "the name was free");
    assert!(order.due_at.unwrap() > domain::ports::Clock::now(app.clock.as_ref()));

    app.gateway.pay(&order.id, Tenge::new(5000)).unwrap();
    assert_eq!(round_after(&app, minute()).await, SETTLED);
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn an_order_paid_after_the_donor_gave_up_completes_the_donation_and_is_flagged(app: App) {
    let (id, order) = app.awaiting().await;
    app.post(&format!("/api/guest-donations/{id}/cancel")).await.expect(200);
    assert_eq!(round_after(&app, minute()).await, OPEN);
    assert_eq!(app.shown(&id).await["status"], "cancelled");
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    assert_eq!(round_after(&app, minute()).await, SETTLED);
    assert_eq!(app.shown(&id).await["status"], "completed");
    assert!(app.kept(&id).await.is_flagged(Review::PaidLate));
}

async fn a_decline_that_was_heard_is_not_undone_by_an_order_that_can_still_be_paid(app: App) {
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&id, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    assert_eq!(round_after(&app, minute()).await, OPEN);
    assert_eq!(app.shown(&id).await["status"], "failed");
    app.gateway.expire(&order).unwrap();
    assert_eq!(round_after(&app, minute() * 64).await, SETTLED);
    assert_eq!(app.shown(&id).await["status"], "cancelled");
}

async fn a_settled_donation_is_not_asked_about(app: App) {
    app.completed().await;
    app.guest_donation().await;
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, order.as_str())).await.expect(200);
    assert_eq!(round_after(&app, TimeDelta::days(1)).await, NOTHING);
    assert_eq!(asked(&app), 0);
}
