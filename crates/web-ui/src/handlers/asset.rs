//! `GET /static/<name>-<hash>.<extension>`

use actix_web::HttpResponse;
use actix_web::http::header;

use crate::assets::Asset;

/// The file, to be kept for a year: a changed one has another address.
pub(crate) fn asset(asset: &'static Asset) -> HttpResponse {
    HttpResponse::Ok()
        .content_type(asset.content_type)
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .body(asset.bytes.as_slice())
}
