//! Every answer that is not a success: `application/problem+json` (RFC 9457).
//!
//! A handler returns a [`Problem`]; its status is decided here, in one `match`. What caused it goes to the log once, by
//! its cause, and never into the answer.

use std::borrow::Cow;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, ResponseError};
use domain::Language;
use domain::ports::{GatewayError, StoreError, TooMany};
use serde::Serialize;

use crate::extract::accept_language;
use crate::localise::{Arg, Args, localise};
use crate::middleware::RequestId;

/// The stable machine words, each with its status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Code {
    /// The body is not JSON.
    MalformedJson,
    /// Signed JSON that is no event.
    MalformedEvent,
    /// The request itself cannot be read.
    BadRequest,
    /// No token, or one that does not count.
    Unauthenticated,
    /// Address or password is wrong.
    InvalidCredentials,
    /// A webhook that is not to be believed.
    InvalidSignature,
    /// Signed in, but not for this.
    Forbidden,
    /// No such thing, or not the caller's.
    NotFound,
    /// No certificate yet.
    CertificateNotFound,
    /// The certificate was withdrawn.
    CertificateRevoked,
    /// The path knows other methods.
    MethodNotAllowed,
    /// The state forbids it.
    InvalidState,
    /// The money has been taken.
    AlreadyPaid,
    /// Another account has this address.
    EmailTaken,
    /// There is a campaign of this slug.
    SlugTaken,
    /// Donations have been made at the campaign's price.
    PriceFixed,
    /// It is not as the caller has seen it.
    ChangedMeanwhile,
    /// The campaign takes no donations yet, so that there is nothing to close.
    CampaignNotStarted,
    /// The same request is being carried out.
    IdempotencyInProgress,
    /// More than may be.
    PayloadTooLarge,
    /// By its own word not what is taken here.
    UnsupportedMediaType,
    /// See `errors`.
    ValidationFailed,
    /// More than is left of the payment.
    RefundExceedsPaid,
    /// The key was used for another request.
    IdempotencyKeyReused,
    /// Too many of them; see `Retry-After`.
    RateLimited,
    /// Our fault.
    Internal,
    /// The gateway refused, or answered something unusable.
    GatewayRejected,
    /// The gateway is down.
    GatewayUnavailable,
    /// The gateway did not answer in time.
    GatewayTimeout,
    /// Too busy, or about to stop.
    Overloaded,
    /// An operator has stopped new payments.
    PaymentsPaused,
}

impl Code {
    /// The word in `code`, and the key of its texts.
    pub const fn word(self) -> &'static str {
        match self {
            Self::MalformedJson => "malformed_json",
            Self::MalformedEvent => "malformed_event",
            Self::BadRequest => "bad_request",
            Self::Unauthenticated => "unauthenticated",
            Self::InvalidCredentials => "invalid_credentials",
            Self::InvalidSignature => "invalid_signature",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::CertificateNotFound => "certificate_not_found",
            Self::CertificateRevoked => "certificate_revoked",
            Self::MethodNotAllowed => "method_not_allowed",
            Self::InvalidState => "invalid_state",
            Self::AlreadyPaid => "already_paid",
            Self::EmailTaken => "email_taken",
            Self::SlugTaken => "slug_taken",
            Self::PriceFixed => "price_fixed",
            Self::ChangedMeanwhile => "changed_meanwhile",
            Self::CampaignNotStarted => "campaign_not_started",
            Self::IdempotencyInProgress => "idempotency_in_progress",
            Self::PayloadTooLarge => "payload_too_large",
            Self::UnsupportedMediaType => "unsupported_media_type",
            Self::ValidationFailed => "validation_failed",
            Self::RefundExceedsPaid => "refund_exceeds_paid",
            Self::IdempotencyKeyReused => "idempotency_key_reused",
            Self::RateLimited => "rate_limited",
            Self::Internal => "internal",
            Self::GatewayRejected => "gateway_rejected",
            Self::GatewayUnavailable => "gateway_unavailable",
            Self::GatewayTimeout => "gateway_timeout",
            Self::Overloaded => "overloaded",
            Self::PaymentsPaused => "payments_paused",
        }
    }

    /// The status that it is answered with.
    pub const fn status(self) -> StatusCode {
        match self {
            Self::MalformedJson | Self::MalformedEvent | Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Unauthenticated | Self::InvalidCredentials | Self::InvalidSignature => StatusCode::UNAUTHORIZED,
            Self::Forbidden => StatusCode::FORBIDDEN,
            Self::NotFound | Self::CertificateNotFound => StatusCode::NOT_FOUND,
            Self::CertificateRevoked => StatusCode::GONE,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::InvalidState
            | Self::AlreadyPaid
            | Self::EmailTaken
            | Self::SlugTaken
            | Self::PriceFixed
            | Self::ChangedMeanwhile
            | Self::CampaignNotStarted
            | Self::IdempotencyInProgress => StatusCode::CONFLICT,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::ValidationFailed | Self::RefundExceedsPaid | Self::IdempotencyKeyReused => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            Self::GatewayRejected | Self::GatewayUnavailable => StatusCode::BAD_GATEWAY,
            Self::GatewayTimeout => StatusCode::GATEWAY_TIMEOUT,
            Self::Overloaded | Self::PaymentsPaused => StatusCode::SERVICE_UNAVAILABLE,
        }
    }

    /// The headers that a status asks for (RFC 9110, 11.6.1 and 10.2.3).
    fn header(self) -> Option<(HeaderName, HeaderValue)> {
        match self {
            Self::Unauthenticated => Some((header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            Self::Overloaded => Some((header::RETRY_AFTER, HeaderValue::from_static("1"))),
            Self::IdempotencyInProgress => Some((header::RETRY_AFTER, HeaderValue::from_static("1"))),
            // Nobody knows when the brake is released; so often it does no harm to ask.
            Self::PaymentsPaused => Some((header::RETRY_AFTER, HeaderValue::from_static("300"))),
            _ => None,
        }
    }
}

/// One field of a request that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name in the body, the query or the headers.
    pub field: Cow<'static, str>,
    /// The stable machine word, and the key of its text (`field-…`).
    pub code: &'static str,
    /// What the text speaks of.
    pub args: Args,
}

