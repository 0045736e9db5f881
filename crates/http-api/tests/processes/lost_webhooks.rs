//! Ioka's webhooks never come, and the donation is completed all the same.

use diesel_store::testing::TestDatabase;
use ioka_simulator::{Options, Simulator, WebhookTarget};
use serde_json::{Value, json};

use crate::server::ServerProcess;

const WEBHOOK_KEY: &str = "0123456789abcdef0123456789abcdef";

async fn a_payment_that_no_webhook_tells_of_completes_the_donation(database: TestDatabase) {
    // Where they would go is of no matter: they are lost before.
    let webhook = WebhookTarget { url: "http://127.0.0.1:1/".to_owned(), key: Some(WEBHOOK_KEY.to_owned()) };
    let twin = Simulator::start(Options { workers: 1, webhook: Some(webhook), ..Options::default() }).await.unwrap();
    let control = |path: &str| reqwest::Client::new().post(format!("{}/_simulator/{path}", twin.base_url()));
    let lost = control("faults").json(&json!({ "kind": "webhook_lost", "times": 0 })).send().await.unwrap();
    assert!(lost.status().is_success(), "{}", lost.status());
    let settings = [
        ("DATABASE_URL", database.url()),
        ("IOKA_ENABLED", "true"),
        ("IOKA_API_KEY", twin.api_key()),
        ("IOKA_WEBHOOK_SECRET", WEBHOOK_KEY),
        ("IOKA_BASE_URL", twin.base_url()),
        ("RECONCILE_FIRST_AFTER_SECONDS", "1"),
        ("RECONCILE_EVERY_SECONDS", "1"),
    ];
    let mut server = ServerProcess::start(&settings, &[]).await;

    let donation = server.donate().await;
    let (status, started) = server.pay(&donation).await;
    assert_eq!((status, started["status"].as_str()), (200, Some("awaiting_payment")), "{started}");
    let order = started["order_id"].as_str().unwrap();
    let paid = control(&format!("orders/{order}/pay")).send().await.unwrap();
    assert!(paid.status().is_success(), "{}", paid.status());

    let completed = server.wait_for(&donation, "completed").await;
    assert_eq!(completed["payment_order_id"], order);
    let number = completed["certificate"]["number"].as_str().unwrap();
    let certificate: Value = server.get(&format!("/api/certificates/{number}")).await;
    assert_eq!(certificate["valid"], true, "{certificate}");
    assert_eq!(server.terminate().await.code(), Some(0), "it stops, whatever its workers are at");
}

#[tokio::test]
async fn a_payment_that_no_webhook_tells_of_completes_the_donation_on_sqlite() {
    a_payment_that_no_webhook_tells_of_completes_the_donation(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn a_payment_that_no_webhook_tells_of_completes_the_donation_on_postgres() {
    a_payment_that_no_webhook_tells_of_completes_the_donation(TestDatabase::postgres().await).await;
}
