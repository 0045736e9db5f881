//! Spans, and a collector that gets them: a small HTTP server that takes what it is sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};

use crate::server::{PATIENCE, ServerProcess};

/// The caller's trace, and its span in it.
const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const PARENT: &str = "00f067aa0ba902b7";

/// What a collector was sent.
#[derive(Default)]
struct Collected(Mutex<Vec<Value>>);

impl Collected {
    fn spans(&self) -> Vec<Value> {
        let requests = self.0.lock().unwrap();
        let parts = |value: &Value, name: &str| value[name].as_array().cloned().unwrap_or_default();
        let resources = requests.iter().flat_map(|request| parts(request, "resourceSpans"));
        let scopes = resources.flat_map(|resource| parts(&resource, "scopeSpans"));
        scopes.flat_map(|scope| parts(&scope, "spans")).collect()
    }

    fn everything(&self) -> String {
        self.0.lock().unwrap().iter().map(Value::to_string).collect()
    }

    /// The spans of this trace, once there are those that are wanted.
    async fn spans_of_trace(&self, wanted: &[&str]) -> Vec<Value> {
        let all = async {
            let mut pause = tokio::time::interval(Duration::from_millis(50));
            loop {
                pause.tick().await;
                let mut spans = self.spans();
                spans.retain(|span| span["traceId"] == TRACE);
                if wanted.iter().all(|name| spans.iter().any(|span| span["name"] == *name)) {
                    return spans;
                }
            }
        };
        tokio::time::timeout(PATIENCE, all).await.unwrap()
    }
}

async fn take(stream: TcpStream, collected: Arc<Collected>) -> std::io::Result<()> {
    let mut stream = BufStream::new(stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        let mut path = String::new();
        while stream.read_line(&mut line).await? > 0 && !line.trim().is_empty() {
            if let Some(target) = line.strip_prefix("POST ") {
                path = target.split(' ').next().unwrap().to_owned();
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse().unwrap();
            }
            line.clear();
        }
        if path.is_empty() {
            return Ok(());
        }
        assert_eq!(path, "/v1/traces");
        let mut body = vec![0; length];
        stream.read_exact(&mut body).await?;
        collected.0.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
        let answer = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
        stream.write_all(answer).await?;
        stream.flush().await?;
    }
}

async fn collector() -> (String, Arc<Collected>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let collected = Arc::new(Collected::default());
    let kept = collected.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(take(stream, kept.clone()));
        }
    });
    (address, collected)
}

/// One call of a caller that has a trace of its own.
async fn traced(server: &ServerProcess, path: &str, body: &Value) -> Value {
    let call = reqwest::Client::new()
        .post(format!("{}{path}", server.url))
        .header("traceparent", format!("00-{TRACE}-{PARENT}-01"))
        .json(body);
    let answer = call.send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.status());
    answer.json().await.unwrap()
}

async fn a_donation(server: &ServerProcess) -> String {
    let body = json!({"amount": 5000, "donor_name": "Телеметрия", "donor_email": "secret-address@example.com"});
    let id = traced(server, "/api/guest-donations", &body).await["id"].as_str().unwrap().to_owned();
    traced(server, &format!("/api/guest-donations/{id}/payment"), &json!({})).await;
    server.wait_for(&id, "completed").await;
    id
}

#[tokio::test]
async fn one_donations_way_is_seen_by_the_collector_and_nothing_private_is() {
    let (address, collected) = collector().await;
    let mut server = ServerProcess::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &address)], &[]).await;
    let id = a_donation(&server).await;
    let wanted = ["POST /api/guest-donations", "create_donation", "start_payment", "gateway create_order"];
    let spans = collected.spans_of_trace(&wanted).await;
    let named = |name: &str| spans.iter().find(|span| span["name"] == name).unwrap();
    assert_eq!(named("POST /api/guest-donations")["parentSpanId"], PARENT, "it goes on with the caller's trace");
    assert_eq!(named("create_donation")["parentSpanId"], named("POST /api/guest-donations")["spanId"]);
    assert_eq!(named("gateway create_order")["parentSpanId"], named("start_payment")["spanId"]);
    let attributes = named("start_payment")["attributes"].to_string();
    assert!(attributes.contains(&id), "{attributes}");
    assert!(named("POST /api/guest-donations")["attributes"].to_string().contains("201"));

    assert!(server.terminate().await.success());
    let log = server.log.lock().unwrap().clone();
    let captured = log.iter().find(|line| line.contains("payment.captured")).unwrap();
    let captured: Value = serde_json::from_str(captured).unwrap();
    assert_eq!((&captured["span"]["name"], &captured["span"]["trace_id"]), (&json!("request"), &json!(TRACE)));
    let everything = collected.everything();
    for private in ["secret-address", "Телеметрия", "example.com"] {
        assert!(!everything.contains(private), "{private}");
    }
}

#[tokio::test]
async fn a_collector_that_is_not_there_or_never_answers_hinders_nobody() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = |listener: &TcpListener| format!("http://{}", listener.local_addr().unwrap());
    let addresses = [address(&silent), address(&gone)];
    drop(gone);
    for address in addresses {
        let mut server = ServerProcess::start(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &address)], &[]).await;
        for _ in 0..3 {
            a_donation(&server).await;
        }
        assert!(server.terminate().await.success());
    }
}
