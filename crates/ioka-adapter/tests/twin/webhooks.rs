//! The twin's webhooks, read as the server would read Ioka's: in both forms of the signature, in both dialects, and when
//! they are lost, late, doubled, out of order or forged.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::DateTime;
use domain::OrderId;
use domain::donation::{DeclineReason, OrderFact};
use domain::ports::{
    CreateOrder, PaymentGateway as _, WebhookError, WebhookMessage, WebhookReader as _, WebhookRequest,
};
use ioka_adapter::{Dialects, IokaWebhookReader};
use ioka_simulator::{Options, SignatureForm, WebhookDialect, WebhookTarget};
use serde_json::json;
use tokio::sync::Notify;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::support::{Twin, new_order};

const KEY: &str = "3f1c0e5ab27d94c68812aa4400fe7b19c5d2e6f0718a93b4c1d05e6f7a8b9c0d";

type Read = Result<WebhookMessage, WebhookError>;

/// A receiver that reads what comes, and answers 200 to what it believes.
#[derive(Clone)]
struct Receiver {
    reader: Arc<IokaWebhookReader>,
    heard: Arc<Mutex<Vec<Read>>>,
    more: Arc<Notify>,
}

impl Respond for Receiver {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let headers: Vec<(&str, &[u8])> =
            request.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
        let received_at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        let read = self.reader.read(&WebhookRequest { headers: &headers, body: &request.body, received_at });
        let status = if read.is_ok() { 200 } else { 401 };
        self.heard.lock().unwrap().push(read);
        self.more.notify_one();
        ResponseTemplate::new(status)
    }
}

impl Receiver {
    /// The first `count` deliveries, once they have come.
    async fn heard(&self, count: usize) -> Vec<Read> {
        loop {
            let heard = self.heard.lock().unwrap().clone();
            if heard.len() >= count {
                return heard;
            }
            tokio::time::timeout(Duration::from_secs(30), self.more.notified()).await.unwrap();
        }
    }
}

/// A twin that tells a receiver what happens, the receiver, and the server that must live as long.
async fn wired(dialect: WebhookDialect, signature: SignatureForm) -> (Twin, Receiver, MockServer) {
    let receiver = Receiver {
        reader: Arc::new(IokaWebhookReader::new(&KEY.into(), Dialects::ALL)),
        heard: Arc::default(),
        more: Arc::default(),
    };
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(receiver.clone()).mount(&server).await;
    let options = Options {
        webhook: Some(WebhookTarget { url: server.uri(), key: Some(KEY.to_owned()) }),
        dialect,
        signature,
        webhook_retry_pause: Duration::from_millis(20),
        ..Options::default()
    };
    (Twin::start_with(options, Duration::from_secs(20)).await, receiver, server)
}

async fn order(twin: &Twin, name: &str) -> OrderId {
    match twin.gateway.create_order(&new_order(name)).await.unwrap() {
        CreateOrder::Created(order) => order.id,
        CreateOrder::AlreadyExists => panic!("{name} is new"),
    }
}

fn captured(read: &Read) -> bool {
    matches!(read, Ok(message) if matches!(message.fact, Some(OrderFact::Captured(_))))
}

#[tokio::test]
async fn both_forms_of_the_signature_and_both_dialects_are_believed() {
    for (dialect, signature) in [
        (WebhookDialect::Ioka, SignatureForm::Compact),
        (WebhookDialect::Ioka, SignatureForm::Spaced),
        (WebhookDialect::Guide, SignatureForm::Compact),
    ] {
        let (twin, receiver, _server) = wired(dialect, signature).await;
        let id = order(&twin, "don-1").await;
        twin.press(&id, "pay").await;
        let heard = receiver.heard(1).await;
        assert!(captured(&heard[0]), "{dialect:?} {signature:?}: {heard:?}");
        let message = heard[0].as_ref().unwrap();
        assert_eq!(message.order_id.as_ref(), Some(&id));
        assert_eq!(message.external_id.as_ref().unwrap().as_str(), "don-1");
    }
}

#[tokio::test]
async fn a_decline_and_an_expiry_say_what_they_are() {
    let (twin, receiver, _server) = wired(WebhookDialect::Ioka, SignatureForm::Compact).await;
    let id = order(&twin, "don-1").await;
    twin.press(&id, "decline").await;
    receiver.heard(1).await;
    twin.press(&id, "expire").await;
    let heard = receiver.heard(2).await;
    let facts: Vec<_> = heard.iter().map(|read| read.as_ref().unwrap().fact.clone().unwrap()).collect();
    assert!(matches!(&facts[0], OrderFact::Declined(decline) if decline.reason != DeclineReason::Unknown), "{facts:?}");
    assert_eq!(facts[1], OrderFact::Ended);
}

#[tokio::test]
async fn two_copies_have_one_key() {
    let (twin, receiver, _server) = wired(WebhookDialect::Ioka, SignatureForm::Compact).await;
    let id = order(&twin, "don-1").await;
    twin.fault(json!({ "kind": "webhook_doubled" })).await;
    twin.press(&id, "pay").await;
    let heard = receiver.heard(2).await;
    assert!(captured(&heard[0]) && captured(&heard[1]));
    assert_eq!(heard[0].as_ref().unwrap().dedup_key, heard[1].as_ref().unwrap().dedup_key);
}

#[tokio::test]
async fn a_forged_signature_is_turned_away_each_time() {
    let (twin, receiver, _server) = wired(WebhookDialect::Ioka, SignatureForm::Compact).await;
    let id = order(&twin, "don-1").await;
    twin.fault(json!({ "kind": "webhook_wrong_signature" })).await;
    twin.press(&id, "pay").await;
    let heard = receiver.heard(11).await;
    assert!(heard.iter().all(|read| matches!(read, Err(WebhookError::InvalidSignature(_)))), "{heard:?}");
}

#[tokio::test]
async fn what_was_lost_or_late_is_known_by_asking() {
    let (twin, receiver, _server) = wired(WebhookDialect::Ioka, SignatureForm::Compact).await;
    let (lost, late) = (order(&twin, "don-1").await, order(&twin, "don-2").await);
    twin.fault(json!({ "kind": "webhook_lost" })).await;
    twin.press(&lost, "pay").await;
    twin.fault(json!({ "kind": "webhook_late", "seconds": 3600 })).await;
    twin.press(&late, "pay").await;
    for id in [&lost, &late] {
        let order = twin.gateway.order(id).await.unwrap().unwrap();
        assert!(matches!(order.status, domain::ports::OrderStatus::Paid(_)));
    }
    twin.advance_clock(3601).await;
    let heard = receiver.heard(1).await;
    assert_eq!(heard[0].as_ref().unwrap().order_id.as_ref(), Some(&late));
}

#[tokio::test]
async fn news_out_of_order_name_their_order_each() {
    let (twin, receiver, _server) = wired(WebhookDialect::Ioka, SignatureForm::Compact).await;
    let id = order(&twin, "don-1").await;
    twin.fault(json!({ "kind": "webhook_reordered" })).await;
    twin.press(&id, "decline").await;
    twin.press(&id, "pay").await;
    let heard = receiver.heard(2).await;
    assert!(captured(&heard[0]), "the capture has overtaken the decline: {heard:?}");
    assert!(matches!(heard[1].as_ref().unwrap().fact, Some(OrderFact::Declined(_))));
}
