//! Webhooks, watched: those that are turned away when they are read, the others when they are kept.

use std::sync::Arc;

use async_trait::async_trait;
use domain::DeliveryId;
use domain::donation::Change;
use domain::ports::{
    Delivery, DeliveryOutcome, DeliveryQuery, DeliveryStore, KeptWebhook, RecordDelivery, StoreError, WebhookError,
    WebhookMessage, WebhookReader, WebhookRequest,
};

use super::meter::Meter;
use super::names::DELIVERIES;
use super::steps::Steps;

pub(super) struct MeteredWebhooks {
    pub(super) inner: Arc<dyn WebhookReader>,
    pub(super) meter: Arc<Meter>,
}

pub(super) struct MeteredDeliveries {
    pub(super) inner: Arc<dyn DeliveryStore>,
    pub(super) meter: Arc<Meter>,
    pub(super) steps: Steps,
}

/// What is turned away may be of any dialect, or of none.
const NO_DIALECT: &str = "none";

const REFUSALS: [&str; 3] = ["invalid_signature", "malformed_json", "malformed_event"];

const DUPLICATE: &str = "duplicate";

/// It was believed, and could not be kept.
const FAILED: &str = "store_failed";

/// Every combination, at 0.
pub(super) fn begin(meter: &Meter) {
    for outcome in REFUSALS {
        meter.begin(DELIVERIES, [("dialect", NO_DIALECT), ("outcome", outcome)]);
    }
    let kept = DeliveryOutcome::ALL.map(DeliveryOutcome::word).into_iter().chain([DUPLICATE, FAILED]);
    for outcome in kept {
        for dialect in ["ioka", "guide"] {
            meter.begin(DELIVERIES, [("dialect", dialect), ("outcome", outcome)]);
        }
    }
}

impl WebhookReader for MeteredWebhooks {
    fn read<'a>(&self, request: &WebhookRequest<'a>) -> Result<WebhookMessage, WebhookError> {
        let read = self.inner.read(request);
        let refused = match &read {
            Ok(_) => return read,
            Err(WebhookError::InvalidSignature(_)) => REFUSALS[0],
            Err(WebhookError::MalformedJson(_)) => REFUSALS[1],
            Err(WebhookError::MalformedEvent(_)) => REFUSALS[2],
        };
        self.meter.count(DELIVERIES, [("dialect", NO_DIALECT), ("outcome", refused)]);
        read
    }

    /// It was counted when it came.
    fn read_again<'a>(&self, kept: &KeptWebhook<'a>) -> Result<WebhookMessage, WebhookError> {
        self.inner.read_again(kept)
    }
}

#[async_trait]
impl DeliveryStore for MeteredDeliveries {
    async fn record<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        let recorded = self.inner.record(delivery, change).await;
        let outcome = match &recorded {
            Ok(RecordDelivery::Recorded) => delivery.outcome.word(),
            Ok(RecordDelivery::Duplicate) => DUPLICATE,
            // Nothing came of it yet: it is tried again at once.
            Ok(RecordDelivery::Conflict) => return recorded,
            Err(_) => FAILED,
        };
        self.meter.count(DELIVERIES, [("dialect", dialect(&delivery.dialect)), ("outcome", outcome)]);
        if let (Ok(RecordDelivery::Recorded), Some(change)) = (&recorded, change) {
            self.steps.stored(&change.donation, &change.entries);
        }
        recorded
    }

    async fn find(&self, dedup_key: &str) -> Result<Option<Delivery>, StoreError> {
        self.inner.find(dedup_key).await
    }

    async fn get(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        self.inner.get(id).await
    }

    async fn list(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        self.inner.list(query).await
    }

    async fn replay<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        let replayed = self.inner.replay(delivery, change).await;
        if let (Ok(RecordDelivery::Recorded), Some(change)) = (&replayed, change) {
            self.steps.stored(&change.donation, &change.entries);
        }
        replayed
    }
}

/// The adapter has few dialects; another one shows until it is named here.
fn dialect(word: &str) -> &'static str {
    match word {
        "ioka" => "ioka",
        "guide" => "guide",
        _ => "other",
    }
}
