//! Making a campaign. One transaction; of several of one slug at once, one is kept.

use domain::donation::Cause;
use domain::ports::{CampaignProgress, InsertCampaign, KeptCampaign};
use domain::{Campaign, CampaignSlug, Instant, LineText, Localised, Paragraphs, Tenge};

use super::{CampaignError, ManagedCampaign, checks};
use crate::House;

/// A campaign to be made.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// Its name in addresses; it never changes.
    pub slug: CampaignSlug,
    /// Its title.
    pub title: Localised<LineText<200>>,
    /// What it is about.
    pub text: Localised<Paragraphs<4_000>>,
    /// What one tree costs.
    pub price_per_tree: Tenge,
    /// What is to be raised.
    pub goal: Option<Tenge>,
    /// Amounts to offer.
    pub presets: Vec<Tenge>,
    /// From when on donations are taken.
    pub starts_at: Option<Instant>,
    /// From when on no more are.
    pub ends_at: Option<Instant>,
    /// Its place among the others; after all of them if it is not said.
    pub position: Option<u32>,
    /// Whether it is not public yet.
    pub draft: bool,
}

/// Makes a campaign, without a picture.
///
/// # Errors
/// [`CampaignError`]; then nothing was kept.
pub async fn create_campaign(house: &House, new: NewCampaign, cause: &Cause) -> Result<ManagedCampaign, CampaignError> {
    let mut faults = checks::title(house, &new.title);
    faults.extend(checks::price(house, new.price_per_tree));
    faults.extend(checks::presets(house, &new.presets));
    faults.extend(checks::times(new.starts_at, new.ends_at));
    if !faults.is_empty() {
        return Err(CampaignError::Invalid(faults));
    }
    let position = match new.position {
        Some(position) => position,
        None => after_all(house).await?,
    };
    let campaign = Campaign {
        slug: new.slug,
        position,
        title: new.title,
        text: new.text,
        picture: None,
        price_per_tree: new.price_per_tree,
        goal: new.goal,
        presets: new.presets,
        starts_at: new.starts_at,
        ends_at: new.ends_at,
        draft: new.draft,
        version: 0,
    };
    match house.campaigns.insert_if_absent(&campaign, &[]).await? {
        InsertCampaign::AlreadyThere => Err(CampaignError::SlugTaken),
        InsertCampaign::Inserted => {
            tracing::info!(
                { campaign.slug = campaign.slug.as_str(), actor = cause.actor.word(), request_id = cause.request_id },
                "campaign.created"
            );
            let kept = KeptCampaign { campaign, donated_under: false };
            Ok(ManagedCampaign::new(house, kept, CampaignProgress::default()))
        }
    }
}

/// The place after all that there are; two that are made at once may share it, and then stand by their slugs.
async fn after_all(house: &House) -> Result<u32, CampaignError> {
    let last = house.campaigns.list_all().await?.into_iter().map(|kept| kept.campaign.position).max();
    Ok(last.map_or(0, |last| last.saturating_add(1)))
}
