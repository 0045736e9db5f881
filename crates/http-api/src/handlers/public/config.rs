//! `GET /api/config`: what a frontend needs to draw its form.

use actix_web::{HttpResponse, web};
use application::{ShownCampaign, list_campaigns};
use domain::ports::GatewayMode;
use domain::{Language, Tenge};
use serde::Serialize;

use crate::problem::Problem;
use crate::state::AppState;
use crate::views::LocalisedView;

#[derive(Serialize)]
struct ConfigView {
    currency: &'static str,
    limits: LimitsView,
    languages: Vec<&'static str>,
    presets: Vec<i64>,
    campaigns: Vec<CampaignForFormView>,
    payments_are_real: bool,
}

#[derive(Serialize)]
struct LimitsView {
    min: i64,
    max: i64,
}

/// What a form needs of a campaign; `GET /api/campaigns` has the rest.
#[derive(Serialize)]
struct CampaignForFormView {
    slug: String,
    title: LocalisedView,
    price_per_tree: i64,
    presets: Vec<i64>,
    state: &'static str,
}

impl CampaignForFormView {
    fn new(shown: &ShownCampaign, state: &AppState) -> Self {
        Self {
            slug: shown.campaign.slug.as_str().to_owned(),
            title: LocalisedView::new(shown.campaign.title.map(ToString::to_string)),
            price_per_tree: shown.campaign.price_per_tree.get(),
            presets: shown.presets(&state.house).map(Tenge::get).collect(),
            state: shown.state.word(),
        }
    }
}

/// # Errors
/// 503.
pub async fn config(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let campaigns = list_campaigns(&state.house).await?;
    let limits = state.house.settings.limits;
    Ok(HttpResponse::Ok().json(ConfigView {
        currency: "KZT",
        limits: LimitsView { min: limits.min.get(), max: limits.max.get() },
        languages: Language::ALL.iter().map(|language| language.code()).collect(),
        presets: state.site.presets.iter().map(|amount| amount.get()).collect(),
        campaigns: campaigns.iter().map(|campaign| CampaignForFormView::new(campaign, &state)).collect(),
        payments_are_real: state.house.gateway.mode() == GatewayMode::Real,
    }))
}
