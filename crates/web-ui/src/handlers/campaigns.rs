//! `GET /`, `GET /campaigns/{slug}`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{ShownCampaign, latest_donations, list_campaigns, read_campaign};
use domain::ports::StoreError;
use domain::{CampaignSlug, Language};

use crate::form::{FieldError, Typed};
use crate::handlers::broken;
use crate::language::requested_language;
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::{CampaignPage, CampaignVisit, CampaignsPage, MessagePage};

/// All campaigns; of one alone its page at once.
pub(crate) async fn home(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let answer = async {
        let campaigns = list_campaigns(&pages.house).await?;
        match &campaigns[..] {
            [] => Ok(MessagePage::no_campaign(language).answer()),
            [only] => page((&pages, &visitor), only, "/", (&Typed::default(), Vec::new()), language).await,
            _ => list((&pages, &visitor), campaigns, language).await,
        }
    };
    answer.await.unwrap_or_else(|error: StoreError| broken(&error, language))
}

/// One campaign, with the form.
pub(crate) async fn show(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let slug = request.match_info().get("slug").and_then(CampaignSlug::parse);
    let Some(slug) = slug else { return MessagePage::unknown_campaign(language).answer() };
    let answer = async {
        let Some(shown) = read_campaign(&pages.house, &slug).await? else {
            return Ok(MessagePage::unknown_campaign(language).answer());
        };
        page((&pages, &visitor), &shown, &path_of(&slug), (&Typed::default(), Vec::new()), language).await
    };
    answer.await.unwrap_or_else(|error: StoreError| broken(&error, language))
}

/// A campaign's page with what was typed, and what is wrong with it.
pub(crate) async fn page(
    (pages, visitor): (&Pages, &Visitor),
    shown: &ShownCampaign,
    path: &str,
    (typed, errors): (&Typed, Vec<FieldError>),
    language: Language,
) -> Result<HttpResponse, StoreError> {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let latest = latest_donations(&pages.house, &shown.campaign.slug).await?;
    let visit = CampaignVisit { shown, latest: &latest, path, typed, errors };
    Ok(CampaignPage::new((pages, visitor), visit, language).answer(status))
}

/// A campaign's own page.
pub(crate) fn path_of(slug: &CampaignSlug) -> String {
    format!("/campaigns/{}", slug.as_str())
}

async fn list(
    (pages, visitor): (&Pages, &Visitor),
    campaigns: Vec<ShownCampaign>,
    language: Language,
) -> Result<HttpResponse, StoreError> {
    let mut cards = Vec::with_capacity(campaigns.len());
    for shown in campaigns {
        let latest = latest_donations(&pages.house, &shown.campaign.slug).await?;
        cards.push((shown, latest));
    }
    Ok(CampaignsPage::new((pages, visitor), &cards, language).answer())
}
