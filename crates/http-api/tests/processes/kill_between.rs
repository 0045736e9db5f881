//! `kill -9` between Ioka's making an order and our storing it.

use std::net::SocketAddr;

use diesel_store::testing::TestDatabase;
use ioka_simulator::{Options, RunningSimulator, Simulator, WebhookTarget};
use serde_json::Value;

use crate::proxy::Proxy;
use crate::server::ServerProcess;

const WEBHOOK_KEY: &str = "0123456789abcdef0123456789abcdef";

async fn twin(webhook: Option<WebhookTarget>) -> RunningSimulator {
    Simulator::start(Options { workers: 1, webhook, ..Options::default() }).await.unwrap()
}

async fn start(database: &TestDatabase, twin: &RunningSimulator, base_url: &str) -> ServerProcess {
    let settings = [
        ("DATABASE_URL", database.url()),
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", twin.api_key()),
        ("IOKA_WEBHOOK_SECRET", WEBHOOK_KEY),
        ("IOKA_BASE_URL", base_url),
        ("GATEWAY_TIMEOUT_MS", "60000"),
    ];
    ServerProcess::start(&settings, &[]).await
}

async fn orders(twin: &RunningSimulator) -> Vec<Value> {
    let url = format!("{}/v2/orders?limit=100", twin.base_url());
    let answer = reqwest::Client::new().get(url).header("API-KEY", twin.api_key()).send().await.unwrap();
    answer.json().await.unwrap()
}

async fn the_next_call_finds_the_order_that_a_killed_server_made(database: TestDatabase) {
    let twin = twin(None).await;
    let network = Proxy::start(twin.address()).await;
    let mut server = start(&database, &twin, &network.url()).await;
    let donation = server.donate().await;

    network.hold_answers();
    let call = tokio::spawn(
        reqwest::Client::new().post(format!("{}/api/guest-donations/{donation}/payment", server.url)).send(),
    );
    network.answer_held().await;
    server.kill().await;
    assert!(call.await.unwrap().is_err(), "the donor heard nothing");
    network.let_go();
    let made = orders(&twin).await;
    assert_eq!(made.len(), 1, "Ioka had made the order");

    let server = start(&database, &twin, &network.url()).await;
    assert_eq!(server.get(&format!("/api/guest-donations/{donation}")).await["status"], "pending");
    let (status, started) = server.pay(&donation).await;
    assert_eq!((status, &started["order_id"]), (200, &made[0]["id"]), "{started}");
    assert_eq!(started["status"], "awaiting_payment");
    assert_eq!(orders(&twin).await.len(), 1);
    assert_eq!(server.pay(&donation).await.1["checkout_url"], started["checkout_url"]);
}

#[tokio::test]
async fn the_next_call_finds_the_order_that_a_killed_server_made_on_sqlite() {
    the_next_call_finds_the_order_that_a_killed_server_made(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn the_next_call_finds_the_order_that_a_killed_server_made_on_postgres() {
    the_next_call_finds_the_order_that_a_killed_server_made(TestDatabase::postgres().await).await;
}

/// The order is paid before our own call has returned: the webhook comes first, to a server that has no answer yet.
async fn a_webhook_that_overtakes_the_answer_is_not_lost(database: TestDatabase) {
    // The webhook's address is known before the server is: a second network leads to wherever it listens.
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let way_in: SocketAddr = listener.local_addr().unwrap();
    let url = format!("http://{way_in}/api/webhooks/ioka");
    let twin = twin(Some(WebhookTarget { url, key: Some(WEBHOOK_KEY.to_owned()) })).await;
    let network = Proxy::start(twin.address()).await;
    let server = start(&database, &twin, &network.url()).await;
    let inside = server.url.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((mut outer, _)) = listener.accept().await {
            let mut inner = tokio::net::TcpStream::connect(&inside).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut outer, &mut inner).await });
        }
    });

    let donation = server.donate().await;
    network.hold_answers();
    let call = tokio::spawn(
        reqwest::Client::new().post(format!("{}/api/guest-donations/{donation}/payment", server.url)).send(),
    );
    network.answer_held().await;
    let order = orders(&twin).await[0]["id"].as_str().unwrap().to_owned();
    let pay = format!("{}/_simulator/orders/{order}/pay", twin.base_url());
    assert!(reqwest::Client::new().post(pay).send().await.unwrap().status().as_u16() < 400);
    let completed = server.wait_for(&donation, "completed").await;
    assert_eq!(completed["payment_order_id"], order.as_str());

    network.let_go();
    let answer: Value = call.await.unwrap().unwrap().json().await.unwrap();
    assert_eq!(answer["order_id"], order.as_str(), "{answer}");
    assert_eq!(server.get(&format!("/api/guest-donations/{donation}")).await["status"], "completed");
}

#[tokio::test]
async fn a_webhook_that_overtakes_the_answer_is_not_lost_on_sqlite() {
    a_webhook_that_overtakes_the_answer_is_not_lost(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn a_webhook_that_overtakes_the_answer_is_not_lost_on_postgres() {
    a_webhook_that_overtakes_the_answer_is_not_lost(TestDatabase::postgres().await).await;
}
