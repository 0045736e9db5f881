//! What surrounds every request: trace id, faults of the connection, and the record of what came in.

use std::net::Shutdown;
use std::time::Duration;

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, ResponseError, web};

use super::json;
use crate::error::Refusal;
use crate::faults::{Call, FaultKind};
use crate::request_log::SeenRequest;
use crate::sim::{Sim, lock};

/// The socket of a connection, so that a fault can close it.
#[derive(Debug)]
pub(crate) struct Connection(pub(crate) socket2::Socket);

/// Headers whose values are shown only in part.
const SECRET_HEADERS: [&str; 5] =
    ["api-key", "authorization", "cookie", "x-order-access-token", "x-customer-access-token"];

/// Faults of the call itself.
#[derive(Default)]
struct Plan {
    latency: Option<Duration>,
    error: Option<u16>,
    closes_before: bool,
    closes_after: bool,
    cuts_json: bool,
}

impl Plan {
    /// Takes one fault of each kind that hits this call. The simulator's own paths are never hit.
    fn draw(sim: &Sim, call: &Call) -> Self {
        if call.path == "/" || call.path.starts_with("/_simulator") || call.path.starts_with("/assets") {
            return Self::default();
        }
        sim.with(|world| {
            let faults = &mut world.faults;
            let mut has = |wanted: FaultKind| faults.take(call, |kind| (kind == wanted).then_some(())).is_some();
            let closes_before = has(FaultKind::CloseBefore);
            let closes_after = has(FaultKind::CloseAfter);
            let cuts_json = has(FaultKind::BrokenJson);
            let latency = faults.take(call, |kind| match kind {
                FaultKind::Latency(duration) => Some(duration),
                _ => None,
            });
            let error = faults.take(call, |kind| match kind {
                FaultKind::Error { status } => Some(status),
                _ => None,
            });
            Self { latency, error, closes_before, closes_after, cuts_json }
        })
    }
}

/// Serves a request with its faults, puts `x-trace-id` on the answer and records both. \[API\] on the header.
///
/// # Errors
/// Only what the request itself ends in; refusals are answers.
pub(crate) async fn gate(mut request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(sim) = request.app_data::<web::Data<Sim>>().cloned() else {
        return next.call(request).await;
    };
    let call = Call { method: request.method().as_str().to_owned(), path: request.path().to_owned(), event: None };
    let mut seen = SeenRequest {
        at: sim.clock.now(),
        trace_id: sim.trace_id(),
        method: call.method.clone(),
        path: call.path.clone(),
        query: request.query_string().to_owned(),
        headers: shown_headers(request.headers()),
        body: body_for_record(&mut request, &call).await,
        status: None,
    };
    let plan = Plan::draw(&sim, &call);
    if let Some(latency) = plan.latency {
        tokio::time::sleep(latency).await;
    }
    let answer = match plan.error {
        _ if plan.closes_before => request.into_response(HttpResponse::NoContent().finish()),
        Some(status) => request.into_response(refused(status).error_response()),
        None => next.call(request).await?,
    };
    let mut answer = in_iokas_shape(answer);
    if plan.cuts_json {
        answer = cut_in_half(answer).await?;
    }
    if plan.closes_before || plan.closes_after {
        close(&answer);
    } else {
        seen.status = Some(answer.status().as_u16());
    }
    if let Ok(value) = HeaderValue::from_str(&seen.trace_id) {
        answer.headers_mut().insert(HeaderName::from_static("x-trace-id"), value);
    }
    if !call.path.starts_with("/_simulator") && !call.path.starts_with("/assets") && call.path != "/" {
        lock(&sim.requests).push(seen);
    }
    Ok(answer)
}

fn shown_headers(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .map(|(name, value)| {
            let text = String::from_utf8_lossy(value.as_bytes());
            let is_secret = SECRET_HEADERS.contains(&name.as_str());
            let shown = if is_secret { text.chars().take(4).chain("…".chars()).collect() } else { text.into_owned() };
            (name.as_str().to_owned(), shown)
        })
        .collect()
}

/// Reads the body for the record and puts it back; what may hold a card number is not read.
async fn body_for_record(request: &mut ServiceRequest, call: &Call) -> Option<String> {
    let is_read = matches!(call.method.as_str(), "POST" | "PATCH" | "PUT");
    let is_api = call.path.starts_with("/v2/") && !call.path.ends_with("/check3ds");
    let has_card = call.path.contains("/payments/") || call.path.ends_with("/bindings");
    let has_secret = call.path.starts_with("/v2/auth/");
    if !is_read || !is_api || has_card || has_secret {
        return None;
    }
    let bytes = request.extract::<web::Bytes>().await.ok()?;
    request.set_payload(Payload::from(bytes.clone()));
    String::from_utf8(bytes.to_vec()).ok()
}

fn refused(status: u16) -> Refusal {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let (code, message) = match status.as_u16() {
        400 => ("InvalidRequest", "Неверный запрос."),
        401 => ("Unauthorized", "Неверный API-KEY."),
        403 => ("Forbidden", "Недостаточно прав."),
        404 => ("NotFound", "Не найдено."),
        409 => ("Conflict", "Конфликт."),
        429 => ("TooManyRequests", "Слишком много запросов."),
        502 => ("BadGateway", "Ошибка стороннего сервиса."),
        503 => ("ServiceUnavailable", "Сервис временно недоступен."),
        504 => ("GatewayTimeout", "Превышено время ожидания."),
        _ => ("InternalServerError", "Внутренняя ошибка сервиса."),
    };
    Refusal::new(status, code, message)
}

/// Gives the framework's own empty 404 and 405 a body in Ioka's shape. \[DOC\]
fn in_iokas_shape(answer: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let is_bare = !answer.headers().contains_key(CONTENT_TYPE);
    let (code, message) = match answer.status() {
        StatusCode::NOT_FOUND if is_bare => ("NotFound", "Метод не найден."),
        StatusCode::METHOD_NOT_ALLOWED if is_bare => ("MethodNotAllowed", "Метод не поддерживается."),
        _ => return answer,
    };
    let body = json(answer.status(), &serde_json::json!({ "code": code, "message": message }));
    answer.into_response(body)
}

/// Cuts the body of an answer in the middle, with a length that fits, so that only its JSON is broken.
async fn cut_in_half(answer: ServiceResponse<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, answer) = answer.into_parts();
    let (head, body) = answer.into_parts();
    let whole = to_bytes(body).await.map_err(|_| actix_web::error::ErrorInternalServerError("no body"))?;
    let half = whole.slice(..whole.len() / 2);
    Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(half))))
}

/// Shuts the socket down, so that the answer goes nowhere.
fn close(answer: &ServiceResponse<BoxBody>) {
    let closed = answer.request().conn_data::<Connection>().map(|connection| connection.0.shutdown(Shutdown::Both));
    if !matches!(closed, Some(Ok(()))) {
        tracing::warn!("a connection could not be closed for a fault");
    }
}
