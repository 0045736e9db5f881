//! A request, and an answer that has been checked against what every answer promises.

use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::LazyLock;

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Client, Method};
use serde_json::Value;

use super::documented::Exchange;

/// One for all tests. It keeps no connection, because each test has a runtime of its own, which connections end with.
static CLIENT: LazyLock<Client> =
    LazyLock::new(|| Client::builder().no_proxy().redirect(Policy::none()).pool_max_idle_per_host(0).build().unwrap());

/// A request that is sent when it is awaited.
#[derive(Debug, Clone)]
pub struct Call {
    method: Method,
    url: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Call {
    pub fn new(method: Method, url: String) -> Self {
        Self { method, url, headers: HeaderMap::new(), body: Vec::new() }
    }

    /// Adds a header, beside others of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).unwrap();
        self.headers.append(name, HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub fn key(self, idempotency_key: &str) -> Self {
        self.header("idempotency-key", idempotency_key)
    }

    /// A JSON body.
    pub fn json(self, body: &Value) -> Self {
        self.text(&body.to_string())
    }

    /// A body that claims to be JSON.
    pub fn text(self, body: &str) -> Self {
        self.header("content-type", "application/json").bytes(body)
    }

    /// A body that claims nothing.
    pub fn bytes(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self
    }

    async fn send(self) -> Answer {
        let sent = self.body.clone();
        let request = CLIENT.request(self.method.clone(), &self.url).headers(self.headers).body(self.body);
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let path = response.url().path().to_owned();
        let answer = Answer { status, headers, body: response.bytes().await.unwrap().to_vec() };
        answer.keeps_the_conventions(&self.method, &path);
        let Answer { status, headers, body } = &answer;
        let (method, path, sent) = (&self.method, path.as_str(), sent.as_slice());
        Exchange { method, path, sent, status: *status, headers, body }.is_documented();
        answer
    }
}

impl IntoFuture for Call {
    type Output = Answer;
    type IntoFuture = Pin<Box<dyn Future<Output = Answer> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The header's text; nothing if it is not there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Every value of a header that may be there several times.
    pub fn every(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    /// The body of an answer of this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A success with nothing to say.
    #[track_caller]
    pub fn nothing(&self) {
        assert_eq!((self.status, self.text().as_str()), (204, ""));
    }

    /// The body of a problem of this status and code.
    #[track_caller]
    pub fn problem(&self, status: u16, code: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{problem}");
        problem
    }

    /// The fields of a 422 and what is wrong with each, as `field: code`, sorted.
    #[track_caller]
    pub fn wrong_fields(&self) -> Vec<String> {
        let problem = self.problem(422, "validation_failed");
        let errors = problem["errors"].as_array().unwrap();
        let mut wrong: Vec<String> = errors
            .iter()
            .map(|error| {
                assert!(!error["message"].as_str().unwrap().is_empty(), "{problem}");
                format!("{}: {}", error["field"].as_str().unwrap(), error["code"].as_str().unwrap())
            })
            .collect();
        wrong.sort();
        wrong
    }

    /// What the contract promises of every answer.
    fn keeps_the_conventions(&self, method: &Method, path: &str) {
        let request_id = self.header("x-request-id").unwrap_or_else(|| panic!("no X-Request-Id: {self:?}"));
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"), "{self:?}");
        assert!(self.header("content-security-policy").is_some(), "{self:?}");
        if *method == Method::HEAD {
            assert!(self.body.is_empty(), "{self:?}");
            return;
        }
        // A health page reports, and a page for people says it in their way; every other refusal is a problem.
        let page =
            !path.starts_with("/api/") && self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"));
        if self.status >= 400 && !path.starts_with("/health") && !page {
            assert_eq!(self.header("content-type"), Some("application/problem+json"), "{self:?}");
            let problem: Value = serde_json::from_slice(&self.body).unwrap();
            assert_eq!(problem["status"], self.status, "{problem}");
            // The first answer again is that of the first request, whose id it names.
            let replayed = self.header("idempotency-replayed").is_some();
            assert!(replayed || problem["request_id"] == request_id, "{problem}");
            assert_eq!(problem["success"], false, "{problem}");
            for text in ["type", "title", "detail", "code"] {
                assert!(problem[text].as_str().is_some_and(|text| !text.is_empty()), "{text}: {problem}");
            }
            assert_eq!(problem["code"] == "validation_failed", problem["errors"].is_array(), "{problem}");
        }
    }
}
