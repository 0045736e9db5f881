//! `GET /api/admin/campaigns/{slug}/preview`: what everybody would see of it.

use actix_web::{HttpRequest, HttpResponse, web};
use application::campaigns::preview_campaign;
use application::{ShownCampaign, latest_donations};
use domain::Language;
use serde::Serialize;

use crate::extract::{AdminAccount, PathCampaign, PreferredLanguage, language_in_query};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::OneCampaignView;

/// What `GET /api/campaigns/{slug}` would answer, and how its page would read in one language.
#[derive(Serialize)]
struct PreviewView {
    #[serde(flatten)]
    campaign: OneCampaignView,
    page: PageView,
}

#[derive(Serialize)]
struct PageView {
    language: &'static str,
    title: String,
    paragraphs: Vec<String>,
    picture_url: Option<String>,
    picture_alt: Option<String>,
}

impl PageView {
    fn new(shown: &ShownCampaign, language: Language, state: &AppState) -> Self {
        let campaign = &shown.campaign;
        let picture = campaign.picture.as_ref();
        Self {
            language: language.code(),
            title: campaign.title.get(language).to_string(),
            paragraphs: campaign.text.get(language).paragraphs().map(str::to_owned).collect(),
            picture_url: picture.map(|one| state.site.picture_url(&campaign.slug, one.name.get(language))),
            picture_alt: picture.map(|one| one.alt.get(language).to_string()),
        }
    }
}

/// `?lang=` says in which language; without it the caller's, or else Russian.
///
/// # Errors
/// 401, 403, 404, 422.
pub async fn preview(
    state: web::Data<AppState>,
    request: HttpRequest,
    _: AdminAccount,
    PathCampaign(slug): PathCampaign,
    PreferredLanguage(preferred): PreferredLanguage,
) -> Result<HttpResponse, Problem> {
    let language = language_in_query(&request, "lang")?.or(preferred).unwrap_or(Language::Ru);
    let shown = preview_campaign(&state.house, &slug).await?.ok_or(Problem::new(Code::NotFound))?;
    let latest = latest_donations(&state.house, &slug).await?;
    let page = PageView::new(&shown, language, &state);
    let campaign = OneCampaignView::new(&shown, &latest, &state);
    Ok(HttpResponse::Ok().json(PreviewView { campaign, page }))
}
