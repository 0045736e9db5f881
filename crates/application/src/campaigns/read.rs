//! Campaigns as those see them who look after them. Nothing is written.

use domain::ports::{CampaignProgress, KeptCampaign, StoreError};
use domain::{CampaignSlug, CampaignState};

use crate::{House, ShownCampaign};

/// A campaign, drafts among them, and what was given for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManagedCampaign {
    /// The campaign.
    pub campaign: domain::Campaign,
    /// Whether a donation was ever made under it, whatever became of that: then its price stays.
    pub donated_under: bool,
    /// Whether it takes donations now, were it no draft.
    pub state: CampaignState,
    /// What was given for it.
    pub progress: CampaignProgress,
}

impl ManagedCampaign {
    pub(super) fn new(house: &House, kept: KeptCampaign, progress: CampaignProgress) -> Self {
        let state = kept.campaign.state_at(house.clock.now());
        Self { campaign: kept.campaign, donated_under: kept.donated_under, state, progress }
    }
}

/// All campaigns, in their order.
///
/// # Errors
/// [`StoreError`].
pub async fn list_all_campaigns(house: &House) -> Result<Vec<ManagedCampaign>, StoreError> {
    let campaigns = house.campaigns.list_all().await?;
    let mut progress = house.campaigns.progress(house.gateway.mode()).await?;
    let managed = |kept: KeptCampaign| {
        let progress = progress.remove(&kept.campaign.slug).unwrap_or_default();
        ManagedCampaign::new(house, kept, progress)
    };
    Ok(campaigns.into_iter().map(managed).collect())
}

/// One campaign; `None` if there is none of this slug.
///
/// # Errors
/// [`StoreError`].
pub async fn read_managed_campaign(house: &House, slug: &CampaignSlug) -> Result<Option<ManagedCampaign>, StoreError> {
    let Some(kept) = house.campaigns.find_any(slug).await? else { return Ok(None) };
    let progress = house.campaigns.progress_of(slug, house.gateway.mode()).await?;
    Ok(Some(ManagedCampaign::new(house, kept, progress)))
}

/// What everybody would see of a campaign if it were public, as [`read_campaign`](crate::read_campaign) gives it of one that is.
///
/// # Errors
/// [`StoreError`].
pub async fn preview_campaign(house: &House, slug: &CampaignSlug) -> Result<Option<ShownCampaign>, StoreError> {
    let managed = read_managed_campaign(house, slug).await?;
    Ok(managed.map(|ManagedCampaign { campaign, state, progress, .. }| ShownCampaign { campaign, state, progress }))
}
