//! One HTTP client for the process: sends a call, reads a bounded answer, and leaves one line in the log.

use std::error::Error;
use std::time::{Duration, Instant};

use reqwest::header::{ACCEPT, HeaderValue};
use reqwest::{Method, Response, StatusCode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use url::Url;

use crate::config::{IokaConfig, IokaConfigError};
use crate::failure::Failure;
use crate::wire::{IokaError, place, short};

/// No answer that we ask for comes near this.
const LARGEST_ANSWER: usize = 1024 * 1024;
const LONGEST_CONNECT: Duration = Duration::from_secs(5);
/// Shorter than the patience of the usual load balancer, so that we are the one to close.
const LONGEST_IDLE: Duration = Duration::from_secs(30);

/// Ioka over HTTP.
pub(crate) struct IokaClient {
    http: reqwest::Client,
    root: Url,
    api_key: HeaderValue,
}

/// One call: which, about what, and its parts.
#[derive(Default)]
pub(crate) struct Call<'a> {
    /// Its name in the log.
    pub name: &'static str,
    /// What stands after `/v2`, unescaped.
    pub path: &'a [&'a str],
    /// Name and value pairs, unescaped.
    pub query: &'a [(&'a str, &'a str)],
    /// The order's id, for the log.
    pub order_id: Option<&'a str>,
    /// Our name for the order or refund, for the log.
    pub external_id: Option<&'a str>,
}

/// What Ioka answered, whatever it means.
pub(crate) struct Answer {
    call: &'static str,
    status: StatusCode,
    trace_id: Option<String>,
    /// How long the whole list is of which this answer is a page.
    list_length: Option<u64>,
    code: Option<String>,
    body: Vec<u8>,
}

impl IokaClient {
    pub(crate) fn new(config: &IokaConfig) -> Result<Self, IokaConfigError> {
        if config.timeout.is_zero() {
            return Err(IokaConfigError::Timeout);
        }
        let (root, api_key) = (config.api_root()?, config.api_key_header()?);
        let mut http = reqwest::Client::builder()
            .user_agent(concat!("donations/", env!("CARGO_PKG_VERSION")))
            .timeout(config.timeout)
            // Shorter than the whole, so that a machine that cannot be reached is told from one that does not answer.
            .connect_timeout((config.timeout / 2).min(LONGEST_CONNECT))
            // A connection that the other side has dropped unnoticed must not swallow one call after the other.
            .pool_idle_timeout(LONGEST_IDLE)
            .http2_keep_alive_interval(LONGEST_CONNECT)
            .http2_keep_alive_timeout(LONGEST_CONNECT)
            // A redirect would carry the key to wherever it points.
            .redirect(reqwest::redirect::Policy::none())
            // The caller decides what is repeated.
            .retry(reqwest::retry::never())
            .no_proxy();
        if root.scheme() == "http" {
            // Nothing will be checked against the machine's root certificates, so it need not have any.
            http = http.tls_certs_only([]);
        }
        let http = http.build().map_err(|error| IokaConfigError::Client(describe(error)))?;
        Ok(Self { http, root, api_key })
    }

    /// Asks for something.
    pub(crate) async fn get(&self, call: Call<'_>) -> Result<Answer, Failure> {
        let request = self.request(Method::GET, &call)?;
        self.send(request, &call).await
    }

    /// Has something done.
    pub(crate) async fn post(&self, call: Call<'_>, body: &(impl Serialize + Sync)) -> Result<Answer, Failure> {
        let request = self.request(Method::POST, &call)?.json(body);
        self.send(request, &call).await
    }

    fn request(&self, method: Method, call: &Call<'_>) -> Result<reqwest::RequestBuilder, Failure> {
        let mut url = self.root.clone();
        if let Ok(mut path) = url.path_segments_mut() {
            for segment in call.path {
                // An empty or dotted segment would make another call of it.
                if matches!(*segment, "" | "." | "..") {
                    return Err(Failure::Unsendable(format!("{}: {segment:?} is no id", call.name)));
                }
                path.push(segment);
            }
        }
        if !call.query.is_empty() {
            url.query_pairs_mut().extend_pairs(call.query);
        }
        Ok(self.http.request(method, url).header("API-KEY", self.api_key.clone()).header(ACCEPT, "application/json"))
    }

    async fn send(&self, request: reqwest::RequestBuilder, call: &Call<'_>) -> Result<Answer, Failure> {
        let started = Instant::now();
        let result = match request.send().await {
            Ok(response) => Answer::read(call.name, response).await,
            Err(error) => Err(failure(call.name, error)),
        };
        log(call, &result, started.elapsed());
        result
    }
}

