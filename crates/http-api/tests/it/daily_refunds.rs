//! A day's refunds against the gateway's.

use domain::ports::{NewRefund, PaymentGateway as _};
use domain::reconciliation::Tally;
use domain::{ExternalId, GatewayRefundId, OrderId, RefundStatus, Tenge};
use fake_gateway::{Behaviour, Call};
use serde_json::json;

use crate::support::day::differences;
use crate::support::{App, webhook};

on_both_databases!(
    refunds_that_agree_are_counted,
    a_refund_made_in_the_panel_whose_webhook_was_lost_is_found,
    a_refund_of_a_payment_that_we_never_heard_of_is_found_with_it,
    a_refund_that_the_bank_has_not_decided_is_taken_up_as_such,
    a_refund_that_the_bank_declined_and_nobody_asked_for_is_no_difference,
    a_refund_of_which_the_gateway_knows_nothing_stays_open,
    a_refund_of_another_amount_is_flagged,
    a_refund_of_an_order_that_is_not_here_stays_open,
    a_refund_of_somebody_elses_order_is_none_of_ours,
);

async fn heard(app: &App, order: &OrderId, (refund, tenge): (&str, i64)) {
    let answer = app.ioka(&webhook::refund("REFUND_APPROVED", order.as_str(), (refund, tenge))).await.expect(200);
    assert_eq!(answer["outcome"], "applied");
}

/// A refund that somebody else has the gateway make.
async fn refund_there(app: &App, order: &OrderId, behaviour: Behaviour) -> GatewayRefundId {
    app.gateway.next(Call::CreateRefund, behaviour);
    let refund = NewRefund {
        order: order.clone(),
        external_id: ExternalId::new("panel-1"),
        amount: Tenge::new(1000),
        reason: None,
    };
    match app.gateway.create_refund(&refund).await.unwrap() {
        domain::ports::RefundOutcome::Made(refund) => refund.id,
        other => panic!("the refund is made, not {other:?}"),
    }
}

async fn refunds_that_agree_are_counted(app: App) {
    let (_, order) = app.completed().await;
    let refund = app.gateway.refund_in_panel(&order, Tenge::new(1000)).unwrap();
    heard(&app, &order, (refund.id.as_str(), 1000)).await;
    let report = app.compared().await;
    assert_eq!(differences(&report), Vec::<String>::new());
    let all = Tenge::new(5000);
    let ours = Tally { orders: 1, paid: 1, paid_amount: all, refunds: 1, refunded_amount: Tenge::new(1000) };
    assert_eq!((report.totals.ours, report.totals.gateway), (ours, ours));
    assert_eq!(app.gateway.calls(Call::Refund) + app.gateway.calls(Call::Refunds), 0);
}

async fn a_refund_made_in_the_panel_whose_webhook_was_lost_is_found(app: App) {
    let (id, order) = app.completed().await;
    let refund = app.gateway.refund_in_panel(&order, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["refund_missing_here settled"]);
    let found = &report.differences[0];
    assert_eq!((found.donation.unwrap().to_string(), found.refund.as_ref()), (id.clone(), Some(&refund.id)));
    assert_eq!((&found.ours, found.gateway.as_deref()), (&None, Some("succeeded, 5000 KZT")));
    assert_eq!(report.totals.ours, report.totals.gateway);
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("refunded"), &json!(5000)));
    assert_eq!(app.get("/api/certificates/TREE-2026-000001").await.expect(200)["valid"], false);
    // The webhook comes after all.
    let late = webhook::refund("REFUND_APPROVED", order.as_str(), (refund.id.as_str(), 5000));
    assert_eq!(app.ioka(&late).await.expect(200)["outcome"], "ignored");
}

async fn a_refund_of_a_payment_that_we_never_heard_of_is_found_with_it(app: App) {
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.gateway.refund_in_panel(&order, Tenge::new(1000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["paid_there_only settled", "refund_missing_here settled"]);
    assert_eq!(app.shown(&id).await["status"], "partially_refunded");
}

async fn a_refund_that_the_bank_has_not_decided_is_taken_up_as_such(app: App) {
    // We hear of it on the day after it was made.
    app.gateway.it_is(domain::ports::Clock::now(app.clock.as_ref()));
    let (id, order) = app.completed().await;
    let refund = refund_there(&app, &order, Behaviour::RefundPending).await;
    assert_eq!(differences(&app.compared().await), ["refund_missing_here settled"]);
    assert_eq!(app.shown(&id).await["status"], "completed");
    // The bank has decided, nobody has told, and a person has the day compared once more.
    app.gateway.settle_refund(&order, &refund, RefundStatus::Succeeded).unwrap();
    let again = app.compared_again().await;
    assert_eq!(differences(&again), ["refund_missing_here settled", "refund_status_differs settled"]);
    assert_eq!(again.differences[1].ours.as_deref(), Some("pending, 1000 KZT"));
    assert_eq!(app.shown(&id).await["status"], "partially_refunded");
}

async fn a_refund_that_the_bank_declined_and_nobody_asked_for_is_no_difference(app: App) {
    let (id, order) = app.completed().await;
    refund_there(&app, &order, Behaviour::RefundDeclined).await;
    let report = app.compared().await;
    assert_eq!(differences(&report), Vec::<String>::new());
    assert_eq!((report.totals.ours.refunds, report.totals.gateway.refunds), (0, 0));
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn a_refund_of_which_the_gateway_knows_nothing_stays_open(app: App) {
    let (id, order) = app.completed().await;
    heard(&app, &order, ("rfd_from_nowhere", 1000)).await;
    let report = app.compared().await;
    assert_eq!(differences(&report), ["refund_missing_there open"]);
    assert_eq!((report.totals.ours.refunds, report.totals.gateway.refunds), (1, 0));
    assert_eq!(app.shown(&id).await["status"], "partially_refunded", "nothing is taken back");
}

async fn a_refund_of_another_amount_is_flagged(app: App) {
    let (id, order) = app.completed().await;
    let refund = app.gateway.refund_in_panel(&order, Tenge::new(2000)).unwrap();
    heard(&app, &order, (refund.id.as_str(), 1000)).await;
    let report = app.compared().await;
    assert_eq!(differences(&report), ["refund_amount_differs settled"]);
    assert_eq!(app.shown(&id).await["refunded_amount"], 2000);
    assert!(!app.kept(&id).await.reviews.is_empty());
}

async fn a_refund_of_an_order_that_is_not_here_stays_open(app: App) {
    let order = app.order_there("00000000-0000-0000-0000-00000000004d", 5000).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.gateway.refund_in_panel(&order, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), ["missing_here open", "refund_missing_here open"]);
    assert!(report.differences.iter().all(|found| found.donation.is_some()));
}

async fn a_refund_of_somebody_elses_order_is_none_of_ours(app: App) {
    let order = app.order_there("shop-42", 5000).await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    app.gateway.refund_in_panel(&order, Tenge::new(5000)).unwrap();
    let report = app.compared().await;
    assert_eq!(differences(&report), Vec::<String>::new());
    assert_eq!((report.totals.foreign_orders, report.totals.gateway.refunds), (1, 0));
}
