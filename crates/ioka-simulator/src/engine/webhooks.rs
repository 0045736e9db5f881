//! Registering receivers of webhooks.

use std::sync::Arc;

use serde::Deserialize;

use super::checks;
use crate::error::Refusal;
use crate::model::{WEBHOOK_EVENTS, Webhook};
use crate::world::World;

/// `POST /v2/webhooks`. \[API\] Unlike Ioka's, addresses without TLS and on private networks are fine.
#[derive(Debug, Deserialize)]
pub(crate) struct NewWebhook {
    url: String,
    events: Vec<String>,
}

/// `PATCH /v2/webhooks/{id}`. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeWebhook {
    url: Option<String>,
    events: Option<Vec<String>>,
}

fn check_url(url: &str) -> Result<(), Refusal> {
    checks::address("url", Some(url))?;
    if url.starts_with("http://") || url.starts_with("https://") {
        return Ok(());
    }
    Err(Refusal::invalid("Поле url должно быть ссылкой."))
}

fn check_events(events: &[String]) -> Result<(), Refusal> {
    if events.is_empty() {
        return Err(Refusal::invalid("Поле events не может быть пустым."));
    }
    match events.iter().find(|event| !WEBHOOK_EVENTS.contains(&event.as_str())) {
        Some(event) => Err(Refusal::invalid(format!("Неизвестное событие: {event}."))),
        None => Ok(()),
    }
}

impl World {
    /// Registers a receiver; its `key` is made here and signs what it gets. \[API\]
    ///
    /// # Errors
    /// 400 for a bad address, no events or an unknown one.
    pub(crate) fn register_webhook(&mut self, body: NewWebhook) -> Result<Arc<Webhook>, Refusal> {
        check_url(&body.url)?;
        check_events(&body.events)?;
        let key = self.ids.hex::<32>();
        Ok(self.add_webhook(body.url, body.events, key))
    }

    /// Adds a receiver with a key that is known already.
    fn add_webhook(&mut self, url: String, events: Vec<String>, key: String) -> Arc<Webhook> {
        let id = self.fresh_id("whk_");
        self.put_webhook(Webhook { id, url, events, created_at: self.now, key, deleted: false })
    }

    /// Adds the receivers known from the start, or gives those that are there already their key.
    pub(crate) fn add_fixed_webhooks(&mut self) {
        for fixed in self.settings.webhooks.clone() {
            let known = self.webhooks.rows().iter().find(|row| !row.deleted && row.url == fixed.url).cloned();
            match known {
                // A key made up from a random seed is another one in every run.
                Some(known) => drop(self.put_webhook(Webhook { key: fixed.key, ..(*known).clone() })),
                None => {
                    let all = || WEBHOOK_EVENTS.iter().map(|&event| event.to_owned()).collect();
                    let events = if fixed.events.is_empty() { all() } else { fixed.events };
                    self.add_webhook(fixed.url, events, fixed.key);
                }
            }
        }
    }

    /// The receiver with this id.
    ///
    /// # Errors
    /// 404 `WebhookNotFound`. \[API\]
    pub(crate) fn webhook(&self, id: &str) -> Result<Arc<Webhook>, Refusal> {
        self.webhooks.get(id).filter(|webhook| !webhook.deleted).ok_or_else(|| Refusal::not_found("WebhookNotFound"))
    }

    /// Changes address or events of a receiver; its key stays. \[API\]\[GUESS\]
    ///
    /// # Errors
    /// 400, 404.
    pub(crate) fn change_webhook(&mut self, id: &str, body: ChangeWebhook) -> Result<Arc<Webhook>, Refusal> {
        let mut webhook = (*self.webhook(id)?).clone();
        if let Some(url) = body.url {
            check_url(&url)?;
            webhook.url = url;
        }
        if let Some(events) = body.events {
            check_events(&events)?;
            webhook.events = events;
        }
        Ok(self.put_webhook(webhook))
    }

    /// Forgets a receiver.
    ///
    /// # Errors
    /// 404.
    pub(crate) fn delete_webhook(&mut self, id: &str) -> Result<(), Refusal> {
        let webhook = self.webhook(id)?;
        self.put_webhook(Webhook { deleted: true, ..(*webhook).clone() });
        Ok(())
    }
}
