//! Registered webhooks.

use serde::Serialize;

use crate::model::{Stamp, Webhook};

/// A registered webhook. \[API\]
#[derive(Serialize)]
pub(crate) struct WebhookView<'a> {
    id: &'a str,
    url: &'a str,
    events: &'a [String],
    created_at: Stamp,
    /// What would make it false is not documented. \[GUESS\]
    active: bool,
    key: &'a str,
}

impl<'a> WebhookView<'a> {
    /// The webhook with its signing key.
    pub(crate) fn of(webhook: &'a Webhook) -> Self {
        Self {
            id: &webhook.id,
            url: &webhook.url,
            events: &webhook.events,
            created_at: webhook.created_at,
            active: true,
            key: &webhook.key,
        }
    }
}
