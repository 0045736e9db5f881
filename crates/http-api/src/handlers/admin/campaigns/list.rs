//! `GET /api/admin/campaigns`.

use actix_web::{HttpResponse, web};
use application::campaigns::list_all_campaigns;
use serde::Serialize;

use crate::extract::AdminAccount;
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::ManagedCampaignView;

/// All of them on one page: a charity has a handful.
#[derive(Serialize)]
struct ListView {
    items: Vec<ManagedCampaignView>,
    next_cursor: Option<String>,
}

/// In their order, drafts among them.
///
/// # Errors
/// 401, 403.
pub async fn list(state: web::Data<AppState>, _: AdminAccount) -> Result<HttpResponse, Problem> {
    let campaigns = list_all_campaigns(&state.house).await?;
    let items = campaigns.iter().map(|managed| ManagedCampaignView::new(managed, &state)).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: None }))
}
