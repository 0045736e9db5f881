//! Many at once.

use fake_gateway::{Behaviour, Call, Pause};
use futures_util::future::join_all;

use crate::support::App;

on_both_databases!(
    fifty_starts_at_once_make_one_order_and_get_one_answer,
    fifty_retries_at_once_get_the_one_order,
    starts_that_overtake_a_slow_first_one_get_the_same_order,
    starting_and_cancelling_at_once_leaves_one_order,
);

async fn fifty_starts_at_once_make_one_order_and_get_one_answer(app: App) {
    let id = app.guest_donation().await;
    let answers = join_all((0..50).map(|_| app.pay(&id).into_future())).await;
    let first = answers[0].expect(200);
    for answer in &answers {
        assert_eq!(answer.expect(200), first);
    }
    let orders = app.gateway.orders();
    assert_eq!(orders.len(), 1);
    assert_eq!(first["order_id"], orders[0].id.as_str());
    assert_eq!(app.kept(&id).await.attempts.len(), 1);
}

async fn fifty_retries_at_once_get_the_one_order(app: App) {
    let (id, order) = app.awaiting().await;
    app.post(&format!("/api/guest-donations/{id}/cancel")).await.expect(200);
    let answers = join_all((0..50).map(|_| app.pay(&id).into_future())).await;
    for answer in answers {
        assert_eq!(answer.expect(200)["order_id"], order.as_str());
    }
    assert_eq!(app.gateway.orders().len(), 1);
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn starts_that_overtake_a_slow_first_one_get_the_same_order(app: App) {
    let id = app.guest_donation().await;
    let pause = Pause::new();
    app.gateway.next(Call::CreateOrder, Behaviour::Pause(pause.clone()));
    let slow = tokio::spawn(app.pay(&id).into_future());
    pause.reached().await;
    let overtaking = app.pay(&id).await.expect(200);
    pause.let_go();
    assert_eq!(slow.await.unwrap().expect(200), overtaking);
    assert_eq!(app.gateway.orders().len(), 1);
}

async fn starting_and_cancelling_at_once_leaves_one_order(app: App) {
    let id = app.guest_donation().await;
    let cancel = format!("/api/guest-donations/{id}/cancel");
    let calls = (0..20).map(|n| if n % 4 == 0 { app.post(&cancel) } else { app.pay(&id) });
    for answer in join_all(calls.map(IntoFuture::into_future)).await {
        assert!([200, 409].contains(&answer.status), "{answer:?}");
    }
    let orders = app.gateway.orders();
    assert_eq!(orders.len(), 1);
    assert_eq!(app.pay(&id).await.expect(200)["order_id"], orders[0].id.as_str());
    assert_eq!(app.gateway.orders().len(), 1);
}
