//! The connection is kept.

use domain::OrderId;
use domain::ports::PaymentGateway as _;

use crate::support::server::{Reply, Server};
use crate::support::{API_KEY, ORDER_ID, fixture, gateway};

#[tokio::test]
async fn calls_one_after_the_other_share_a_connection() {
    let server = Server::start(|_| Reply::Answer(200, fixture!("order_unpaid.json").to_owned())).await;
    let gateway = gateway(&server.url);
    for _ in 0..20 {
        gateway.order(&OrderId::new(ORDER_ID)).await.unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_connection_that_was_closed_between_two_calls_is_replaced() {
    let body = fixture!("order_unpaid.json");
    let whole = format!("HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    let server = Server::start(move |_| Reply::Bytes(whole.clone().into_bytes())).await;
    let gateway = gateway(&server.url);
    for _ in 0..3 {
        gateway.order(&OrderId::new(ORDER_ID)).await.unwrap();
    }
    assert_eq!(server.connections(), 3);
}

#[tokio::test]
async fn the_key_travels_in_its_own_header_and_nothing_is_said_of_a_browser() {
    let server = Server::start(|request| {
        let head = request.head.to_lowercase();
        assert!(head.contains(&format!("api-key: {API_KEY}\r\n")), "{head}");
        assert!(head.contains("user-agent: donations/"), "{head}");
        assert!(!head.contains("authorization") && !head.contains("cookie"), "{head}");
        Reply::Answer(200, "[]".to_owned())
    })
    .await;
    gateway(&server.url).check().await.unwrap();
}
