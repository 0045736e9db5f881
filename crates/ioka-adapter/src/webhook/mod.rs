//! What Ioka tells us, believed only with a signature over it.
//!
//! Two dialects, told apart by their header: Ioka's own (`ioka`) and that of the customer's guide (`guide`). Both sign with
//! the same secret, by HMAC-SHA256 in hex (`signature`).
//!
//! | a body that | `ioka` | `guide` |
//! |---|---|---|
//! | is not what was signed | `InvalidSignature` | `InvalidSignature` |
//! | is no JSON, has a key twice, is nested too deeply | `InvalidSignature` | `MalformedJson` |
//! | lacks what its event needs | `MalformedEvent` | `MalformedEvent` |
//!
//! Ioka signs no bytes but a canonical form of the JSON. What is no JSON has none; an object with a key twice has several,
//! depending on which of the two a reader believes. There is nothing to compare a signature with, so it cannot be right.
//! The guide signs the bytes themselves, so that we can tell its sender what is wrong with them.
//!
//! What an event means is read from the canonical form, never from the raw body: what is acted on is what was signed.

mod canonical_json;
mod dialects;
mod guide;
mod ioka;
mod json_reader;
mod signature;

use std::fmt;

use domain::ports::{KeptWebhook, WebhookError, WebhookMessage, WebhookReader, WebhookRequest};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest as _, Sha256};

use canonical_json::{CanonicalJson, Spacing};
pub use dialects::{Dialect, Dialects, UnknownDialect};
use signature::Signer;

/// Reads Ioka's webhooks.
pub struct IokaWebhookReader {
    /// `None` without a secret: then nothing can be believed.
    signer: Option<Signer>,
    dialects: Dialects,
}

impl IokaWebhookReader {
    /// A reader of these dialects. The secret is the webhook's `key`, taken as text. With a blank one every webhook is turned
    /// away: checking nothing would let anybody report a payment.
    pub fn new(secret: &SecretString, dialects: Dialects) -> Self {
        let secret = secret.expose_secret();
        let signer = (!secret.trim().is_empty()).then(|| Signer::new(secret.as_bytes()));
        Self { signer, dialects }
    }

    /// The dialect that the headers speak, and the signature they carry.
    fn signature_of<'a>(&self, request: &WebhookRequest<'a>) -> Result<(Dialect, &'a [u8]), WebhookError> {
        let mut found = request.headers.iter().filter_map(|(name, value)| {
            let dialect = Dialect::ALL.into_iter().find(|dialect| dialect.header() == *name)?;
            Some((dialect, *value))
        });
        match (found.next(), found.next()) {
            (None, _) => Err(WebhookError::InvalidSignature("no signature header")),
            (Some(_), Some(_)) => Err(WebhookError::InvalidSignature("more than one signature header")),
            (Some((dialect, _)), None) if !self.dialects.contains(dialect) => {
                Err(WebhookError::InvalidSignature("this dialect is switched off"))
            }
            (Some(one), None) => Ok(one),
        }
    }

    fn read_ioka(
        &self,
        signer: &Signer,
        sent: &[u8],
        request: &WebhookRequest<'_>,
    ) -> Result<WebhookMessage, WebhookError> {
        let json = CanonicalJson::parse(request.body)
            .map_err(|_| WebhookError::InvalidSignature("the body has no canonical form"))?;
        let compact = json.print(Spacing::Compact);
        let spaced = json.print(Spacing::Spaced);
        // Both are always computed, so that the time taken does not tell which one came close.
        let matches = (signer.signed(compact.as_bytes(), sent), signer.signed(spaced.as_bytes(), sent));
        let form = match matches {
            (true, _) => "compact",
            (_, true) => "spaced",
            (false, false) => return Err(WRONG),
        };
        let message = ioka::read(&compact, request.received_at)?;
        tracing::info!(
            webhook.dialect = message.dialect,
            webhook.signature_form = form,
            webhook.event = message.event.escape_debug().to_string(),
            order.id = message.order_id.as_ref().map(|id| id.as_str()),
            "webhook signature is right"
        );
        Ok(message)
    }

    fn read_guide(
        &self,
        signer: &Signer,
        sent: &[u8],
        request: &WebhookRequest<'_>,
    ) -> Result<WebhookMessage, WebhookError> {
        if !signer.signed(request.body, sent) {
            return Err(WRONG);
        }
        let json =
            CanonicalJson::parse(request.body).map_err(|error| WebhookError::MalformedJson(error.to_string()))?;
        guide::read(&json.print(Spacing::Compact), request)
    }
}

const WRONG: WebhookError = WebhookError::InvalidSignature("the signature does not match the body");

impl WebhookReader for IokaWebhookReader {
    fn read<'a>(&self, request: &WebhookRequest<'a>) -> Result<WebhookMessage, WebhookError> {
        let Some(signer) = &self.signer else {
            return Err(WebhookError::InvalidSignature("no webhook secret is configured"));
        };
        let (dialect, sent) = self.signature_of(request)?;
        match dialect {
            Dialect::Ioka => self.read_ioka(signer, sent, request),
            Dialect::Guide => self.read_guide(signer, sent, request),
        }
    }

    /// Also in a dialect that is switched off by now: it was on when the webhook came.
    fn read_again<'a>(&self, kept: &KeptWebhook<'a>) -> Result<WebhookMessage, WebhookError> {
        let dialect = Dialect::ALL.into_iter().find(|dialect| dialect.word() == kept.dialect);
        let dialect =
            dialect.ok_or_else(|| WebhookError::MalformedEvent("it is of no dialect that is known".into()))?;
        let json = CanonicalJson::parse(kept.body.as_bytes());
        let json = json.map_err(|error| WebhookError::MalformedJson(error.to_string()))?.print(Spacing::Compact);
        let request = WebhookRequest { headers: &[], body: kept.body.as_bytes(), received_at: kept.received_at };
        match dialect {
            Dialect::Ioka => ioka::read(&json, kept.received_at),
            Dialect::Guide => guide::read(&json, &request),
        }
    }
}

impl fmt::Debug for IokaWebhookReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IokaWebhookReader").field("dialects", &self.dialects).finish_non_exhaustive()
    }
}

fn sha256_hex(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}
