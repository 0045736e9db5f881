//! `GET /api/campaigns/{slug}`.

use actix_web::{HttpResponse, web};
use application::{latest_donations, read_campaign};
use domain::CampaignSlug;

use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::OneCampaignView;

/// # Errors
/// 404.
pub async fn campaign(state: web::Data<AppState>, slug: web::Path<String>) -> Result<HttpResponse, Problem> {
    let slug = CampaignSlug::parse(&slug).ok_or(Problem::new(Code::NotFound))?;
    let campaign = read_campaign(&state.house, &slug).await?.ok_or(Problem::new(Code::NotFound))?;
    let latest = latest_donations(&state.house, &slug).await?;
    Ok(HttpResponse::Ok().json(OneCampaignView::new(&campaign, &latest, &state)))
}
