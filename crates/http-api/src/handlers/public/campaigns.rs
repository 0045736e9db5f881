//! `GET /api/campaigns`.

use actix_web::{HttpResponse, web};
use application::list_campaigns;
use serde::Serialize;

use crate::problem::Problem;
use crate::state::AppState;
use crate::views::CampaignView;

/// All of them on one page: a charity has a handful.
#[derive(Serialize)]
struct CampaignsView {
    items: Vec<CampaignView>,
    next_cursor: Option<String>,
}

/// # Errors
/// 503.
pub async fn campaigns(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let campaigns = list_campaigns(&state.house).await?;
    let items = campaigns.iter().map(|campaign| CampaignView::new(campaign, &state)).collect();
    Ok(HttpResponse::Ok().json(CampaignsView { items, next_cursor: None }))
}
