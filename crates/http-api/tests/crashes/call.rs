//! Calls from outside: each is counted, and what is not answered may be repeated.

use std::sync::Arc;
use std::time::Duration;

use reqwest::RequestBuilder;
use serde_json::Value;

use crate::server::PATIENCE;
use crate::site::{Site, pause};

/// How often a call is repeated before somebody goes away for good: some ten seconds of a site that is down.
const REPEATS: u32 = 200;
const BETWEEN: Duration = Duration::from_millis(50);

/// A call that came to an end.
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

/// Somebody who calls.
pub struct Caller {
    pub client: reqwest::Client,
    site: Arc<Site>,
}

impl Caller {
    pub fn new(site: Arc<Site>) -> Self {
        // A connection for each call, so that each may meet another server.
        let client = reqwest::Client::builder().pool_max_idle_per_host(0).timeout(PATIENCE).build().unwrap();
        Self { client, site }
    }

    /// As often as it is worth trying.
    pub fn patience(&self) -> std::ops::Range<u32> {
        0..REPEATS
    }

    pub fn post(&self, path: &str) -> RequestBuilder {
        self.client.post(format!("{}{path}", self.site.way_in.url()))
    }

    pub fn get(&self, path: &str) -> RequestBuilder {
        self.client.get(format!("{}{path}", self.site.way_in.url()))
    }

    /// `None` if the whole answer did not come.
    pub async fn call(&self, request: RequestBuilder) -> Option<Answer> {
        self.site.count_call();
        let heard = async {
            let answer = request.send().await.ok()?;
            let status = answer.status().as_u16();
            Some(Answer { status, body: answer.json().await.ok()? })
        };
        let answer = heard.await;
        let how = answer.as_ref().map_or("nothing".to_owned(), |answer| answer.status.to_string());
        self.site.told.count(&how);
        answer
    }

    /// Waits for a better moment. Nothing but a site in trouble is one to wait for.
    pub async fn try_again(&self, answer: Option<Answer>) {
        if let Some(Answer { status, body }) = answer
            && !matches!(status, 502..=504)
        {
            self.site.told.wrong(format!("{status}: {body}"));
        }
        pause(BETWEEN).await;
    }
}
