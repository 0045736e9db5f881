//! All campaigns.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use application::ShownCampaign;
use askama::Template;
use domain::ports::{GatewayMode, PublicDonation};
use domain::{CampaignState, Language};

use super::latest::{LatestGift, day};
use super::layout::{Corner, Layout, ShareCard};
use super::picture::Picture;
use super::progress::Progress;
use crate::answer::html;
use crate::pages::Pages;
use crate::session::Visitor;
use crate::texts::{Arg, Texts};

#[derive(Template)]
#[template(path = "campaigns.html")]
pub(crate) struct CampaignsPage {
    layout: Layout,
    campaigns: Vec<Card>,
}

struct Card {
    href: String,
    title: String,
    picture: Option<Picture>,
    /// When it takes no donations.
    note: Option<String>,
    progress: Progress,
    /// Who gave last.
    latest: Option<String>,
}

impl CampaignsPage {
    /// The campaigns, each with what was given for it last.
    pub(crate) fn new(
        (pages, visitor): (&Pages, &Visitor),
        campaigns: &[(ShownCampaign, Vec<PublicDonation>)],
        language: Language,
    ) -> Self {
        let texts = Texts(language);
        let heading = texts.get("campaigns-heading");
        let mut layout = Layout::new(language, &heading, "/").seen_by(visitor, "/");
        layout.test_mode = pages.house.gateway.mode() == GatewayMode::Test;
        layout.card = Some(ShareCard {
            title: heading,
            description: texts.get("donate-lead"),
            url: format!("{}/?lang={}", pages.backend_url, language.code()),
            picture: None,
        });
        Self { layout, campaigns: campaigns.iter().map(|(shown, latest)| card(shown, latest, texts)).collect() }
    }

    pub(crate) fn answer(&self) -> HttpResponse {
        html(self, StatusCode::OK, self.layout.language, self.layout.forms())
    }
}

fn card(shown: &ShownCampaign, latest: &[PublicDonation], texts: Texts) -> Card {
    let campaign = &shown.campaign;
    let dated = |key: &str, at| texts.fill(key, &[("date", Arg::Text(day(at, texts.0)))]);
    Card {
        href: format!("/campaigns/{}?lang={}", campaign.slug.as_str(), texts.0.code()),
        title: campaign.title.get(texts.0).as_str().to_owned(),
        picture: Picture::of(campaign, texts.0),
        note: match shown.state {
            CampaignState::Open => None,
            CampaignState::Upcoming => campaign.starts_at.map(|at| dated("card-upcoming", at)),
            CampaignState::Closed => campaign.ends_at.map(|at| dated("card-closed", at)),
        },
        progress: Progress::new(shown, texts),
        latest: latest.first().map(|gift| LatestGift::new(gift, texts).line(texts)),
    }
}
