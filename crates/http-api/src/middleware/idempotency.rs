//! `Idempotency-Key`: a repeated request gets the first one's answer, and does nothing a second time.

use actix_web::body::{BoxBody, MessageBody, to_bytes};
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{Error, HttpRequest, HttpResponse, web};
use chrono::TimeDelta;
use domain::ports::{Begin, IdempotencyKey, StoredAnswer};
use sha2::{Digest as _, Sha256};
use tracing::Instrument as _;

use super::problems::{refusal, written_out};
use crate::extract::{client_address, read_body, signed_in};
use crate::problem::{Code, FieldError, Problem};
use crate::state::AppState;

/// How long an answer is kept.
const KEPT_FOR: TimeDelta = TimeDelta::hours(24);

/// After this long without an answer the server that took the key must have died: no request waits longer than the
/// longest gateway time-out (2 minutes).
const STALE_AFTER: TimeDelta = TimeDelta::minutes(5);

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Answers that belong to the answer itself, not to the connection.
const KEPT_HEADERS: [HeaderName; 3] = [header::CONTENT_TYPE, header::LOCATION, header::CONTENT_LANGUAGE];

/// Wraps the handler of a POST that creates or moves money. Without the header it does nothing.
///
/// # Errors
/// None of its own.
pub async fn idempotent(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if !request.headers().contains_key(IDEMPOTENCY_KEY) {
        return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
    }
    let (http_request, payload) = request.into_parts();
    let (state, key, body) = match take_key(&http_request, payload).await {
        Ok(Taken::Fresh(state, key, body)) => (state, key, body),
        Ok(Taken::Replay(answer)) => return Ok(ServiceResponse::new(http_request, replay(answer))),
        Err(problem) => return Ok(refusal(http_request, &problem)),
    };
    let request = ServiceRequest::from_parts(http_request, Payload::from(body));
    // On its own, so that a client that goes away half-way leaves neither a half-done request nor a taken key behind.
    let work = async move {
        let answer = next.call(request).await?.map_into_boxed_body();
        keep(&state, &key, written_out(answer)).await
    };
    actix_web::rt::spawn(work.in_current_span()).await.map_err(|_| Problem::new(Code::Internal))?
}

/// The request's key, for work that has to know its own repeat even after its answer was lost.
pub fn idempotency_key(request: &HttpRequest) -> Option<String> {
    request.headers().get(IDEMPOTENCY_KEY).and_then(parse)
}

/// What became of a request's key.
enum Taken {
    Fresh(web::Data<AppState>, IdempotencyKey, web::Bytes),
    Replay(StoredAnswer),
}

async fn take_key(request: &HttpRequest, mut payload: Payload) -> Result<Taken, Problem> {
    let state = request.app_data::<web::Data<AppState>>().ok_or(Problem::new(Code::Internal))?;
    let mut sent = request.headers().get_all(IDEMPOTENCY_KEY);
    let key = sent.next().and_then(parse).filter(|_| sent.next().is_none());
    let key = key.ok_or_else(|| Problem::field(FieldError::new("Idempotency-Key", "invalid_idempotency_key")))?;
    let body = read_body(request, &mut payload).await?;
    let caller = match signed_in(request).await {
        Ok(account) => format!("account:{}", account.id),
        Err(_) => format!("address:{}", client_address(request)),
    };
    let key = IdempotencyKey { caller, key, fingerprint: fingerprint(request, &body) };
    let now = state.house.clock.now();
    match state.idempotency.begin(&key, now, now - STALE_AFTER).await? {
        Begin::Fresh => Ok(Taken::Fresh(state.clone(), key, body)),
        Begin::Replay(answer) => Ok(Taken::Replay(answer)),
        Begin::InProgress => Err(Problem::new(Code::IdempotencyInProgress)),
        Begin::Reused => Err(Problem::new(Code::IdempotencyKeyReused)),
    }
}

async fn keep(
    state: &AppState,
    key: &IdempotencyKey,
    answer: ServiceResponse<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let (request, response) = answer.into_parts();
    let (head, body) = response.into_parts();
    let body = to_bytes(body).await.map_err(|_| Problem::new(Code::Internal))?;
    // Nor is a 429, or the repeat that it asks for would be answered with it again.
    let kept = if head.status().is_server_error() || head.status() == StatusCode::TOO_MANY_REQUESTS {
        state.idempotency.abandon(key).await
    } else {
        let answer = stored(head.status(), head.headers(), &body);
        state.idempotency.finish(key, &answer, state.house.clock.now() + KEPT_FOR).await
    };
    // The work is done and its answer is true; that a repeat would not find it is no reason to hide it.
    if let Err(error) = kept {
        tracing::error!(error = %error, "an answer could not be kept for its Idempotency-Key");
    }
    Ok(ServiceResponse::new(request, head.set_body(BoxBody::new(body))))
}

fn parse(sent: &HeaderValue) -> Option<String> {
    let text = sent.to_str().ok()?;
    let visible = text.bytes().all(|b| (0x21..=0x7e).contains(&b));
    ((1..=255).contains(&text.len()) && visible).then(|| text.to_owned())
}

fn fingerprint(request: &HttpRequest, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [request.method().as_str().as_bytes(), request.path().as_bytes(), body] {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn stored(status: StatusCode, headers: &header::HeaderMap, body: &[u8]) -> StoredAnswer {
    let text = |name: &HeaderName| Some((name.to_string(), headers.get(name)?.to_str().ok()?.to_owned()));
    StoredAnswer {
        status: status.as_u16(),
        headers: KEPT_HEADERS.iter().filter_map(text).collect(),
        body: body.to_vec(),
    }
}

fn replay(answer: StoredAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = HttpResponse::build(status);
    for (name, value) in answer.headers {
        response.insert_header((name, value));
    }
    response.insert_header((REPLAYED, "true"));
    response.body(answer.body)
}
