//! `GET /api/openapi.json`, `GET /api/docs`.

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::openapi::{DOCUMENT, POLICY, page};

/// The document.
pub async fn document() -> HttpResponse {
    HttpResponse::Ok().json(&*DOCUMENT)
}

/// The same for people.
pub async fn docs() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CONTENT_SECURITY_POLICY, POLICY.as_str()))
        .body(page())
}
