//! A campaign as the API shows it.

use application::ShownCampaign;
use domain::ports::{CampaignProgress, PublicDonation};
use domain::{Campaign, CampaignPicture, Localised, PictureName, Tenge};
use serde::Serialize;

use super::timestamp;
use crate::state::AppState;

/// A campaign and what was given for it.
#[derive(Debug, Serialize)]
pub struct CampaignView {
    slug: String,
    title: LocalisedView,
    text: LocalisedView,
    picture: Option<PictureView>,
    price_per_tree: i64,
    currency: &'static str,
    goal: Option<i64>,
    presets: Vec<i64>,
    starts_at: Option<String>,
    ends_at: Option<String>,
    state: &'static str,
    raised: i64,
    trees: u64,
    donors: u64,
}

/// A campaign, and what was given for it last.
#[derive(Debug, Serialize)]
pub struct OneCampaignView {
    #[serde(flatten)]
    campaign: CampaignView,
    latest: Vec<PublicDonationView>,
}

/// A text in each language.
#[derive(Debug, Serialize)]
pub struct LocalisedView {
    kk: String,
    ru: String,
    en: String,
}

/// A picture's addresses, and what is on it.
#[derive(Debug, Serialize)]
pub struct PictureView {
    url: LocalisedView,
    alt: LocalisedView,
}

/// What everybody may see of a donation.
#[derive(Debug, Serialize)]
pub struct PublicDonationView {
    name: Option<String>,
    amount: i64,
    trees: u32,
    message: Option<String>,
    completed_at: String,
}

/// What was given for all campaigns together.
#[derive(Debug, Serialize)]
pub struct StatsView {
    raised: i64,
    trees: u64,
    donors: u64,
    donations: u64,
    currency: &'static str,
}

impl CampaignView {
    /// The campaign as everybody sees it.
    pub fn new(shown: &ShownCampaign, state: &AppState) -> Self {
        let ShownCampaign { campaign, progress, .. } = shown;
        Self {
            slug: campaign.slug.as_str().to_owned(),
            title: LocalisedView::new(campaign.title.map(ToString::to_string)),
            text: LocalisedView::new(campaign.text.map(|text| text.as_str().to_owned())),
            picture: campaign.picture.as_ref().map(|picture| PictureView::new(picture, campaign, state)),
            price_per_tree: campaign.price_per_tree.get(),
            currency: "KZT",
            goal: campaign.goal.map(Tenge::get),
            presets: shown.presets(&state.house).map(Tenge::get).collect(),
            starts_at: campaign.starts_at.map(timestamp),
            ends_at: campaign.ends_at.map(timestamp),
            state: shown.state.word(),
            raised: progress.raised.get(),
            trees: progress.trees,
            donors: progress.donors,
        }
    }
}

impl OneCampaignView {
    /// The campaign as everybody sees it.
    pub fn new(shown: &ShownCampaign, latest: &[PublicDonation], state: &AppState) -> Self {
        let latest = latest.iter().map(PublicDonationView::new).collect();
        Self { campaign: CampaignView::new(shown, state), latest }
    }
}

impl LocalisedView {
    /// The texts.
    pub fn new(Localised { kk, ru, en }: Localised<String>) -> Self {
        Self { kk, ru, en }
    }
}

impl PictureView {
    /// A campaign's picture.
    pub fn new(picture: &CampaignPicture, campaign: &Campaign, state: &AppState) -> Self {
        let url = |name: &PictureName| state.site.picture_url(&campaign.slug, name);
        Self {
            url: LocalisedView::new(picture.name.map(url)),
            alt: LocalisedView::new(picture.alt.map(ToString::to_string)),
        }
    }
}

impl PublicDonationView {
    /// The donation as everybody sees it.
    pub fn new(donation: &PublicDonation) -> Self {
        Self {
            name: donation.name.as_ref().map(ToString::to_string),
            amount: donation.amount.get(),
            trees: donation.trees,
            message: donation.message.as_ref().map(ToString::to_string),
            completed_at: timestamp(donation.completed_at),
        }
    }
}

impl StatsView {
    /// What was given.
    pub fn new(total: &CampaignProgress) -> Self {
        Self {
            raised: total.raised.get(),
            trees: total.trees,
            donors: total.donors,
            donations: total.donations,
            currency: "KZT",
        }
    }
}
