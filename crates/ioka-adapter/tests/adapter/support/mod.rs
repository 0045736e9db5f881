//! What several test files need.

pub mod mini_ioka;
pub mod server;

use std::time::Duration;

use domain::ports::{NewOrder, NewRefund, ReturnUrls, WebhookError, WebhookMessage, WebhookReader, WebhookRequest};
use domain::{ExternalId, Instant, OrderId, Tenge};
use hmac::{Hmac, KeyInit as _, Mac as _};
use ioka_adapter::{Dialects, IokaConfig, IokaGateway, IokaWebhookReader};
use sha2::Sha256;

pub const API_KEY: &str = "test-api-key-0123456789";
pub const WEBHOOK_KEY: &str = "3f1c0e5ab27d94c68812aa4400fe7b19c5d2e6f0718a93b4c1d05e6f7a8b9c0d";
pub const EXTERNAL_ID: &str = "0193aaaa-0000-7000-8000-000000000001";
pub const ORDER_ID: &str = "ord_aypk2FSAdR";
pub const CHECKOUT_URL: &str = "https://stage-checkout.ioka.kz/orders/ord_aypk2FSAdR?autoRedirectMs=3000";

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../fixtures/", $name))
    };
}
pub(crate) use fixture;

pub fn gateway(base_url: &str) -> IokaGateway {
    patient_gateway(base_url, Duration::from_secs(20))
}

pub fn patient_gateway(base_url: &str, timeout: Duration) -> IokaGateway {
    let config = IokaConfig::new(base_url.parse().unwrap(), API_KEY.into(), timeout);
    IokaGateway::new(&config).unwrap()
}

pub fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

pub fn new_order() -> NewOrder {
    NewOrder {
        external_id: ExternalId::new(EXTERNAL_ID),
        amount: Tenge::new(5000),
        description: "Посадка 10 деревьев".to_owned(),
        due_at: at("2026-01-15T10:30:00.987654Z"),
        return_urls: ReturnUrls {
            success: "https://trees.example/success".to_owned(),
            failure: "https://trees.example/failure".to_owned(),
            back: "https://trees.example/back".to_owned(),
        },
    }
}

pub fn new_refund() -> NewRefund {
    NewRefund {
        order: OrderId::new(ORDER_ID),
        external_id: ExternalId::new("r-1"),
        amount: Tenge::new(1000),
        reason: Some("asked for by the donor".to_owned()),
    }
}

pub fn hmac_hex(key: &str, message: &[u8]) -> String {
    let mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    hex::encode(mac.chain_update(message).finalize().into_bytes())
}

pub const RECEIVED_AT: &str = "2026-01-15T09:31:03Z";

pub fn reader() -> IokaWebhookReader {
    IokaWebhookReader::new(&WEBHOOK_KEY.into(), Dialects::ALL)
}

pub fn read(headers: &[(&str, &[u8])], body: &[u8]) -> Result<WebhookMessage, WebhookError> {
    read_by(&reader(), headers, body)
}

pub fn read_by(
    reader: &IokaWebhookReader,
    headers: &[(&str, &[u8])],
    body: &[u8],
) -> Result<WebhookMessage, WebhookError> {
    reader.read(&WebhookRequest { headers, body, received_at: at(RECEIVED_AT) })
}
