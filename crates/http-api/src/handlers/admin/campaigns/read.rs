//! `GET /api/admin/campaigns/{slug}`.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use application::campaigns::read_managed_campaign;

use super::shown;
use crate::extract::{AdminAccount, PathCampaign};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// # Errors
/// 401, 403, 404.
pub async fn read(
    state: web::Data<AppState>,
    _: AdminAccount,
    PathCampaign(slug): PathCampaign,
) -> Result<HttpResponse, Problem> {
    let managed = read_managed_campaign(&state.house, &slug).await?.ok_or(Problem::new(Code::NotFound))?;
    Ok(shown(StatusCode::OK, &managed, &state))
}