impl Answer {
    async fn read(call: &'static str, mut response: Response) -> Result<Self, Failure> {
        let status = response.status();
        let trace_id = response.headers().get("x-trace-id").and_then(|id| id.to_str().ok());
        let trace_id = trace_id.map(short);
        let list_length = response.headers().get("x-count").and_then(|count| count.to_str().ok()?.parse().ok());
        let mut answer = Self { call, status, trace_id, list_length, code: None, body: Vec::new() };
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if answer.body.len() + chunk.len() <= LARGEST_ANSWER => {
                    answer.body.extend_from_slice(&chunk);
                }
                Ok(Some(_)) => return Err(answer.unusable("is larger than 1 MiB")),
                Ok(None) => break,
                // The status says enough; its body would only have named a code.
                Err(_) if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() => break,
                Err(error) => return Err(failure(call, error)),
            }
        }
        if !status.is_success() {
            let error: Option<IokaError> = serde_json::from_slice(&answer.body).ok();
            answer.code = error.and_then(|error| error.code).map(|code| short(&code));
        }
        Ok(answer)
    }

    /// The answer's JSON, if Ioka reports success.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        if !self.status.is_success() {
            return Err(self.refusal());
        }
        serde_json::from_slice(&self.body)
            .map_err(|error| self.unusable(&format!("is not the JSON we know ({})", place(&error))))
    }

    /// The answer's JSON; `None` if Ioka says that there is no such thing. A 404 without a code of Ioka's is not its word:
    /// it comes from something in between, or from a wrong address.
    pub(crate) fn json_if_found<T: DeserializeOwned>(&self) -> Result<Option<T>, Failure> {
        if self.status == StatusCode::NOT_FOUND && self.code.is_some() {
            return Ok(None);
        }
        self.json().map(Some)
    }

    /// Ioka's code of a failed call.
    pub(crate) fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// How long the whole list is of which this answer is a page, if Ioka says so.
    pub(crate) const fn list_length(&self) -> Option<u64> {
        self.list_length
    }

    pub(crate) const fn status(&self) -> StatusCode {
        self.status
    }

    /// A success that we cannot use, and why not.
    pub(crate) fn unusable(&self, why: &str) -> Failure {
        Failure::Unusable(format!("{}: the answer {why}{}", self.call, self.trace()))
    }

    fn refusal(&self) -> Failure {
        let key = match self.status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => " (the API key was refused)",
            _ => "",
        };
        let code = self.code().map_or_else(|| " without a code".to_owned(), |code| format!(" {code}"));
        let text = format!("{}: HTTP {}{code}{key}{}", self.call, self.status.as_u16(), self.trace());
        Failure::Status(self.status, text)
    }

    fn trace(&self) -> String {
        self.trace_id.as_ref().map_or_else(String::new, |id| format!(", trace {id}"))
    }
}

fn failure(call: &str, error: reqwest::Error) -> Failure {
    let kind = match () {
        () if error.is_builder() => Failure::Unsendable,
        () if error.is_connect() => Failure::NotConnected,
        () if error.is_timeout() => Failure::TimedOut,
        () => Failure::Cut,
    };
    kind(format!("{call}: {}", describe(error)))
}

/// The error and its causes in one line, without the address, which names an order.
fn describe(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}

fn log(call: &Call<'_>, result: &Result<Answer, Failure>, took: Duration) {
    let duration_ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    let Call { name, order_id, external_id, .. } = call;
    match result {
        Ok(Answer { status, trace_id, code, .. }) => {
            let status = status.as_u16();
            // 404 and 409 are answers to a question.
            if matches!(status, 200..=299 | 404 | 409) {
                tracing::info!(
                    gateway.call = name,
                    order.id = order_id,
                    order.external_id = external_id,
                    http.status = status,
                    ioka.code = code.as_deref(),
                    ioka.trace_id = trace_id.as_deref(),
                    duration_ms,
                    "asked Ioka"
                );
            } else {
                tracing::warn!(
                    gateway.call = name,
                    order.id = order_id,
                    order.external_id = external_id,
                    http.status = status,
                    ioka.code = code.as_deref(),
                    ioka.trace_id = trace_id.as_deref(),
                    duration_ms,
                    "Ioka answered with an error"
                );
            }
        }
        Err(failure) => tracing::warn!(
            gateway.call = name,
            order.id = order_id,
            order.external_id = external_id,
            duration_ms,
            ?failure,
            "no usable answer from Ioka"
        ),
    }
}
