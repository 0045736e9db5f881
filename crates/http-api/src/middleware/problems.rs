//! Writes problems out in the caller's language, whoever raised them.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{StatusCode, header};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, ResponseError as _};

use crate::problem::{Code, Problem};

/// Turns an answer that carries a [`Problem`], and every refusal that actix itself raised, into problem+json.
///
/// # Errors
/// None of its own: our middleware answers with [`refusal`], and actix turns the handlers' errors into answers.
pub async fn problems(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    next.call(request).await.map(|answer| written_out(answer.map_into_boxed_body()))
}

/// The answer of a middleware that turns a request away. An `Err` would lose the request, and with it its id and
/// language; holding on to a copy of the request makes actix's router panic.
pub(super) fn refusal(request: HttpRequest, problem: &Problem) -> ServiceResponse<BoxBody> {
    ServiceResponse::new(request, problem.error_response())
}

/// The answer with its problem written out, if it has one.
pub(super) fn written_out(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let carried = answer.response().extensions().get::<Problem>().cloned();
    let problem = match carried {
        Some(problem) => problem,
        None if answer.status().is_client_error() && !is_written(&answer) => raised_by_actix(answer.status()),
        None => return answer,
    };
    let request = answer.request().clone();
    let response = if wants_a_page(&request) { problem.page(&request) } else { problem.render(&request) };
    answer.into_response(response)
}

/// Whether a person is looking at one of the pages: a browser says that it takes HTML, and the API's paths are not pages.
fn wants_a_page(request: &HttpRequest) -> bool {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let of_the_api = request.path().starts_with("/api/") || request.path().starts_with("/health");
    accepted.contains("text/html") && !of_the_api
}

/// Whether somebody wrote this answer for its reader: a problem, or a page. What actix raises is plain text or empty.
fn is_written(answer: &ServiceResponse<BoxBody>) -> bool {
    let value = answer.headers().get(header::CONTENT_TYPE);
    let is = |kind: &[u8]| value.is_some_and(|value| value.as_bytes().starts_with(kind));
    is(b"application/problem+json") || is(b"text/html")
}

fn raised_by_actix(status: StatusCode) -> Problem {
    Problem::new(match status {
        StatusCode::NOT_FOUND => Code::NotFound,
        StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
        StatusCode::UNSUPPORTED_MEDIA_TYPE => Code::UnsupportedMediaType,
        _ => Code::BadRequest,
    })
}
