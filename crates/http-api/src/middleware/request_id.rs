//! Every request has an id, which its answer, its log lines and the events that it causes carry.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage as _, web};
use tracing::Instrument as _;
use tracing::field::Empty;

use crate::state::AppState;
use crate::telemetry::span_of;

/// The request's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestId(pub String);

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request its id (the caller's own if it is sane), opens the span of its log lines, and writes one line
/// when it is answered.
///
/// # Errors
/// What the handler's own errors could not turn into an answer.
pub async fn request_scope(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let sent = request.headers().get(X_REQUEST_ID).and_then(|value| value.to_str().ok()).filter(|id| is_sane(id));
    let state = request.app_data::<web::Data<AppState>>().cloned();
    let new_id = || state.map(|state| state.house.ids.next().to_string()).unwrap_or_default();
    let id = sent.map_or_else(new_id, str::to_owned);
    request.extensions_mut().insert(RequestId(id.clone()));
    // The path alone: a query may hold what a log must not.
    let span = tracing::info_span!(
        "request", request_id = id, method = %request.method(), path = request.path(), trace_id = Empty
    );
    let (sent, trace_id) = span_of(&request);
    if let Some(trace_id) = trace_id {
        span.record("trace_id", trace_id);
    }
    let started = std::time::Instant::now();
    let answer = async move {
        let answer = next.call(request).await;
        if let Ok(answer) = &answer {
            let duration_ms = started.elapsed().as_millis() as u64;
            tracing::info!(status = answer.status().as_u16(), duration_ms, "request.answered");
        }
        answer
    };
    let answer = answer.instrument(span).instrument(sent.clone()).await;
    let status = answer.as_ref().map_or_else(|error| error.error_response().status(), ServiceResponse::status);
    sent.record("http.response.status_code", status.as_u16());
    let mut answer = answer?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(X_REQUEST_ID, value);
    }
    Ok(answer)
}

/// 1–128 letters, digits and `-_.:`: nothing that could break a log line or a header.
fn is_sane(id: &str) -> bool {
    (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::is_sane;

    #[test]
    fn only_sane_ids_are_taken_over() {
        assert!(is_sane("0193f2c4-abc_1.2:3"));
        for id in ["", "a b", "a\"b", "ж", &"a".repeat(129)] {
            assert!(!is_sane(id), "{id}");
        }
    }
}
