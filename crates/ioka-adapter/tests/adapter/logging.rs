//! One line a call, with what an operator looks for and nothing that must not be there.

use std::io::Write;
use std::sync::{Arc, Mutex};

use domain::OrderId;
use domain::ports::PaymentGateway as _;
use tracing_subscriber::fmt::MakeWriter;

use crate::support::server::{Reply, Server, TRACE_ID};
use crate::support::{
    API_KEY, EXTERNAL_ID, ORDER_ID, WEBHOOK_KEY, fixture, gateway, hmac_hex, new_order, new_refund, read,
};

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    /// Everything that this thread logs from now on, until the guard goes.
    fn begin() -> (Self, tracing::subscriber::DefaultGuard) {
        let log = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_writer(log.clone())
            .with_ansi(false)
            .with_max_level(tracing::Level::TRACE)
            .finish();
        (log, tracing::subscriber::set_default(subscriber))
    }

    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(self.0.lock().unwrap().clone()).unwrap();
        assert!(!text.contains(API_KEY) && !text.contains(WEBHOOK_KEY), "{text}");
        for personal in ["4111", "555555", "someone@", "Посадка", "_secret_", "12/26"] {
            assert!(!text.contains(personal), "{personal} in {text}");
        }
        text.lines().filter(|line| line.contains("ioka_adapter")).map(str::to_owned).collect()
    }
}

#[tokio::test]
async fn a_call_leaves_one_line() {
    let server = Server::start(|_| Reply::Answer(200, fixture!("order_unpaid.json").to_owned())).await;
    let gateway = gateway(&server.url);
    let (log, _guard) = Log::begin();
    gateway.order(&OrderId::new(ORDER_ID)).await.unwrap();
    let [line] = log.lines().try_into().unwrap();
    for part in [
        "INFO",
        "gateway.call=\"order\"",
        &format!("order.id=\"{ORDER_ID}\""),
        "http.status=200",
        TRACE_ID,
        "duration_ms=",
    ] {
        assert!(line.contains(part), "{part} in {line}");
    }
}

#[tokio::test]
async fn a_failed_call_leaves_a_warning() {
    let body = format!(r#"{{"code":"InvalidRequest","message":"{API_KEY} someone@example.kz 4111111111111111"}}"#);
    let server = Server::start(move |request| match request.target.ends_with("refunds") {
        true => Reply::Cut,
        false => Reply::Answer(400, body.clone()),
    })
    .await;
    let gateway = gateway(&server.url);
    let (log, _guard) = Log::begin();
    gateway.create_order(&new_order()).await.unwrap_err();
    gateway.create_refund(&new_refund()).await.unwrap_err();
    let [refused, cut] = log.lines().try_into().unwrap();
    for part in
        ["WARN", "http.status=400", "ioka.code=\"InvalidRequest\"", &format!("order.external_id=\"{EXTERNAL_ID}\"")]
    {
        assert!(refused.contains(part), "{part} in {refused}");
    }
    for part in ["WARN", "gateway.call=\"create_refund\"", &format!("order.id=\"{ORDER_ID}\"")] {
        assert!(cut.contains(part), "{part} in {cut}");
    }
}

#[test]
fn a_webhook_says_which_form_was_signed() {
    let body = r#"{"event": "SOMETHING_NEW", "x": 1}"#;
    let (log, _guard) = Log::begin();
    for (form, canonical) in
        [("compact", r#"{"event":"SOMETHING_NEW","x":1}"#), ("spaced", r#"{"event": "SOMETHING_NEW", "x": 1}"#)]
    {
        let signature = hmac_hex(WEBHOOK_KEY, canonical.as_bytes());
        read(&[("x-signature", signature.as_bytes())], body.as_bytes()).unwrap();
        let line = log.lines().pop().unwrap();
        assert!(line.contains(&format!("webhook.signature_form=\"{form}\"")), "{line}");
    }
    assert_eq!(log.lines().len(), 2);
}
