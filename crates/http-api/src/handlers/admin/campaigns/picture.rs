//! `PUT`, `DELETE /api/admin/campaigns/{slug}/picture`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::{remove_picture, set_picture};

use super::shown;
use crate::extract::{AdminAccount, Cause, IfMatch, PathCampaign, PictureBody};
use crate::problem::Problem;
use crate::state::AppState;

/// The body is the file: PNG, JPEG or WebP of at most 1 MiB. What is on it is in the query, in each language: `?alt_kk=…`.
///
/// # Errors
/// 401, 403, 404, 409, 413, 415, 422.
pub async fn set(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    (PathCampaign(slug), IfMatch(version)): (PathCampaign, IfMatch),
    PictureBody(picture): PictureBody,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::account(&account, &request);
    let managed = set_picture(&state.house, &slug, picture, version, &cause).await?;
    Ok(shown(StatusCode::OK, &managed, &state))
}

/// # Errors
/// 401, 403, 404, 409.
pub async fn remove(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathCampaign(slug): PathCampaign,
    IfMatch(version): IfMatch,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::account(&account, &request);
    let managed = remove_picture(&state.house, &slug, version, &cause).await?;
    Ok(shown(StatusCode::OK, &managed, &state))
}
