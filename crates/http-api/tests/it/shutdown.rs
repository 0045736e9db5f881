//! Stopping without dropping anything.

use fake_gateway::{Behaviour, Call, Pause};

use crate::support::App;

on_both_databases!(what_is_in_flight_is_finished_and_nothing_new_is_taken_on, an_idle_server_stops);

async fn what_is_in_flight_is_finished_and_nothing_new_is_taken_on(app: App) {
    let id = app.guest_donation().await;
    let pause = Pause::new();
    app.gateway.next(Call::CreateOrder, Behaviour::PauseBefore(pause.clone()));
    let in_flight = tokio::spawn(app.pay(&id).into_future());
    pause.reached().await;

    let stopper = app.stopper();
    let stopping = tokio::spawn(async move { stopper.stop().await });
    // Until the drain has begun, requests are answered as ever.
    let refused = loop {
        let answer = app.get("/api/config").await;
        if answer.status != 200 {
            break answer;
        }
        tokio::task::yield_now().await;
    };
    refused.problem(503, "overloaded");
    assert!(refused.header("retry-after").is_some());
    for path in ["/health/ready", "/health"] {
        assert_eq!(app.get(path).await.expect(503)["status"], "draining");
    }
    app.get("/health/live").await.expect(200);
    app.pay(&id).await.problem(503, "overloaded");
    assert!(!in_flight.is_finished() && !stopping.is_finished());

    pause.let_go();
    assert_eq!(in_flight.await.unwrap().expect(200)["order_id"], app.gateway.orders()[0].id.as_str());
    stopping.await.unwrap();
    assert!(tokio::net::TcpStream::connect(app.address).await.is_err());
    let app = app.restarted();
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn an_idle_server_stops(app: App) {
    app.get("/health/live").await.expect(200);
    app.stopper().stop().await;
    assert!(tokio::net::TcpStream::connect(app.address).await.is_err());
}
