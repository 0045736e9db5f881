//! What the pages work with.

use std::sync::Arc;

use actix_web::HttpRequest;
use application::House;
use domain::Tenge;
use domain::donation::{Actor, Cause};
use domain::ports::MailArchive;

/// Everything that the pages need, for the host application to put into `web::Data<Pages>`.
#[derive(Clone)]
pub struct Pages {
    /// The use cases' ports and settings.
    pub house: House,
    /// Amounts to offer, smallest first; those outside the limits are left out.
    pub presets: Vec<Tenge>,
    /// The id that the host gave the request, so that a donation's timeline names it; `None` if it gave none.
    pub request_id: fn(&HttpRequest) -> Option<String>,
    /// Where a developer looks up mails that went to nobody; without it there is no such page.
    pub mail_archive: Option<Arc<dyn MailArchive>>,
}

impl Pages {
    /// Who asks: pages know guests only.
    pub(crate) fn cause(&self, request: &HttpRequest) -> Cause {
        Cause { actor: Actor::Guest, request_id: (self.request_id)(request) }
    }
}
