//! Card numbers' first digits. \[API\] on the paths, \[GUESS\] on the fields.

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::{Answer, Params, json};
use crate::cards::payment_system;
use crate::error::Refusal;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.route("/bins/{bin}", web::get().to(bin)).route("/brands", web::get().to(brand));
}

/// 200 for six digits of a known scheme; 404 `BinNotFound`.
async fn bin(bin: web::Path<String>) -> Answer {
    let is_bin = bin.len() == 6 && bin.bytes().all(|byte| byte.is_ascii_digit());
    match payment_system(&bin) {
        "UNKNOWN" => Err(Refusal::not_found("BinNotFound")),
        _ if !is_bin => Err(Refusal::not_found("BinNotFound")),
        system => Ok(json(
            StatusCode::OK,
            &serde_json::json!({ "bin": *bin, "payment_system": system, "emitter": null, "type": null }),
        )),
    }
}

/// 200 with the scheme of `partial_bin`.
async fn brand(params: Params) -> Answer {
    let partial_bin = params.text("partial_bin").unwrap_or_default();
    match payment_system(&partial_bin) {
        "UNKNOWN" => Err(Refusal::not_found("BinNotFound")),
        system => Ok(json(StatusCode::OK, &serde_json::json!({ "brand": system }))),
    }
}
