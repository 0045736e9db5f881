//! What goes wrong, and what it lets the caller do next.

use std::fmt::Debug;
use std::time::Duration;

use domain::ports::{GatewayError, PaymentGateway as _};
use domain::{ExternalId, GatewayRefundId, OrderId};
use ioka_adapter::{Dialects, IokaConfig, IokaConfigError, IokaGateway, IokaWebhookReader};

use crate::support::server::{Reply, Server, TRACE_ID};
use crate::support::{API_KEY, ORDER_ID, WEBHOOK_KEY, fixture, gateway, new_order, new_refund, patient_gateway};

fn word<T: Debug>(result: Result<T, GatewayError>) -> &'static str {
    match result {
        Ok(_) => "ok",
        Err(GatewayError::Refused(_)) => "refused",
        Err(GatewayError::Unavailable(_)) => "unavailable",
        Err(GatewayError::OutcomeUnknown(_)) => "unknown",
    }
}

/// The words for: making an order, each question, making a refund.
async fn words(gateway: &IokaGateway) -> [&'static str; 3] {
    let order = OrderId::new(ORDER_ID);
    let questions = [
        word(gateway.order(&order).await),
        word(gateway.order_by_external_id(&ExternalId::new("a")).await),
        word(gateway.refund(&order, &GatewayRefundId::new("rfd_x")).await),
        word(gateway.refunds(&order).await),
        word(gateway.check().await),
    ];
    assert!(questions.iter().all(|word| *word == questions[0]), "{questions:?}");
    [word(gateway.create_order(&new_order()).await), questions[0], word(gateway.create_refund(&new_refund()).await)]
}

async fn words_for(reply: Reply) -> [&'static str; 3] {
    let server = Server::start(move |_| reply.clone()).await;
    words(&gateway(&server.url)).await
}

#[tokio::test]
async fn errors_are_cut_by_what_may_be_done_next() {
    for (status, expected) in [
        (400, ["refused"; 3]),
        (401, ["refused"; 3]),
        (403, ["refused"; 3]),
        (422, ["refused"; 3]),
        (302, ["refused"; 3]),
        (429, ["unavailable"; 3]),
        (503, ["unavailable"; 3]),
        (500, ["unavailable", "unavailable", "unknown"]),
        (502, ["unavailable", "unavailable", "unknown"]),
        (504, ["unknown"; 3]),
    ] {
        let body = r#"{"code":"Some","message":"…"}"#.to_owned();
        assert_eq!(words_for(Reply::Answer(status, body)).await, expected, "{status}");
        assert_eq!(words_for(Reply::Answer(status, "<html>".to_owned())).await, expected, "{status}");
    }
}

#[tokio::test]
async fn an_answer_that_cannot_be_read_leaves_a_refund_open() {
    for body in ["", "null", "7", "\"x\"", "{", "<html>", "{\"order\":{}}", &fixture!("order_created.json")[..700]] {
        let expected = ["refused", "refused", "unknown"];
        assert_eq!(words_for(Reply::Answer(200, body.to_owned())).await, expected, "{body}");
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_off_leaves_a_refund_open() {
    let cut = |bytes: &str| Reply::Bytes(bytes.as_bytes().to_vec());
    for reply in [
        Reply::Cut,
        cut("HTTP/1.1 201 Created\r\ncontent-type: appl"),
        cut("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\":\"ord_a\""),
        cut("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"id\""),
        cut("HTTP/1.1 404 Not Found\r\ncontent-length: 500\r\n\r\n{\"code\":"),
        cut("HTTP/1.1 409 Conflict\r\ncontent-length: 500\r\n\r\n{\"code\":"),
    ] {
        assert_eq!(words_for(reply.clone()).await, ["unavailable", "unavailable", "unknown"], "{reply:?}");
    }
    let status_is_enough = cut("HTTP/1.1 503 Unavailable\r\ncontent-length: 500\r\n\r\n{\"code\":");
    assert_eq!(words_for(status_is_enough).await, ["unavailable"; 3]);
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_leaves_everything_open() {
    for begun in ["", "HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"id\""] {
        let server = Server::start(|_| Reply::Hang(begun.as_bytes().to_vec())).await;
        let gateway = patient_gateway(&server.url, Duration::from_millis(150));
        assert_eq!(words(&gateway).await, ["unknown"; 3], "{begun:?}");
    }
}

#[tokio::test]
async fn nobody_at_home_is_provably_not_executed() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    assert_eq!(words(&gateway(&format!("http://{address}"))).await, ["unavailable"; 3]);

    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let no_tls_here = format!("https://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { while listener.accept().await.is_ok() {} });
    assert_eq!(words(&gateway(&no_tls_here)).await, ["unavailable"; 3]);
}

#[tokio::test]
async fn an_endless_answer_is_given_up() {
    let body = format!("[{}]", " ".repeat(1_100_000));
    let server = Server::start(move |_| Reply::Answer(200, body.clone())).await;
    let error = gateway(&server.url).check().await.unwrap_err();
    assert!(matches!(&error, GatewayError::Refused(why) if why.contains("larger than 1 MiB")), "{error:?}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start(|_| Reply::Answer(200, "[]".to_owned())).await;
    let location = elsewhere.url.clone();
    let server = Server::start(move |_| {
        Reply::Bytes(format!("HTTP/1.1 307 X\r\nlocation: {location}/\r\ncontent-length: 0\r\n\r\n").into_bytes())
    })
    .await;
    assert_eq!(words(&gateway(&server.url)).await, ["refused"; 3]);
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test]
async fn an_error_names_iokas_code_and_trace_and_neither_key_nor_body() {
    let body = format!(r#"{{"code":"InvalidRequest","message":"{API_KEY} someone@example.kz 4111111111111111"}}"#);
    let server = Server::start(move |_| Reply::Answer(400, body.clone())).await;
    let error = gateway(&server.url).create_order(&new_order()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("the gateway refused: create_order: HTTP 400 InvalidRequest, trace {TRACE_ID}")
    );
}

#[tokio::test]
async fn an_unreadable_answer_is_not_quoted() {
    let body = format!(r#"{{"order":"{API_KEY} someone@example.kz"}}"#);
    let server = Server::start(move |_| Reply::Answer(201, body.clone())).await;
    let error = gateway(&server.url).create_order(&new_order()).await.unwrap_err().to_string();
    assert!(!error.contains(API_KEY) && !error.contains("someone"), "{error}");
}

#[test]
fn secrets_are_not_printed() {
    let config = IokaConfig::new("http://a.example".parse().unwrap(), API_KEY.into(), Duration::from_secs(1));
    let printed = format!(
        "{config:?} {:?} {:?}",
        IokaGateway::new(&config).unwrap(),
        IokaWebhookReader::new(&WEBHOOK_KEY.into(), Dialects::ALL)
    );
    assert!(!printed.contains(API_KEY) && !printed.contains(WEBHOOK_KEY), "{printed}");
}

#[test]
fn settings_that_cannot_work_are_refused_at_once() {
    let config =
        |url: &str, key: &str, seconds| IokaConfig::new(url.parse().unwrap(), key.into(), Duration::from_secs(seconds));
    let error = |config| IokaGateway::new(&config).unwrap_err();
    assert_eq!(error(config("ftp://a.example", "k", 1)), IokaConfigError::BaseUrl);
    assert_eq!(error(config("https://a.example", "", 1)), IokaConfigError::ApiKey);
    assert_eq!(error(config("https://a.example", "k", 0)), IokaConfigError::Timeout);
}
