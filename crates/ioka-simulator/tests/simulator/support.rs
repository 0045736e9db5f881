//! A client that knows nothing but HTTP and JSON.

use std::time::Duration;

use ioka_simulator::{Options, RunningSimulator, Simulator};
use reqwest::{Client, Method, RequestBuilder, Response, StatusCode};
use serde_json::{Value, json};

/// A running simulator and a client with its key.
pub struct Shop {
    pub ioka: RunningSimulator,
    pub client: Client,
}

/// An answer, read whole.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    pub async fn read(response: Response) -> Self {
        let (status, headers) = (response.status(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Checks status and code of a refusal, and that it has no keys but `code` and `message`.
    pub fn assert_refused(&self, status: u16, code: &str) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text);
        let body = self.json();
        assert_eq!(body["code"], code, "{body}");
        assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
        let keys = body.as_object().unwrap().len();
        assert_eq!(keys, if code == "PaymentStarted" { 3 } else { 2 }, "{body}");
    }
}

pub async fn shop() -> Shop {
    shop_with(Options::default()).await
}

/// A shop whose clock stands still at 15 January 2026, 09:30 UTC, and whose ids come from seed 1.
pub async fn frozen_shop() -> Shop {
    shop_with(frozen()).await
}

pub fn frozen() -> Options {
    Options { seed: Some(1), start_time: Some("2026-01-15T09:30:00".into()), ..Options::default() }
}

pub async fn shop_with(options: Options) -> Shop {
    let ioka = Simulator::start(Options { workers: 1, ..options }).await.unwrap();
    let client = Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(Duration::from_secs(20))
        .build()
        .unwrap();
    Shop { ioka, client }
}

impl Shop {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.ioka.base_url())
    }

    /// A request without a key.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path).header("API-KEY", self.ioka.api_key())
    }

    pub async fn send(&self, request: RequestBuilder) -> Answer {
        Answer::read(request.send().await.unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::POST, path).json(&body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.send(self.request(Method::PATCH, path).json(&body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.send(self.request(Method::DELETE, path)).await
    }

    /// Makes an order and returns its id.
    pub async fn order(&self, body: Value) -> String {
        let answer = self.post("/v2/orders", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
        answer.json()["order"]["id"].as_str().unwrap().to_owned()
    }

    /// Pays with one of the documented cards (CVC 123, 12/26).
    pub async fn pay(&self, order_id: &str, pan: &str) -> Answer {
        let card = json!({ "pan": pan, "exp": "12/26", "cvc": "123" });
        self.post(&format!("/v2/orders/{order_id}/payments/card"), card).await
    }

    /// An order of 5 000 ₸ that is paid.
    pub async fn paid_order(&self) -> String {
        let id = self.order(json!({ "amount": 500_000 })).await;
        assert_eq!(self.pay(&id, GOOD_CARD).await.json()["status"], "CAPTURED");
        id
    }

    pub async fn order_status(&self, id: &str) -> String {
        self.get(&format!("/v2/orders/{id}")).await.json()["status"].as_str().unwrap().to_owned()
    }

    pub async fn fault(&self, body: Value) {
        let answer = self.post("/_simulator/faults", body).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    }

    pub async fn advance(&self, seconds: u32) {
        let answer = self.post("/_simulator/clock", json!({ "advance_seconds": seconds })).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    }

    pub async fn deliveries(&self) -> Vec<Value> {
        serde_json::from_str(&self.get("/_simulator/deliveries").await.text).unwrap()
    }

    /// Waits until every delivery is delivered, given up or lost, and returns them.
    pub async fn settled_deliveries(&self, count: usize) -> Vec<Value> {
        let mut pause = tokio::time::interval(Duration::from_millis(10));
        for _ in 0..1_000 {
            pause.tick().await;
            let deliveries = self.deliveries().await;
            let settled = deliveries.iter().filter(|delivery| delivery["state"] != "waiting").count();
            if settled == deliveries.len() && settled >= count {
                return deliveries;
            }
        }
        panic!("the deliveries did not settle: {:?}", self.deliveries().await);
    }
}

/// Mastercard, paid without 3-D Secure.
pub const GOOD_CARD: &str = "5555555555555599";
/// Visa, paid after 3-D Secure.
pub const THREE_DS_CARD: &str = "4111111111111111";
/// Visa, not enough money.
pub const POOR_CARD: &str = "4444444411111111";

/// Checks that the JSON object has exactly these keys, in this order, by their places in the text.
pub fn assert_keys(text: &str, keys: &[&str]) {
    let object: serde_json::Map<String, Value> = serde_json::from_str(text).unwrap();
    let mut found: Vec<&str> = object.keys().map(String::as_str).collect();
    let mut wanted = keys.to_vec();
    found.sort_unstable();
    wanted.sort_unstable();
    assert_eq!(found, wanted);
    let mut from = 0;
    for key in keys {
        let place =
            text[from..].find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is out of order: {text}"));
        from += place + 1;
    }
}

/// Checks that a value is a date as Ioka writes it: microseconds, no offset.
pub fn assert_date(value: &Value) {
    let text = value.as_str().unwrap_or_else(|| panic!("{value} is no date"));
    let shape: String = text.chars().map(|one| if one.is_ascii_digit() { '0' } else { one }).collect();
    assert_eq!(shape, "0000-00-00T00:00:00.000000", "{text}");
}

/// Checks an id: the prefix and ten letters or digits.
pub fn assert_id(value: &Value, prefix: &str) {
    let id = value.as_str().unwrap_or_else(|| panic!("{value} is no id"));
    let rest = id.strip_prefix(prefix).unwrap_or_else(|| panic!("{id} does not start with {prefix}"));
    assert!(rest.len() == 10 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric()), "{id}");
}
