//! `GET /api/config`: what a frontend needs to draw its form.

use actix_web::{HttpResponse, web};
use domain::ports::GatewayMode;
use domain::{Campaign, Language};
use serde::Serialize;

use crate::state::AppState;

#[derive(Serialize)]
struct ConfigView {
    currency: &'static str,
    limits: LimitsView,
    languages: Vec<&'static str>,
    presets: Vec<i64>,
    campaigns: Vec<CampaignView>,
    payments_are_real: bool,
}

#[derive(Serialize)]
struct LimitsView {
    min: i64,
    max: i64,
}

#[derive(Serialize)]
struct CampaignView {
    slug: String,
    title: TitleView,
    price_per_tree: i64,
}

#[derive(Serialize)]
struct TitleView {
    kk: String,
    ru: String,
    en: String,
}

impl CampaignView {
    fn new(campaign: &Campaign) -> Self {
        let title = |language| campaign.title.get(language).to_owned();
        Self {
            slug: campaign.slug.as_str().to_owned(),
            title: TitleView { kk: title(Language::Kk), ru: title(Language::Ru), en: title(Language::En) },
            price_per_tree: campaign.price_per_tree.get(),
        }
    }
}

/// Never fails.
pub async fn config(state: web::Data<AppState>) -> HttpResponse {
    let settings = &state.house.settings;
    HttpResponse::Ok().json(ConfigView {
        currency: "KZT",
        limits: LimitsView { min: settings.limits.min.get(), max: settings.limits.max.get() },
        languages: Language::ALL.iter().map(|language| language.code()).collect(),
        presets: state.site.presets.iter().map(|amount| amount.get()).collect(),
        campaigns: settings.campaigns.iter().map(CampaignView::new).collect(),
        payments_are_real: state.house.gateway.mode() == GatewayMode::Real,
    })
}
