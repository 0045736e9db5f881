//! Options with every default filled in.

use std::time::Duration;

use crate::ids::Ids;
use crate::options::{CancelSpelling, ListMiss, Options, SignatureForm, WebhookDialect, WebhookTarget};

/// What a running simulator goes by; it does not change until it stops.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) seed: u64,
    pub(crate) shop_id: String,
    pub(crate) api_key: String,
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) key_lifetime_seconds: u32,
    /// Without a trailing slash.
    pub(crate) public_url: String,
    /// Receivers known from the start, each with its key.
    pub(crate) webhooks: Vec<FixedWebhook>,
    pub(crate) dialect: WebhookDialect,
    pub(crate) signature: SignatureForm,
    pub(crate) cancel_spelling: CancelSpelling,
    pub(crate) webhook_retry_pause: Duration,
    pub(crate) webhook_timeout: Duration,
    pub(crate) list_miss: ListMiss,
}

/// A receiver known from the start; no events means all of them.
#[derive(Clone, Debug)]
pub(crate) struct FixedWebhook {
    pub(crate) url: String,
    pub(crate) key: String,
    pub(crate) events: Vec<String>,
}

/// A receiver from a scenario file.
#[derive(Clone, Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScenarioWebhook {
    pub(crate) url: String,
    #[serde(default)]
    pub(crate) key: Option<String>,
    #[serde(default)]
    pub(crate) events: Vec<String>,
}

impl Settings {
    /// Fills in what the options leave open; secrets come from the seed, but not from the stream that makes ids.
    pub(crate) fn resolve(options: &Options, seed: u64, base_url: &str, more: &[ScenarioWebhook]) -> Self {
        let mut secrets = Ids::from_seed(seed ^ 0x5ec2_e755_ec2e_7500);
        let shop_id = secrets.object("shp_");
        let api_key = options.api_key.clone().unwrap_or_else(|| format!("sim_{}", secrets.hex::<32>()));
        let mut webhooks = Vec::new();
        if let Some(WebhookTarget { url, key }) = &options.webhook {
            let key = key.clone().unwrap_or_else(|| secrets.hex::<32>());
            webhooks.push(FixedWebhook { url: url.clone(), key, events: Vec::new() });
        }
        for ScenarioWebhook { url, key, events } in more {
            let key = key.clone().unwrap_or_else(|| secrets.hex::<32>());
            webhooks.push(FixedWebhook { url: url.clone(), key, events: events.clone() });
        }
        let public_url = options.public_url.as_deref().unwrap_or(base_url).trim_end_matches('/').to_owned();
        Self {
            seed,
            shop_id,
            client_id: options.client_id.clone(),
            client_secret: options.client_secret.clone().unwrap_or_else(|| api_key.clone()),
            api_key,
            key_lifetime_seconds: u32::try_from(options.key_lifetime.as_secs()).unwrap_or(u32::MAX),
            public_url,
            webhooks,
            dialect: options.dialect,
            signature: options.signature,
            cancel_spelling: options.cancel_spelling,
            webhook_retry_pause: options.webhook_retry_pause,
            webhook_timeout: options.webhook_timeout,
            list_miss: options.list_miss,
        }
    }
}

impl Settings {
    /// Where the payer of an order goes. \[CAP\]
    pub(crate) fn checkout_url(&self, order_id: &str) -> String {
        format!("{}/orders/{order_id}", self.public_url)
    }

    /// Where the payer goes for 3-D Secure. \[DOC\]
    pub(crate) fn action_url(&self, payment_id: &str) -> String {
        format!("{}/v2/{payment_id}/check3ds", self.public_url)
    }

    /// Where a customer saves a card. \[DOC\]
    pub(crate) fn customer_url(&self, customer: &crate::model::Customer) -> String {
        format!("{}/customers/{}?access_token={}", self.public_url, customer.id, customer.access_token)
    }
}
