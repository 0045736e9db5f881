//! What the simulator offers beyond Ioka: faults, the clock, looking inside, and the dashboard.

mod actions;
mod dashboard;
mod inspect;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::{self, ServiceConfig};
use actix_web::{Error, HttpResponse};
use serde::Deserialize;

use crate::api::{Answer, Caller, json};
use crate::error::Refusal;
use crate::faults::FaultBody;

/// Routes under `/_simulator` and the dashboard at `/`.
pub(crate) fn routes(config: &mut ServiceConfig) {
    let scope = web::scope("/_simulator")
        .wrap(from_fn(only_from_here))
        .service(
            web::resource("/faults")
                .route(web::post().to(add_fault))
                .route(web::get().to(faults))
                .route(web::delete().to(clear_faults)),
        )
        .route("/faults/{id}", web::delete().to(remove_fault))
        .service(web::resource("/clock").route(web::post().to(advance)).route(web::get().to(clock)))
        .route("/state", web::get().to(inspect::state))
        .route("/requests", web::get().to(inspect::requests))
        .route("/deliveries", web::get().to(inspect::deliveries))
        .route("/reset", web::post().to(reset))
        .configure(actions::routes);
    config.service(scope).route("/", web::get().to(dashboard::show));
}

/// Refuses changes that a foreign page makes a browser send.
async fn only_from_here(request: ServiceRequest, next: Next<BoxBody>) -> Result<ServiceResponse<BoxBody>, Error> {
    let site = request.headers().get("Sec-Fetch-Site").and_then(|value| value.to_str().ok());
    if request.method() != Method::GET && matches!(site, Some("cross-site" | "same-site")) {
        return Ok(request.error_response(Refusal::forbidden()));
    }
    next.call(request).await
}

/// 201 with the fault as installed.
async fn add_fault(caller: Caller, body: web::Json<FaultBody>) -> Answer {
    let installed = caller.run(|world| world.install_fault(body.into_inner()));
    match installed {
        Ok(view) => Ok(json(StatusCode::CREATED, &view)),
        Err(error) => Err(Refusal::invalid(error.to_string())),
    }
}

impl crate::world::World {
    /// Installs a fault.
    ///
    /// # Errors
    /// The fault says nothing that can be done.
    pub(crate) fn install_fault(
        &mut self,
        body: FaultBody,
    ) -> Result<crate::faults::FaultView, crate::faults::BadFault> {
        let keys_issued = self.keys.len() as u64;
        self.faults.install(body, keys_issued)
    }
}

async fn faults(caller: Caller) -> Answer {
    Ok(json(StatusCode::OK, &caller.run(|world| world.faults.views())))
}

/// 204.
async fn clear_faults(caller: Caller) -> Answer {
    caller.run(|world| world.faults.clear());
    Ok(HttpResponse::NoContent().finish())
}

/// 204, or 404 for a fault that is gone.
async fn remove_fault(caller: Caller, id: web::Path<u64>) -> Answer {
    match caller.run(|world| world.faults.remove(*id)) {
        true => Ok(HttpResponse::NoContent().finish()),
        false => Err(Refusal::not_found("FaultNotFound")),
    }
}

/// How far to move the clock.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: u32,
}

/// 200 with the time it is now; everything that fell due has happened.
async fn advance(caller: Caller, body: web::Json<Advance>) -> Answer {
    caller.sim.advance_clock(body.advance_seconds);
    Ok(now(&caller))
}

async fn clock(caller: Caller) -> Answer {
    Ok(now(&caller))
}

fn now(caller: &Caller) -> HttpResponse {
    json(StatusCode::OK, &serde_json::json!({ "now": caller.sim.clock.now() }))
}

/// 204; everything is as at the start.
async fn reset(caller: Caller) -> Answer {
    actions::reset_all(&caller)?;
    Ok(HttpResponse::NoContent().finish())
}
