//! Ioka's API under `/v2`.

mod access;
mod auth;
mod bins;
mod customers;
mod extract;
mod gate;
mod guard;
mod orders;
mod payments;
mod receipt;
mod refunds;
mod subscriptions;
mod webhooks;

use actix_web::http::StatusCode;
use actix_web::http::header::ContentType;
use actix_web::middleware::from_fn;
use actix_web::{HttpResponse, web};
use serde::Serialize;

pub(crate) use extract::{Caller, Params, body_config};
pub(crate) use gate::{Connection, gate};

use crate::error::Refusal;

/// Every route of the API. Order tokens, customer tokens and the key are checked before any of them runs.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    let scope = web::scope("/v2")
        .wrap(from_fn(guard::guard))
        .configure(orders::routes)
        .configure(payments::routes)
        .configure(refunds::routes)
        .configure(webhooks::routes)
        .configure(customers::routes)
        .configure(subscriptions::routes)
        .configure(bins::routes)
        .route("/auth/token", web::post().to(auth::token))
        .configure(crate::checkout::three_ds_routes);
    config.service(scope).route("/healthz", web::get().to(healthz));
}

/// `GET /healthz`. \[API\]
async fn healthz() -> HttpResponse {
    json(StatusCode::OK, &serde_json::json!({ "status": "ok" }))
}

/// A JSON answer with Ioka's content type. \[API\]
pub(crate) fn json(status: StatusCode, view: &impl Serialize) -> HttpResponse {
    match serde_json::to_string(view) {
        Ok(text) => HttpResponse::build(status)
            .insert_header((actix_web::http::header::CONTENT_TYPE, "application/json; charset=utf-8"))
            .body(text),
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            HttpResponse::InternalServerError().insert_header(ContentType::json()).finish()
        }
    }
}

/// A bare array with the total in `x-count`. \[API\]
pub(crate) fn json_list(total: usize, rows: &impl Serialize) -> HttpResponse {
    let mut answer = json(StatusCode::OK, rows);
    if let Ok(value) = total.to_string().parse() {
        answer.headers_mut().insert(actix_web::http::header::HeaderName::from_static("x-count"), value);
    }
    answer
}

/// What every handler of the API gives back.
pub(crate) type Answer = Result<HttpResponse, Refusal>;
