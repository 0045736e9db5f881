//! Giving up.

use domain::Tenge;

use crate::support::{Answer, App, webhook};

on_both_databases!(
    a_pending_donation_can_be_cancelled,
    one_that_awaits_payment_can_be_cancelled,
    an_owner_cancels_by_the_own_address,
    what_has_failed_or_been_cancelled_cannot_be_cancelled,
    what_has_been_paid_cannot_be_cancelled,
    money_that_comes_after_cancelling_wins,
);

async fn cancel(app: &App, id: &str) -> Answer {
    app.post(&format!("/api/guest-donations/{id}/cancel")).await
}

async fn a_pending_donation_can_be_cancelled(app: App) {
    let id = app.guest_donation().await;
    let cancelled = cancel(&app, &id).await.expect(200);
    assert_eq!(cancelled["status"], "cancelled");
    assert_eq!(app.shown(&id).await, cancelled);
}

async fn one_that_awaits_payment_can_be_cancelled(app: App) {
    let (id, _) = app.awaiting().await;
    assert_eq!(cancel(&app, &id).await.expect(200)["status"], "cancelled");
}

async fn an_owner_cancels_by_the_own_address(app: App) {
    let asem = app.register("asem@example.com").await;
    let id = app.donation_of(&asem, 5000).await;
    let call = app.post(&format!("/api/donations/{id}/cancel")).bearer(&asem.token);
    assert_eq!(call.await.expect(200)["status"], "cancelled");
}

async fn what_has_failed_or_been_cancelled_cannot_be_cancelled(app: App) {
    let (id, order) = app.awaiting().await;
    let declined = webhook::declined(&id, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"));
    app.ioka(&declined).await.expect(200);
    cancel(&app, &id).await.problem(409, "invalid_state");
    assert_eq!(app.shown(&id).await["status"], "failed");

    let id = app.guest_donation().await;
    cancel(&app, &id).await.expect(200);
    cancel(&app, &id).await.problem(409, "invalid_state");
}

async fn what_has_been_paid_cannot_be_cancelled(app: App) {
    let (id, order) = app.completed().await;
    cancel(&app, &id).await.problem(409, "invalid_state");
    for (refund, tenge, status) in [("rfd_1", 1000, "partially_refunded"), ("rfd_2", 4000, "refunded")] {
        app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), (refund, tenge))).await.expect(200);
        cancel(&app, &id).await.problem(409, "invalid_state");
        assert_eq!(app.shown(&id).await["status"], status);
    }
}

async fn money_that_comes_after_cancelling_wins(app: App) {
    let (id, order) = app.awaiting().await;
    cancel(&app, &id).await.expect(200);
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let outcome = app.ioka(&webhook::captured(&id, order.as_str(), 5000)).await.expect(200)["outcome"].clone();
    assert_eq!(outcome, "applied");
    assert_eq!(app.shown(&id).await["status"], "completed");
}
