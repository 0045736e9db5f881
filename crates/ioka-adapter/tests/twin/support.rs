//! A twin, the adapter that speaks to it, and the hand on the twin's other side.

use std::time::Duration;

use chrono::DateTime;
use domain::ports::{NewOrder, ReturnUrls};
use domain::{ExternalId, OrderId, Tenge};
use ioka_adapter::{IokaConfig, IokaGateway};
use ioka_simulator::{ListMiss, Options, RunningSimulator, Simulator};
use serde_json::{Value, json};

pub struct Twin {
    pub running: RunningSimulator,
    pub gateway: IokaGateway,
    pub client: reqwest::Client,
}

impl Twin {
    pub async fn start() -> Self {
        Self::start_with(Options::default(), Duration::from_secs(20)).await
    }

    pub async fn with_empty_lists() -> Self {
        Self::start_with(Options { list_miss: ListMiss::Empty, ..Options::default() }, Duration::from_secs(20)).await
    }

    /// A twin, and an adapter that waits no longer than `timeout` for an answer.
    pub async fn start_with(options: Options, timeout: Duration) -> Self {
        let running = Simulator::start(Options { seed: Some(1), workers: 1, ..options }).await.unwrap();
        let config = IokaConfig::new(running.base_url().parse().unwrap(), running.api_key().into(), timeout);
        let gateway = IokaGateway::new(&config).unwrap();
        Self { running, gateway, client: reqwest::Client::new() }
    }

    /// Asks for misbehaviour.
    pub async fn fault(&self, fault: Value) {
        let answer = self.control("faults", fault).await;
        assert!(answer.status().is_success(), "{}", answer.text().await.unwrap());
    }

    /// Presses a button of the dashboard.
    pub async fn press(&self, order: &OrderId, button: &str) {
        let answer = self.control(&format!("orders/{order}/{button}"), json!({})).await;
        assert!(answer.status().as_u16() < 400, "{button}: {}", answer.text().await.unwrap());
    }

    pub async fn advance_clock(&self, seconds: u32) {
        self.control("clock", json!({ "advance_seconds": seconds })).await;
    }

    /// How many orders the twin has.
    pub async fn orders(&self) -> usize {
        let url = format!("{}/v2/orders?limit=100", self.running.base_url());
        let answer = self.client.get(url).header("API-KEY", self.running.api_key()).send().await.unwrap();
        answer.headers()["x-count"].to_str().unwrap().parse().unwrap()
    }

    async fn control(&self, path: &str, body: Value) -> reqwest::Response {
        let url = format!("{}/_simulator/{path}", self.running.base_url());
        self.client.post(url).json(&body).send().await.unwrap()
    }
}

pub fn new_order(name: &str) -> NewOrder {
    NewOrder {
        external_id: ExternalId::new(name),
        amount: Tenge::new(5000),
        description: "Ағаш отырғызу".to_owned(),
        due_at: DateTime::from_timestamp(4_102_444_800, 0).unwrap(),
        return_urls: ReturnUrls {
            success: "https://example.kz/s".to_owned(),
            failure: "https://example.kz/f".to_owned(),
            back: "https://example.kz/b".to_owned(),
        },
    }
}
