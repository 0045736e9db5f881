//! How the gateway's word is believed.

use crate::donation::OrderFact;
use crate::{ExternalId, Instant, OrderId};

/// Checks that a webhook comes from the gateway, and says what it means.
#[cfg_attr(feature = "mocks", mockall::automock)]
pub trait WebhookReader: Send + Sync {
    /// Nothing in the body is acted on before its signature has been compared, in constant time.
    ///
    /// # Errors
    /// [`WebhookError`].
    fn read<'a>(&self, request: &WebhookRequest<'a>) -> Result<WebhookMessage, WebhookError>;

    /// Says what a webhook means that was believed when it came: its signature is not asked for again, since the secret may be
    /// another one by now. Only for what a store has kept.
    ///
    /// # Errors
    /// [`WebhookError`]: its dialect is none that we know, or its body is no event any longer.
    fn read_again<'a>(&self, kept: &KeptWebhook<'a>) -> Result<WebhookMessage, WebhookError>;
}

/// A webhook that was believed, and kept.
#[derive(Debug, Clone, Copy)]
pub struct KeptWebhook<'a> {
    /// The dialect that it was read as.
    pub dialect: &'a str,
    /// The body as it came.
    pub body: &'a str,
    /// When it came.
    pub received_at: Instant,
}

/// A webhook as it came over the wire.
#[derive(Debug, Clone, Copy)]
pub struct WebhookRequest<'a> {
    /// Header names in lower case, with their raw values, in the order in which they came.
    pub headers: &'a [(&'a str, &'a [u8])],
    /// The body, byte for byte.
    pub body: &'a [u8],
    /// When it came.
    pub received_at: Instant,
}

/// A webhook whose signature was right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookMessage {
    /// Which of the adapter's dialects it spoke, for the record.
    pub dialect: &'static str,
    /// The event's name as it came.
    pub event: String,
    /// Equal for two copies of one delivery, different for any two others.
    pub dedup_key: String,
    /// The order's name, as its maker gave it.
    pub external_id: Option<ExternalId>,
    /// The gateway's name for the order.
    pub order_id: Option<OrderId>,
    /// What it means for the order; `None` for an event that means nothing to us.
    pub fact: Option<OrderFact>,
}

/// Why a webhook is turned away.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookError {
    /// No signature, more than one, or a wrong one.
    #[error("the signature is missing or wrong: {0}")]
    InvalidSignature(&'static str),
    /// Signed, but not JSON, or with a key twice in one object.
    #[error("the signed body is not usable JSON: {0}")]
    MalformedJson(String),
    /// Signed JSON, but not an event: something that every event has is missing.
    #[error("the signed body is no event: {0}")]
    MalformedEvent(String),
}
