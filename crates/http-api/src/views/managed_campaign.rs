//! A campaign as those see it who look after it.

use application::campaigns::ManagedCampaign;
use domain::Tenge;
use serde::Serialize;

use super::{LocalisedView, PictureView, timestamp};
use crate::state::AppState;

/// A campaign with what can be changed of it, and what was given for it.
#[derive(Debug, Serialize)]
pub struct ManagedCampaignView {
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
    position: u32,
    draft: bool,
    state: &'static str,
    donated_under: bool,
    raised: i64,
    trees: u64,
    donors: u64,
    donations: u64,
    version: i64,
}

impl ManagedCampaignView {
    /// All of it; the amounts to offer as they are kept, whether they can be given now or not.
    pub fn new(managed: &ManagedCampaign, state: &AppState) -> Self {
        let ManagedCampaign { campaign, progress, .. } = managed;
        Self {
            slug: campaign.slug.as_str().to_owned(),
            title: LocalisedView::new(campaign.title.map(ToString::to_string)),
            text: LocalisedView::new(campaign.text.map(|text| text.as_str().to_owned())),
            picture: campaign.picture.as_ref().map(|picture| PictureView::new(picture, campaign, state)),
            price_per_tree: campaign.price_per_tree.get(),
            currency: "KZT",
            goal: campaign.goal.map(Tenge::get),
            presets: campaign.presets.iter().copied().map(Tenge::get).collect(),
            starts_at: campaign.starts_at.map(timestamp),
            ends_at: campaign.ends_at.map(timestamp),
            position: campaign.position,
            draft: campaign.draft,
            state: managed.state.word(),
            donated_under: managed.donated_under,
            raised: progress.raised.get(),
            trees: progress.trees,
            donors: progress.donors,
            donations: progress.donations,
            version: campaign.version,
        }
    }
}
