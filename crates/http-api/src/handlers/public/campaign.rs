//! `GET /api/campaigns/{slug}`.

use actix_web::{HttpResponse, web};
use application::{latest_donations, read_campaign};
use domain::CampaignSlug;
use serde::Serialize;

use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::{CampaignView, PublicDonationView};

#[derive(Serialize)]
struct OneCampaignView {
    #[serde(flatten)]
    campaign: CampaignView,
    latest: Vec<PublicDonationView>,
}

/// # Errors
/// 404.
pub async fn campaign(state: web::Data<AppState>, slug: web::Path<String>) -> Result<HttpResponse, Problem> {
    let slug = CampaignSlug::parse(&slug).ok_or(Problem::new(Code::NotFound))?;
    let campaign = read_campaign(&state.house, &slug).await?.ok_or(Problem::new(Code::NotFound))?;
    let latest = latest_donations(&state.house, &slug).await?;
    Ok(HttpResponse::Ok().json(OneCampaignView {
        campaign: CampaignView::new(&campaign, &state),
        latest: latest.iter().map(PublicDonationView::new).collect(),
    }))
}
