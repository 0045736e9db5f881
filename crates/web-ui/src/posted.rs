//! What a form sends.

use actix_web::web::{Bytes, Payload};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse};
use domain::Language;
use url::form_urlencoded;

use crate::session::CSRF_FIELD;
use crate::views::MessagePage;

/// More than any honest form.
const MOST_BYTES: usize = 64 * 1024;

/// The fields of a urlencoded body.
pub(crate) struct Posted {
    fields: Vec<(String, String)>,
    /// As it came.
    pub(crate) body: Bytes,
}

impl Posted {
    /// Reads the request's body.
    ///
    /// # Errors
    /// A page that says why it is no form.
    pub(crate) async fn read(
        request: &HttpRequest,
        payload: Payload,
        language: Language,
    ) -> Result<Self, HttpResponse> {
        if request.content_type() != "application/x-www-form-urlencoded" {
            return Err(MessagePage::not_a_form(language).answer());
        }
        match payload.to_bytes_limited(MOST_BYTES).await {
            Ok(Ok(body)) => Ok(Self { fields: form_urlencoded::parse(&body).into_owned().collect(), body }),
            Ok(Err(_)) => Err(MessagePage::cut_off(language).answer()),
            Err(_) => Err(MessagePage::too_large(language).answer()),
        }
    }

    /// A field; empty if it was not sent. The last of several values counts.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.fields.iter().rfind(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// What the form says of the session that it was written for.
    pub(crate) fn csrf(&self) -> Option<&str> {
        self.fields.iter().rfind(|(field, _)| field == CSRF_FIELD).map(|(_, value)| value.as_str())
    }
}
