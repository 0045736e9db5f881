//! What the pages work with.

use std::sync::Arc;

use actix_web::HttpRequest;
use application::{House, Origin, Pace};
use domain::ClientNet;
use domain::ports::{IdempotencyStore, MailArchive};

/// Everything that the pages need, for the host application to put into `web::Data<Pages>`.
#[derive(Clone)]
pub struct Pages {
    /// The use cases' ports and settings.
    pub house: House,
    /// Remembers which forms were sent.
    pub idempotency: Arc<dyn IdempotencyStore>,
    /// The address under which the pages are reached from outside, without a slash at its end.
    pub backend_url: String,
    /// The id that the host gave the request, so that a donation's timeline names it; `None` if it gave none.
    pub request_id: fn(&HttpRequest) -> Option<String>,
    /// Where the host sees the request come from, for the limits.
    pub client: fn(&HttpRequest) -> ClientNet,
    /// The client's address, as the host sees it past its proxies.
    pub client_address: fn(&HttpRequest) -> String,
    /// How slowly a person's comparison of a day with the gateway's books goes on, and whether it does.
    pub pace: Arc<dyn Fn() -> Box<Pace> + Send + Sync>,
    /// Where a developer looks up mails that went to nobody; without it there is no such page.
    pub mail_archive: Option<Arc<dyn MailArchive>>,
}

impl Pages {
    /// Where a request comes from.
    pub(crate) fn origin(&self, request: &HttpRequest) -> Origin {
        Origin { request_id: (self.request_id)(request), address: Some((self.client_address)(request)) }
    }

    /// Whether browsers reach the pages over HTTPS.
    pub(crate) fn over_https(&self) -> bool {
        self.backend_url.starts_with("https://")
    }
}