impl FieldError {
    /// An error whose text needs nothing filled in.
    pub const fn new(field: &'static str, code: &'static str) -> Self {
        Self { field: Cow::Borrowed(field), code, args: Args::new() }
    }

    /// A field that there is not, by the name that the caller gave it, or as much of it as anybody needs.
    pub fn unknown(name: &str) -> Self {
        let name = name.chars().take(64).collect();
        Self { field: Cow::Owned(name), code: "unknown_field", args: Args::new() }
    }

    /// Fills a number into the text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: i64) -> Self {
        self.args.insert(name, Arg::Number(value));
        self
    }

    /// Fills a text into the text.
    #[must_use]
    pub fn with_text(mut self, name: &'static str, value: String) -> Self {
        self.args.insert(name, Arg::Text(value));
        self
    }
}

/// An answer that is not a success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    errors: Vec<FieldError>,
    allow: Option<HeaderValue>,
    retry_after_s: Option<i64>,
}

impl Problem {
    /// A problem of this code.
    pub const fn new(code: Code) -> Self {
        Self { code, errors: Vec::new(), allow: None, retry_after_s: None }
    }

    /// The request's fields are wrong.
    pub const fn validation(errors: Vec<FieldError>) -> Self {
        Self { code: Code::ValidationFailed, errors, allow: None, retry_after_s: None }
    }

    /// One of the request's fields is wrong.
    pub fn field(error: FieldError) -> Self {
        Self::validation(vec![error])
    }

    /// The path knows these methods only, separated by commas.
    pub const fn method_not_allowed(allow: HeaderValue) -> Self {
        Self { code: Code::MethodNotAllowed, errors: Vec::new(), allow: Some(allow), retry_after_s: None }
    }

    /// The whole answer, in the caller's language.
    pub fn render(&self, request: &HttpRequest) -> HttpResponse {
        let language = accept_language(request.headers()).unwrap_or(Language::En);
        let status = self.code.status();
        let none = Args::new();
        let word = self.code.word();
        let body = ProblemView {
            kind: format!("urn:donations:problem:{word}"),
            title: localise(language, &format!("title-{word}"), &none),
            status: status.as_u16(),
            detail: localise(language, &format!("detail-{word}"), &none),
            code: word,
            request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default(),
            success: false,
            errors: self.errors.iter().map(|error| FieldErrorView::new(error, language)).collect(),
        };
        let mut response = HttpResponse::build(status);
        response.content_type("application/problem+json");
        response.insert_header((header::CONTENT_LANGUAGE, language.code()));
        response.insert_header((header::VARY, "Accept-Language"));
        if let Some(pair) = self.code.header() {
            response.insert_header(pair);
        }
        if let Some(seconds) = self.retry_after_s {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        if let Some(allow) = &self.allow {
            response.insert_header((header::ALLOW, allow.clone()));
        }
        response.json(body)
    }

    /// The same as a page, for a person.
    pub fn page(&self, request: &HttpRequest) -> HttpResponse {
        let mut page = web_ui::refused(request, self.code.status());
        let allow = self.allow.clone().map(|allow| (header::ALLOW, allow));
        for (name, value) in self.code.header().into_iter().chain(allow) {
            page.headers_mut().insert(name, value);
        }
        page
    }
}

#[derive(Serialize)]
struct ProblemView {
    #[serde(rename = "type")]
    kind: String,
    title: String,
    status: u16,
    detail: String,
    code: &'static str,
    request_id: String,
    success: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldErrorView>,
}

#[derive(Serialize)]
struct FieldErrorView {
    field: String,
    code: &'static str,
    message: String,
}

impl FieldErrorView {
    fn new(error: &FieldError, language: Language) -> Self {
        let message = localise(language, &format!("field-{}", error.code), &error.args);
        Self { field: error.field.clone().into_owned(), code: error.code, message }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.word())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.code.status()
    }

    /// An empty answer that carries the problem; `middleware::problems` writes it out, because only that knows the
    /// request's language and id.
    fn error_response(&self) -> HttpResponse {
        let response = HttpResponse::new(self.code.status());
        let mut response = response;
        response.extensions_mut().insert(self.clone());
        response
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        tracing::error!(error = %error, "the store failed");
        Self::new(match error {
            StoreError::Unavailable(_) => Code::Overloaded,
            StoreError::Failed(_) => Code::Internal,
        })
    }
}

impl From<TooMany> for Problem {
    /// With the wait in whole seconds, rounded up: whoever waits for so long is not too early.
    fn from(many: TooMany) -> Self {
        let seconds = (many.retry_after.num_milliseconds() + 999) / 1000;
        Self { retry_after_s: Some(seconds.max(1)), ..Self::new(Code::RateLimited) }
    }
}

impl From<GatewayError> for Problem {
    fn from(error: GatewayError) -> Self {
        tracing::warn!(error = %error, "the gateway did not do it");
        Self::new(match error {
            GatewayError::Refused(_) => Code::GatewayRejected,
            GatewayError::Unavailable(_) => Code::GatewayUnavailable,
            GatewayError::OutcomeUnknown(_) => Code::GatewayTimeout,
        })
    }
}
