//! `GET /api/certificates/keys`: what certificates' signatures are checked with.

use actix_web::{HttpResponse, web};
use serde::Serialize;

use crate::problem::Problem;
use crate::state::AppState;

#[derive(Serialize)]
struct KeysView {
    algorithm: &'static str,
    /// The present one first, then those of the past, latest first.
    items: Vec<KeyView>,
}

#[derive(Serialize)]
struct KeyView {
    key_id: String,
    /// 32 bytes in base64url without padding.
    public_key: String,
    /// Whether it signs now.
    current: bool,
}

/// # Errors
/// 503 without a database.
pub async fn certificate_keys(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let keys = state.house.seals.keys().await?;
    let view = |(place, key): (usize, &domain::CertificateKey)| KeyView {
        key_id: key.id(),
        public_key: key.to_string(),
        current: place == 0,
    };
    Ok(HttpResponse::Ok().json(KeysView { algorithm: "Ed25519", items: keys.iter().enumerate().map(view).collect() }))
}
