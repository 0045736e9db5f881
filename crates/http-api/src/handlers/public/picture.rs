//! `GET /campaigns/{slug}/picture-{name}`: a campaign's picture.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use application::campaign_picture;
use domain::{CampaignSlug, PictureName};

use crate::problem::{Code, Problem};
use crate::state::AppState;

/// To be kept for a year, by anybody: another picture has another name. Any page may show it; opened by itself it can run
/// and load nothing, whatever it is.
///
/// # Errors
/// 404.
pub async fn picture(state: web::Data<AppState>, path: web::Path<(String, String)>) -> Result<HttpResponse, Problem> {
    let (slug, name) = path.into_inner();
    let named = CampaignSlug::parse(&slug).zip(PictureName::parse(&name));
    let (slug, name) = named.ok_or(Problem::new(Code::NotFound))?;
    let picture = campaign_picture(&state.house, &slug, &name).await?.ok_or(Problem::new(Code::NotFound))?;
    Ok(HttpResponse::Ok()
        .content_type(picture.kind.media_type())
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        .insert_header(("Cross-Origin-Resource-Policy", "cross-origin"))
        .body(picture.bytes))
}
