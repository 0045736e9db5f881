//! `POST /api/admin/campaigns/{slug}/close`.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::close_campaign;

use super::shown;
use crate::extract::{AdminAccount, Cause, PathCampaign};
use crate::problem::Problem;
use crate::state::AppState;

/// It ends now; one that is over stays as it is. Whatever a body says is not read.
///
/// # Errors
/// 401, 403, 404, 409.
pub async fn close(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathCampaign(slug): PathCampaign,
) -> Result<HttpResponse, Problem> {
    let managed = close_campaign(&state.house, &slug, &Cause::account(&account, &request)).await?;
    Ok(shown(StatusCode::OK, &managed, &state))
}
