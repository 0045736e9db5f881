//! Several ask about open orders at once, and webhooks come meanwhile.

use application::reconcile_open_orders;
use chrono::TimeDelta;
use domain::{OrderId, Tenge};
use fake_gateway::{Behaviour, Call, Pause};
use futures_util::future::{join, join_all};

use crate::support::{App, webhook};

on_both_databases!(
    of_several_servers_one_asks_about_each_order,
    a_webhook_that_overtakes_the_answer_brings_one_certificate,
    webhooks_and_answers_at_once_bring_one_certificate_each,
    a_donor_who_begins_to_pay_again_meanwhile_keeps_the_order,
);

/// So many donations whose orders have been paid, and a minute later.
async fn paid_unheard_of(app: &App, count: usize) -> Vec<(String, OrderId)> {
    let mut paid = Vec::new();
    for _ in 0..count {
        let (id, order) = app.awaiting().await;
        app.gateway.pay(&order, Tenge::new(5000)).unwrap();
        paid.push((id, order));
    }
    app.clock.advance(TimeDelta::minutes(1));
    paid
}

/// Each donation is completed, and they have so many certificates between them and no more.
async fn all_have_one_certificate(app: &App, paid: &[(String, OrderId)]) {
    for (id, _) in paid {
        assert_eq!(app.shown(id).await["status"], "completed");
        assert!(app.kept(id).await.reviews.is_empty());
    }
    let number = |number: usize| format!("/api/certificates/TREE-2026-{number:06}");
    app.get(&number(paid.len())).await.expect(200);
    app.get(&number(paid.len() + 1)).await.problem(404, "not_found");
}

async fn of_several_servers_one_asks_about_each_order(app: App) {
    let paid = paid_unheard_of(&app, 13).await;
    let houses: Vec<_> = (0..4).map(|_| app.house()).collect();
    let rounds = join_all(houses.iter().map(reconcile_open_orders)).await;
    let sum = |of: fn(&application::ReconcileRound) -> u32| rounds.iter().flatten().map(of).sum::<u32>();
    assert_eq!((sum(|round| round.asked), sum(|round| round.settled), sum(|round| round.failed)), (13, 13, 0));
    assert_eq!(app.gateway.calls(Call::Order), 13);
    all_have_one_certificate(&app, &paid).await;
}

async fn a_webhook_that_overtakes_the_answer_brings_one_certificate(app: App) {
    let paid = paid_unheard_of(&app, 1).await;
    let (id, order) = &paid[0];
    let pause = Pause::new();
    app.gateway.next(Call::Order, Behaviour::Pause(pause.clone()));
    let house = app.house();
    let round = tokio::spawn(async move { reconcile_open_orders(&house).await });
    pause.reached().await;
    assert_eq!(app.ioka(&webhook::captured_as_the_gateway_says(id, order)).await.expect(200)["outcome"], "applied");
    pause.let_go();
    assert_eq!(round.await.unwrap().unwrap().settled, 1);
    all_have_one_certificate(&app, &paid).await;
}

async fn webhooks_and_answers_at_once_bring_one_certificate_each(app: App) {
    let paid = paid_unheard_of(&app, 12).await;
    let webhooks = paid.iter().map(|(id, order)| {
        let body = webhook::guide("payment.succeeded", (id, order.as_str()), 5000);
        app.guide(&body).into_future()
    });
    let house = app.house();
    let (round, answers) = join(reconcile_open_orders(&house), join_all(webhooks)).await;
    for answer in answers {
        answer.expect(200);
    }
    assert_eq!(round.unwrap().failed, 0);
    all_have_one_certificate(&app, &paid).await;
}

async fn a_donor_who_begins_to_pay_again_meanwhile_keeps_the_order(app: App) {
    let id = app.guest_donation().await;
    app.gateway.next(Call::CreateOrder, Behaviour::LoseRequest);
    app.pay(&id).await.problem(504, "gateway_timeout");
    app.clock.advance(TimeDelta::minutes(65));
    let pause = Pause::new();
    app.gateway.next(Call::OrderByExternalId, Behaviour::Pause(pause.clone()));
    let house = app.house();
    let round = tokio::spawn(async move { reconcile_open_orders(&house).await });
    pause.reached().await;
    let started = app.pay(&id).await.expect(200);
    pause.let_go();
    assert_eq!(round.await.unwrap().unwrap().settled, 0);
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["payment_order_id"]), (&"awaiting_payment".into(), &started["order_id"]));
}
