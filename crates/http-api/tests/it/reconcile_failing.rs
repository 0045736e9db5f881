//! When the gateway does not tell how an order stands, or not what can be believed.

use std::sync::Arc;

use application::{House, ReconcileRound, reconcile_open_orders};
use chrono::TimeDelta;
use domain::ports::{GatewayMode, NewOrder, PaymentGateway as _, ReturnUrls};
use domain::{ExternalId, Tenge};
use fake_gateway::{Behaviour, Call, FakeGateway};

use crate::support::App;

on_both_databases!(
    a_gateway_that_is_down_is_asked_again_later,
    an_order_that_is_refused_is_asked_about_again_later,
    a_gateway_that_answers_nobody_is_not_pressed,
    an_order_of_another_amount_is_not_recorded,
    the_wrong_amount_paid_is_flagged_and_asked_about_no_more,
    an_order_of_real_money_is_not_asked_about_at_a_gateway_that_pretends,
    an_order_is_given_up_only_after_the_gateway_has_said_that_it_still_is_open,
    a_server_that_died_with_an_order_in_hand_is_replaced_when_its_lease_ends,
);

async fn round(app: &App) -> (u32, u32, u32) {
    let ReconcileRound { asked, settled, failed } = reconcile_open_orders(&app.house()).await.unwrap();
    (asked, settled, failed)
}

async fn a_gateway_that_is_down_is_asked_again_later(app: App) {
    is_asked_again_later(&app, Behaviour::BeUnavailable).await;
    is_asked_again_later(&app, Behaviour::LoseAnswer).await;
}

async fn an_order_that_is_refused_is_asked_about_again_later(app: App) {
    is_asked_again_later(&app, Behaviour::Refuse).await;
}

async fn is_asked_again_later(app: &App, behaviour: Behaviour) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.clock.advance(TimeDelta::minutes(1));
    app.gateway.next(Call::Order, behaviour);
    assert_eq!(round(app).await, (1, 0, 1));
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
    assert_eq!(round(app).await, (0, 0, 0), "not at once");
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(round(app).await, (1, 1, 0));
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn a_gateway_that_answers_nobody_is_not_pressed(app: App) {
    for _ in 0..6 {
        app.awaiting().await;
    }
    app.clock.advance(TimeDelta::minutes(1));
    app.gateway.always(Call::Order, Behaviour::BeUnavailable);
    assert_eq!(round(&app).await, (4, 0, 4));
    assert_eq!(round(&app).await, (2, 0, 2));
    assert_eq!(round(&app).await, (0, 0, 0));
    app.gateway.always(Call::Order, Behaviour::Ordinary);
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(round(&app).await, (6, 0, 0));
}

async fn an_order_of_another_amount_is_not_recorded(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseRequest);
    app.pay(&id).await.problem(504, "gateway_timeout");
    let return_urls = ReturnUrls { success: String::new(), failure: String::new(), back: String::new() };
    let other = NewOrder {
        external_id: ExternalId::new(&id),
        amount: Tenge::new(4999),
        description: String::new(),
        due_at: domain::ports::Clock::now(app.clock.as_ref()) + TimeDelta::hours(1),
        return_urls,
    };
    app.gateway.create_order(&other).await.unwrap();
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(round(&app).await, (1, 0, 1));
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], shown["checkout_url"].is_null()), (&"pending".into(), true));
}

async fn the_wrong_amount_paid_is_flagged_and_asked_about_no_more(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(4999)).unwrap();
    app.clock.advance(TimeDelta::minutes(1));
    assert_eq!(round(&app).await, (1, 1, 0));
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
    assert!(app.kept(&id).await.is_flagged(domain::Review::AmountMismatch));
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(round(&app).await, (0, 0, 0));
}

async fn an_order_of_real_money_is_not_asked_about_at_a_gateway_that_pretends(app: App) {
    let (id, _) = app.awaiting().await;
    let pretends = Arc::new(FakeGateway::new());
    assert_eq!(pretends.mode(), GatewayMode::Test);
    let house = House { gateway: pretends.clone(), ..app.house() };
    app.clock.advance(TimeDelta::hours(2));
    reconcile_open_orders(&house).await.unwrap();
    assert_eq!(pretends.calls(Call::Order) + pretends.calls(Call::OrderByExternalId), 0);
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn an_order_is_given_up_only_after_the_gateway_has_said_that_it_still_is_open(app: App) {
    app.awaiting().await;
    // No server was running for nine days, and then the gateway was out.
    app.gateway.next(Call::Order, Behaviour::BeUnavailable);
    app.clock.advance(TimeDelta::days(9));
    assert_eq!(round(&app).await, (1, 0, 1));
    app.clock.advance(TimeDelta::days(1));
    assert_eq!(round(&app).await, (1, 0, 0));
    app.clock.advance(TimeDelta::days(100));
    assert_eq!(round(&app).await, (0, 0, 0));
}

async fn a_server_that_died_with_an_order_in_hand_is_replaced_when_its_lease_ends(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.clock.advance(TimeDelta::minutes(1));
    let pause = fake_gateway::Pause::new();
    app.gateway.next(Call::Order, Behaviour::Pause(pause.clone()));
    let house = app.house();
    let dying = tokio::spawn(async move { reconcile_open_orders(&house).await });
    pause.reached().await;
    dying.abort();
    assert!(dying.await.unwrap_err().is_cancelled());

    assert_eq!(round(&app).await, (0, 0, 0));
    app.clock.advance(TimeDelta::minutes(5));
    assert_eq!(round(&app).await, (1, 1, 0));
    assert_eq!(app.shown(&id).await["status"], "completed");
}
