//! One line a call, with what an operator looks for and nothing that must not be there.

use std::cell::RefCell;
use std::io::Write;
use std::sync::LazyLock;

use domain::OrderId;
use domain::ports::PaymentGateway as _;

use crate::support::server::{Reply, Server, TRACE_ID};
use crate::support::{
    API_KEY, EXTERNAL_ID, ORDER_ID, WEBHOOK_KEY, fixture, gateway, hmac_hex, new_order, new_refund, read,
};

thread_local! {
    static LINES: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// One subscriber for the whole process, as a server has it: subscribers that come and go with their tests miss lines,
/// because what a line's place in the code is interested in is remembered for all threads. Each test runs on a thread of
/// its own, and so has its own lines.
static SUBSCRIBER: LazyLock<()> = LazyLock::new(|| {
    tracing_subscriber::fmt()
        .with_writer(OwnThread::default)
        .with_ansi(false)
        .with_max_level(tracing::Level::TRACE)
        .init();
});

#[derive(Default)]
struct OwnThread;

impl Write for OwnThread {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.with_borrow_mut(|lines| lines.extend_from_slice(bytes));
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Everything that this thread logs from its beginning on.
struct Log;

impl Log {
    fn begin() -> Self {
        LazyLock::force(&SUBSCRIBER);
        LINES.with_borrow_mut(Vec::clear);
        Self
    }

    fn lines(&self) -> Vec<String> {
        let text = String::from_utf8(LINES.with_borrow(Vec::clone)).unwrap();
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
    let log = Log::begin();
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
    let log = Log::begin();
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
    let log = Log::begin();
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
