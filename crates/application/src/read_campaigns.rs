//! Looking at campaigns and at what was given for them. Nothing is written.
//!
//! A campaign and its progress are read one after the other: a payment in between shows in the one and not yet in the other.

use domain::ports::{CampaignProgress, LatestDonations, PublicDonation, StoreError};
use domain::{Campaign, CampaignSlug, CampaignState, Picture, PictureName};

use crate::House;

/// How many of the latest donations are shown.
const LATEST: u32 = 10;

/// A campaign as everybody may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShownCampaign {
    /// The campaign.
    pub campaign: Campaign,
    /// Whether it takes donations now.
    pub state: CampaignState,
    /// What was given for it.
    pub progress: CampaignProgress,
}

impl ShownCampaign {
    /// The amounts to offer: those that can be given.
    pub fn presets(&self, house: &House) -> impl Iterator<Item = domain::Tenge> {
        let limits = house.settings.limits;
        self.campaign.presets.iter().copied().filter(move |amount| (limits.min..=limits.max).contains(amount))
    }
}

/// All campaigns, in their order.
///
/// # Errors
/// [`StoreError`].
pub async fn list_campaigns(house: &House) -> Result<Vec<ShownCampaign>, StoreError> {
    let campaigns = house.campaigns.list().await?;
    let mut progress = house.campaigns.progress(house.gateway.mode()).await?;
    let now = house.clock.now();
    let shown = |campaign: Campaign| {
        let progress = progress.remove(&campaign.slug).unwrap_or_default();
        ShownCampaign { state: campaign.state_at(now), campaign, progress }
    };
    Ok(campaigns.into_iter().map(shown).collect())
}

/// One campaign; `None` if there is none of this slug.
///
/// # Errors
/// [`StoreError`].
pub async fn read_campaign(house: &House, slug: &CampaignSlug) -> Result<Option<ShownCampaign>, StoreError> {
    let Some(campaign) = house.campaigns.find(slug).await? else { return Ok(None) };
    let progress = house.campaigns.progress_of(slug, house.gateway.mode()).await?;
    Ok(Some(ShownCampaign { state: campaign.state_at(house.clock.now()), campaign, progress }))
}

/// What was given last for a campaign, newest first; at most ten.
///
/// # Errors
/// [`StoreError`].
pub async fn latest_donations(house: &House, slug: &CampaignSlug) -> Result<Vec<PublicDonation>, StoreError> {
    let query = LatestDonations { campaign: slug.clone(), mode: house.gateway.mode(), limit: LATEST };
    house.campaigns.latest(&query).await
}

/// What was given for all campaigns together.
///
/// # Errors
/// [`StoreError`].
pub async fn read_stats(house: &House) -> Result<CampaignProgress, StoreError> {
    house.campaigns.total(house.gateway.mode()).await
}

/// A campaign's picture; `None` if it has none of this name.
///
/// # Errors
/// [`StoreError`].
pub async fn campaign_picture(
    house: &House,
    slug: &CampaignSlug,
    name: &PictureName,
) -> Result<Option<Picture>, StoreError> {
    house.campaigns.picture(slug, name).await
}

/// What is given for when the donor does not say: the first campaign that takes donations, so that a form which names none
/// goes on working when one ends and the next one begins. If none does, the first; `None` if there is none at all.
///
/// # Errors
/// [`StoreError`].
pub async fn default_campaign(house: &House) -> Result<Option<Campaign>, StoreError> {
    let now = house.clock.now();
    let mut campaigns = house.campaigns.list().await?;
    let open = campaigns.iter().position(|campaign| campaign.state_at(now) == CampaignState::Open);
    Ok((!campaigns.is_empty()).then(|| campaigns.swap_remove(open.unwrap_or(0))))
}
