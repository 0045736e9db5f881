//! A page that says one thing: what went wrong, and where to go from there.

use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use chrono::TimeDelta;
use domain::Language;

use super::layout::{Corner, Layout};
use crate::answer::html;
use crate::session::Visitor;
use crate::texts::Texts;

#[derive(Template)]
#[template(path = "message.html")]
pub(crate) struct MessagePage {
    layout: Layout,
    heading: String,
    text: String,
    /// Whether signing in may help.
    sign_in: bool,
    status: StatusCode,
    /// A donation's page, if the visitor was about to pay.
    back: Option<String>,
}

impl MessagePage {
    fn new(language: Language, key: &str, status: StatusCode) -> Self {
        let texts = Texts(language);
        let heading = texts.get(&format!("message-{key}-heading"));
        Self {
            layout: Layout::new(language, &heading, "/"),
            heading,
            text: texts.get(&format!("message-{key}-text")),
            sign_in: false,
            status,
            back: None,
        }
    }

    /// No donation that may be shown: one answer for unknown ids and for donations that belong to an account.
    pub(crate) fn no_donation(language: Language) -> Self {
        Self::new(language, "no-donation", StatusCode::NOT_FOUND)
    }

    /// For a visitor who, if nobody is signed in, may sign in and come back to `path`.
    pub(crate) fn seen_by(mut self, visitor: &Visitor, path: &str) -> Self {
        self.layout = self.layout.seen_by(visitor, path);
        self.sign_in = true;
        self
    }

    /// No certificate of such a number.
    pub(crate) fn unknown_certificate(language: Language) -> Self {
        Self::new(language, "unknown-certificate", StatusCode::NOT_FOUND)
    }

    /// No picture of a certificate that is not valid.
    pub(crate) fn certificate_gone(language: Language) -> Self {
        Self::new(language, "certificate-gone", StatusCode::GONE)
    }

    pub(crate) fn no_page(language: Language) -> Self {
        Self::refused(language, StatusCode::NOT_FOUND)
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

    /// None was made yet, or it does not count any longer.
    pub(crate) fn no_certificate(language: Language) -> Self {
        Self::new(language, "no-certificate", StatusCode::NOT_FOUND)
    }

    /// Said of every address, whether or not it has an account.
    pub(crate) fn mail_on_its_way(language: Language) -> Self {
        Self::new(language, "mail-on-its-way", StatusCode::OK)
    }

    pub(crate) fn account_deleted(language: Language) -> Self {
        Self::new(language, "account-deleted", StatusCode::OK)
    }

    /// Whatever was asked for, it was asked for too often. It is not said which limit it was.
    pub(crate) fn too_often(language: Language) -> Self {
        Self::new(language, "too-often", StatusCode::TOO_MANY_REQUESTS)
    }

    /// An operator has stopped new payments.
    pub(crate) fn payments_paused(language: Language) -> Self {
        Self::new(language, "payments-paused", StatusCode::SERVICE_UNAVAILABLE)
    }

    /// For a visitor who was about to pay for the donation of this page.
    pub(crate) fn back_to(mut self, page: &str) -> Self {
        self.back = Some(page.to_owned());
        self
    }

    /// A form that another site's page had a browser send.
    pub(crate) fn foreign_form(language: Language) -> Self {
        Self::new(language, "foreign-form", StatusCode::FORBIDDEN)
    }

    /// A form of another sign-in than the one that stands.
    pub(crate) fn stale_form(language: Language) -> Self {
        Self::new(language, "stale-form", StatusCode::FORBIDDEN)
    }

    pub(crate) fn broken(language: Language) -> Self {
        Self::new(language, "broken", StatusCode::SERVICE_UNAVAILABLE)
    }

    pub(crate) fn no_campaign(language: Language) -> Self {
        Self::new(language, "no-campaign", StatusCode::SERVICE_UNAVAILABLE)
    }

    pub(crate) fn unknown_campaign(language: Language) -> Self {
        Self::new(language, "unknown-campaign", StatusCode::NOT_FOUND)
    }

    /// What the status says, in a donor's words.
    pub(crate) fn refused(language: Language, status: StatusCode) -> Self {
        let key = match status {
            StatusCode::FORBIDDEN => "forbidden",
            StatusCode::NOT_FOUND => "no-page",
            StatusCode::METHOD_NOT_ALLOWED => "method",
            StatusCode::PAYLOAD_TOO_LARGE => "too-large",
            StatusCode::TOO_MANY_REQUESTS => "too-many",
            StatusCode::SERVICE_UNAVAILABLE => "busy",
            _ if status.is_server_error() => "broken",
            _ => "form",
        };
        Self::new(language, key, status)
    }

    pub(crate) fn answer(self) -> HttpResponse {
        html(&self, self.status, self.layout.language, self.layout.forms())
    }

    /// With the time after which asking again is worth while, in whole seconds, rounded up.
    pub(crate) fn answer_after(self, wait: TimeDelta) -> HttpResponse {
        let seconds = (wait.num_milliseconds() + 999) / 1000;
        let mut answer = self.answer();
        answer.headers_mut().insert(header::RETRY_AFTER, header::HeaderValue::from(seconds.max(1)));
        answer
    }

    /// With the methods that the path knows.
    pub(crate) fn answer_allowing(self, allow: &'static str) -> HttpResponse {
        let mut answer = self.answer();
        answer.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static(allow));
        answer
    }
}
