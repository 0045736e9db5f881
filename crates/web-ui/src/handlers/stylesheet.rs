//! `GET /static/pages-<hash>.css`

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::assets::STYLESHEET;

/// The style sheet, to be kept for a year: a changed one has another address.
pub(crate) async fn stylesheet() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/css; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(STYLESHEET.text)
}
