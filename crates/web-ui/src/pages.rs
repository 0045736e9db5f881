//! What the pages work with.

use std::sync::Arc;

use actix_web::HttpRequest;
use application::House;
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
    /// Where a developer looks up mails that went to nobody; without it there is no such page.
    pub mail_archive: Option<Arc<dyn MailArchive>>,
}

impl Pages {
    /// Whether browsers reach the pages over HTTPS.
    pub(crate) fn over_https(&self) -> bool {
        self.backend_url.starts_with("https://")
    }
}
