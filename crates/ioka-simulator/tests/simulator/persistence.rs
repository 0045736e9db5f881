//! The data file.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use ioka_simulator::{JournalError, Options, Simulator, StartError};
use serde_json::{Value, json};

use crate::support::{GOOD_CARD, Shop, frozen, shop_with};

fn kept(path: &Path) -> Options {
    Options { data: Some(path.to_owned()), api_key: Some("k".into()), ..frozen() }
}

async fn state(shop: &Shop) -> Value {
    let text = shop.get("/_simulator/state").await.text.replace(shop.ioka.base_url(), "http://ioka");
    serde_json::from_str(&text).unwrap()
}

async fn fill(shop: &Shop) -> String {
    let paid = shop.order(json!({ "amount": 500_000, "external_id": "one", "extra_info": { "b": 1, "a": [] } })).await;
    let card = json!({ "pan": GOOD_CARD, "exp": "12/26", "cvc": "123", "save": true });
    shop.post(&format!("/v2/orders/{paid}/payments/card"), card).await;
    shop.post(&format!("/v2/orders/{paid}/refunds"), json!({ "amount": 100_000, "external_id": "r" })).await;
    shop.order(json!({ "amount": 1_000, "due_date": "2026-01-15T12:00:00" })).await;
    shop.post("/v2/webhooks", json!({ "url": "http://127.0.0.1:9/x", "events": ["ORDER_EXPIRED"] })).await;
    shop.advance(3_600).await;
    paid
}

#[tokio::test]
async fn everything_is_there_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ioka.jsonl");
    let shop = shop_with(kept(&path)).await;
    let paid = fill(&shop).await;
    let idempotent = |shop: &Shop| {
        shop.request(reqwest::Method::POST, "/v2/orders").header("idempotency-key", "k").json(&json!({ "amount": 100 }))
    };
    let answer = shop.send(idempotent(&shop)).await.json();
    let before = state(&shop).await;
    shop.ioka.stop().await;
    let shop = shop_with(kept(&path)).await;
    assert_eq!(state(&shop).await, before);
    assert_eq!(shop.send(idempotent(&shop)).await.json()["order"]["id"], answer["order"]["id"]);
    let refunds = format!("/v2/orders/{paid}/refunds");
    shop.post(&refunds, json!({ "amount": 100, "external_id": "r" })).await.assert_refused(409, "RefundExists");
    shop.post("/v2/orders", json!({ "amount": 100, "external_id": "one" })).await.assert_refused(409, "OrderExists");
    shop.advance(2 * 3_600).await;
    assert_eq!(shop.get("/v2/orders?order_status=EXPIRED").await.header("x-count"), "1", "timers are set again");
    let new = shop.order(json!({ "amount": 100 })).await;
    assert!(before["orders"].as_array().unwrap().iter().all(|order| order["id"] != json!(new)), "ids are not reused");
}

#[tokio::test]
async fn a_line_cut_off_at_the_end_is_dropped_and_one_in_the_middle_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ioka.jsonl");
    let shop = shop_with(kept(&path)).await;
    fill(&shop).await;
    let before = state(&shop).await;
    shop.ioka.stop().await;
    let mut file = std::fs::OpenOptions::new().append(true).open(&path).unwrap();
    file.write_all(b"{\"order\":{\"id\":\"ord_torn").unwrap();
    let shop = shop_with(kept(&path)).await;
    assert_eq!(state(&shop).await, before);
    shop.ioka.stop().await;
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, format!("nonsense\n{text}")).unwrap();
    let refused = Simulator::start(kept(&path)).await;
    assert!(matches!(refused, Err(StartError::Data(JournalError::Line { line: 1, .. }))), "{refused:?}");
}

/// The program itself, with its address.
fn program(path: &Path) -> (Child, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_ioka-simulator"))
        .args(["--listen", "127.0.0.1:0", "--api-key", "k", "--workers", "1", "--data"])
        .arg(path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let address = lines.map(Result::unwrap).find_map(|line| line.trim().strip_prefix("dashboard").map(str::to_owned));
    (child, address.unwrap().trim().trim_end_matches('/').to_owned())
}

#[tokio::test]
async fn what_was_answered_survives_a_kill() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ioka.jsonl");
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let (mut child, base) = program(&path);
    for number in 0..50 {
        let body = json!({ "amount": 1_000, "external_id": format!("don-{number}") });
        let answer = client.post(format!("{base}/v2/orders")).header("API-KEY", "k").json(&body).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 201);
    }
    // On Unix this is SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
    let (mut child, base) = program(&path);
    let list = client.get(format!("{base}/v2/orders")).header("API-KEY", "k").send().await.unwrap();
    assert_eq!(list.headers()["x-count"], "50");
    child.kill().unwrap();
    child.wait().unwrap();
}
