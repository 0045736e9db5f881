//! What stands before every call of the API: keys, and `idempotency-key`.

use std::time::Duration;

use actix_web::body::{BoxBody, to_bytes};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpResponse, web};

use super::access::{Access, access};
use crate::error::Refusal;
use crate::faults::{Call, FaultKind};
use crate::sim::Sim;
use crate::world::{Claim, StoredAnswer, World};

/// How often a call looks whether the one with its `idempotency-key` is done, besides being woken.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// Checks the key or token, then serves the call once per `idempotency-key`.
///
/// # Errors
/// Only what the call itself ends in; refusals are answers.
pub(super) async fn guard(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(sim) = request.app_data::<web::Data<Sim>>().cloned() else {
        return next.call(request).await;
    };
    if let Err(refusal) = check(&sim, &request) {
        return Ok(request.error_response(refusal));
    }
    let changes = matches!(*request.method(), Method::POST | Method::PATCH | Method::PUT | Method::DELETE);
    match header(&request, "idempotency-key") {
        Some(key) if changes => once(&sim, key, request, next).await,
        _ => next.call(request).await,
    }
}

fn header(request: &ServiceRequest, name: &str) -> Option<String> {
    request.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

fn check(sim: &Sim, request: &ServiceRequest) -> Result<(), Refusal> {
    let needed = access(request.method(), request.path());
    if needed == Access::Open {
        return Ok(());
    }
    if let Some(key) = header(request, "API-KEY") {
        let call = Call { method: request.method().as_str().to_owned(), path: request.path().to_owned(), event: None };
        return sim.with(|world| check_key(world, &key, &call));
    }
    let (token_name, is_right) = match needed {
        Access::KeyOrOrderToken(id) => {
            ("X-Order-Access-Token", sim.with(|world| world.orders.get(id)).map(|order| order.access_token.clone()))
        }
        Access::KeyOrCustomerToken(id) => (
            "X-Customer-Access-Token",
            sim.with(|world| world.customers.get(id)).map(|customer| customer.access_token.clone()),
        ),
        Access::Open | Access::Key => return Err(Refusal::unauthorized("Не передан API-KEY.")),
    };
    match header(request, token_name) {
        Some(token) if Some(&token) == is_right.as_ref() => Ok(()),
        Some(_) => Err(Refusal::forbidden()),
        None => Err(Refusal::unauthorized("Не передан API-KEY.")),
    }
}

/// The shop's own key has no end; one from `POST /v2/auth/token` has. A `key_expired` fault ends all keys that were
/// issued before it.
fn check_key(world: &mut World, key: &str, call: &Call) -> Result<(), Refusal> {
    let number = if key == world.settings.api_key {
        0
    } else {
        let known = world.keys.get(key).ok_or_else(|| Refusal::unauthorized("Неверный API-KEY."))?;
        if known.expires_at <= world.now {
            return Err(Refusal::unauthorized("Срок действия API-KEY истёк."));
        }
        known.number
    };
    let expired = world.faults.take_with_keys(call, |kind, keys_issued| {
        (kind == FaultKind::KeyExpired && number <= keys_issued).then_some(())
    });
    match expired {
        Some(()) => Err(Refusal::unauthorized("Срок действия API-KEY истёк.")),
        None => Ok(()),
    }
}

/// Gives up the claim on a key if the call is abandoned.
struct Claimed {
    sim: web::Data<Sim>,
    key: Option<String>,
}

impl Drop for Claimed {
    fn drop(&mut self) {
        if let Some(key) = self.key.take() {
            self.sim.with(|world| world.idempotency.release(&key));
        }
    }
}

/// Repeats with the same key get the same answer for an hour, only one is executed \[DOC\]; whatever the path and
/// body of the repeat \[GUESS\].
async fn once(
    sim: &web::Data<Sim>,
    key: String,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    loop {
        match sim.with(|world| world.idempotency.claim(&key, world.now)) {
            Claim::Mine => break,
            Claim::Answered(answer) => return Ok(request.into_response(replay(answer))),
            Claim::Busy(done) => {
                let _ = tokio::time::timeout(LOOK_AGAIN, done.notified()).await;
            }
        }
    }
    let mut claimed = Claimed { sim: sim.clone(), key: Some(key) };
    let answer = next.call(request).await?;
    let status = answer.status();
    let (request, answer) = answer.into_parts();
    let (head, body) = answer.into_parts();
    let body = to_bytes(body).await.map_err(|_| actix_web::error::ErrorInternalServerError("no body"))?;
    if let (Some(key), Ok(text)) = (claimed.key.take(), std::str::from_utf8(&body)) {
        sim.with(|world| world.keep_answer(key, status.as_u16(), text));
    }
    let answer = head.set_body(BoxBody::new(body));
    Ok(ServiceResponse::new(request, answer))
}

fn replay(answer: StoredAnswer) -> HttpResponse {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    HttpResponse::build(status)
        .insert_header((actix_web::http::header::CONTENT_TYPE, "application/json; charset=utf-8"))
        .body(answer.body)
}

impl World {
    /// Keeps an answer for its key.
    fn keep_answer(&mut self, key: String, status: u16, body: &str) {
        let answer = StoredAnswer { key, status, body: body.to_owned(), at: self.now };
        self.note(crate::world::EntryRef::Answer(&answer));
        self.idempotency.store(answer);
    }
}
