//! The same seed and the same calls; scenario files; reset.

use std::path::Path;

use ioka_simulator::{Options, Simulator, StartError};
use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::support::{GOOD_CARD, POOR_CARD, Shop, THREE_DS_CARD, frozen, shop_with};

/// Some calls, and all the texts they were answered with.
async fn play(shop: &Shop) -> Vec<String> {
    let mut texts = Vec::new();
    let created = shop.post("/v2/orders", json!({ "amount": 1_000, "external_id": "one" })).await;
    texts.push(created.text.clone());
    let id = created.json()["order"]["id"].as_str().unwrap().to_owned();
    shop.fault(json!({ "kind": "error", "status": 500 })).await;
    for pan in [POOR_CARD, POOR_CARD, THREE_DS_CARD, GOOD_CARD] {
        texts.push(shop.pay(&id, pan).await.text);
    }
    shop.advance(3_600).await;
    texts.push(shop.pay(&id, GOOD_CARD).await.text);
    texts.push(shop.post(&format!("/v2/orders/{id}/refunds"), json!({ "amount": 500 })).await.text);
    texts.push(shop.post("/v2/customers", json!({})).await.text);
    texts.push(shop.get("/_simulator/state").await.text);
    texts
}

fn without_port(text: &str, shop: &Shop) -> String {
    text.replace(shop.ioka.base_url(), "http://ioka")
}

#[tokio::test]
async fn the_same_seed_and_calls_give_the_same_answers() {
    let (one, two) = (shop_with(frozen()).await, shop_with(frozen()).await);
    let (texts_one, texts_two) = (play(&one).await, play(&two).await);
    for (left, right) in texts_one.iter().zip(&texts_two) {
        assert_eq!(without_port(left, &one), without_port(right, &two));
    }
    let other = shop_with(Options { seed: Some(2), ..frozen() }).await;
    assert_ne!(without_port(&texts_one[0], &one), without_port(&play(&other).await[0], &other));
}

#[tokio::test]
async fn a_reset_starts_over_with_the_same_ids() {
    let receiver = Receiver::start().await;
    let shop = shop_with(crate::webhooks::to(&receiver)).await;
    let first = play(&shop).await;
    shop.fault(json!({ "kind": "error", "status": 500, "times": 0 })).await;
    let answer = shop.post("/_simulator/reset", json!({})).await;
    assert_eq!(answer.status.as_u16(), 204);
    assert_eq!(shop.get("/_simulator/faults").await.json(), json!([]));
    assert_eq!(shop.get("/v2/orders").await.header("x-count"), "0");
    assert_eq!(play(&shop).await, first);
    assert_eq!(shop.get("/v2/webhooks").await.json()[0]["url"], json!(receiver.url));
}

#[tokio::test]
async fn every_scenario_of_the_repository_starts() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let scenario = Some(entry.unwrap().path());
        let shop = shop_with(Options { scenario, ..Options::default() }).await;
        assert_ne!(shop.get("/_simulator/faults").await.json(), json!([]));
        count += 1;
    }
    assert!(count >= 3);
}

#[tokio::test]
async fn a_scenario_brings_seed_time_receivers_and_faults() {
    let receiver = Receiver::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bad-day.toml");
    let text = format!(
        "description = \"A bad day\"\nseed = 5\nstart_time = \"2026-02-01T00:00:00\"\n\
         [[webhooks]]\nurl = \"{}\"\nkey = \"k\"\nevents = [\"PAYMENT_DECLINED\"]\n\
         [[faults]]\nkind = \"error\"\nstatus = 503\ntimes = 1\nmatch = {{ method = \"GET\", path = \"/v2/orders\" }}\n",
        receiver.url
    );
    std::fs::write(&path, text).unwrap();
    let shop = shop_with(Options { scenario: Some(path), ..Options::default() }).await;
    assert_eq!(shop.ioka.seed(), 5);
    assert_eq!(shop.get("/_simulator/clock").await.json()["now"], "2026-02-01T00:00:00.000000");
    let order = shop.order(json!({ "amount": 1_000 })).await;
    shop.get("/v2/orders").await.assert_refused(503, "ServiceUnavailable");
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    receiver.wait_for(1).await;
    let events: Vec<Value> = shop.settled_deliveries(1).await.iter().map(|one| one["event"].clone()).collect();
    assert_eq!(events, ["PAYMENT_DECLINED"]);
}

#[tokio::test]
async fn what_cannot_start_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.json");
    std::fs::write(&path, "{\"faults\":[{\"kind\":\"meteor\"}]}").unwrap();
    let bad_fault = Simulator::start(Options { scenario: Some(path.clone()), ..Options::default() }).await;
    assert!(matches!(bad_fault, Err(StartError::Fault(_))), "{bad_fault:?}");
    std::fs::write(&path, "{\"surprise\":1}").unwrap();
    let malformed = Simulator::start(Options { scenario: Some(path), ..Options::default() }).await;
    assert!(matches!(malformed, Err(StartError::Scenario(_))), "{malformed:?}");
    let no_time = Simulator::start(Options { start_time: Some("noon".into()), ..Options::default() }).await;
    assert!(matches!(no_time, Err(StartError::StartTime(_))), "{no_time:?}");
    let first = Simulator::start(Options::default()).await.unwrap();
    let taken = Simulator::start(Options { listen: first.address(), ..Options::default() }).await;
    assert!(matches!(taken, Err(StartError::Listen { .. })), "{taken:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulator_stops_and_frees_its_port() {
    let ioka = Simulator::start(Options::default()).await.unwrap();
    let address = ioka.address();
    ioka.stop().await;
    let again = Simulator::start(Options { listen: address, ..Options::default() }).await.unwrap();
    assert_eq!(again.address(), address);
}

#[actix_web::test]
async fn a_simulator_runs_inside_an_actix_program() {
    let shop = shop_with(Options::default()).await;
    shop.paid_order().await;
    shop.ioka.stop().await;
}
