//! A page that says one thing: what went wrong, and where to go from there.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use domain::Language;

use super::layout::Layout;
use crate::answer::{Forms, html};
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage {
    layout: Layout,
    heading: String,
    text: String,
    status: StatusCode,
}

impl MessagePage {
    fn new(language: Language, key: &str, status: StatusCode) -> Self {
        let texts = Texts(language);
        let heading = texts.get(&format!("message-{key}-heading"));
        Self {
            layout: Layout::new(language, &heading, "/"),
            heading,
            text: texts.get(&format!("message-{key}-text")),
            status,
        }
    }

    /// No donation that may be shown: one answer for unknown ids and for donations that belong to an account.
    pub(crate) fn no_donation(language: Language) -> Self {
        Self::new(language, "no-donation", StatusCode::NOT_FOUND)
    }

    pub(crate) fn no_page(language: Language) -> Self {
        Self::new(language, "no-page", StatusCode::NOT_FOUND)
    }

    pub(crate) fn method_not_allowed(language: Language) -> Self {
        Self::new(language, "method", StatusCode::METHOD_NOT_ALLOWED)
    }

    pub(crate) fn too_large(language: Language) -> Self {
        Self::new(language, "too-large", StatusCode::PAYLOAD_TOO_LARGE)
    }

    pub(crate) fn not_a_form(language: Language) -> Self {
        Self::new(language, "form", StatusCode::UNSUPPORTED_MEDIA_TYPE)
    }

    pub(crate) fn cut_off(language: Language) -> Self {
        Self::new(language, "form", StatusCode::BAD_REQUEST)
    }

    pub(crate) fn broken(language: Language) -> Self {
        Self::new(language, "broken", StatusCode::SERVICE_UNAVAILABLE)
    }

    pub(crate) fn no_campaign(language: Language) -> Self {
        Self::new(language, "no-campaign", StatusCode::SERVICE_UNAVAILABLE)
    }

    pub(crate) fn answer(self) -> HttpResponse {
        html(&self, self.status, self.layout.language, Forms::None)
    }

    /// With the methods that the path knows.
    pub(crate) fn answer_allowing(self, allow: &'static str) -> HttpResponse {
        let mut answer = self.answer();
        answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allow));
        answer
    }
}
