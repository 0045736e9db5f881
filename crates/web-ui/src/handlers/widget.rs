//! `GET /widget.js`

use actix_web::http::header::{self, ETag, EntityTag, IfNoneMatch};
use actix_web::{HttpResponse, web};

use crate::assets::WIDGET;

/// The widget, for pages of any origin. Its address never changes, because it stands in other people's pages: browsers
/// keep it for minutes only, and then ask whether theirs is still the one.
pub(crate) async fn widget(known: web::Header<IfNoneMatch>) -> HttpResponse {
    let tag = EntityTag::new_strong(WIDGET.hash.clone());
    let is_known = match known.into_inner() {
        IfNoneMatch::Any => true,
        IfNoneMatch::Items(tags) => tags.iter().any(|known| known.weak_eq(&tag)),
    };
    let mut answer = if is_known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer
        .insert_header(ETag(tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"));
    if is_known {
        answer.finish()
    } else {
        answer.content_type("application/javascript; charset=utf-8").body(WIDGET.text)
    }
}
