//! The campaign that every history gives for. Histories are about money on its way; the campaign never changes, and reading it
//! never fails.

use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::ports::{
    CampaignProgress, CampaignStore, GatewayMode, InsertCampaign, KeptCampaign, LatestDonations, PublicDonation,
    SaveCampaign, StoreError,
};
use domain::{Campaign, CampaignSlug, LineText, Localised, Paragraphs, Picture, PictureName, Tenge};

/// A store with one campaign, and no progress.
pub struct OneCampaign;

fn campaign() -> Option<Campaign> {
    Some(Campaign {
        slug: CampaignSlug::parse("trees")?,
        position: 0,
        title: Localised::all(LineText::parse("Trees").ok()?),
        text: Localised::all(Paragraphs::parse("").ok()?),
        picture: None,
        price_per_tree: Tenge::new(500),
        goal: None,
        presets: Vec::new(),
        starts_at: None,
        ends_at: None,
        draft: false,
        version: 0,
    })
}

fn kept() -> Option<KeptCampaign> {
    campaign().map(|campaign| KeptCampaign { campaign, donated_under: true })
}

#[async_trait]
impl CampaignStore for OneCampaign {
    async fn insert_if_absent(&self, _: &Campaign, _: &[Picture]) -> Result<InsertCampaign, StoreError> {
        Ok(InsertCampaign::AlreadyThere)
    }

    async fn update(&self, _: &Campaign, _: &[Picture]) -> Result<SaveCampaign, StoreError> {
        Ok(SaveCampaign::Conflict)
    }

    async fn find_any(&self, slug: &CampaignSlug) -> Result<Option<KeptCampaign>, StoreError> {
        Ok(kept().filter(|kept| kept.campaign.slug == *slug))
    }

    async fn list_all(&self) -> Result<Vec<KeptCampaign>, StoreError> {
        Ok(kept().into_iter().collect())
    }

    async fn find(&self, slug: &CampaignSlug) -> Result<Option<Campaign>, StoreError> {
        Ok(campaign().filter(|campaign| campaign.slug == *slug))
    }

    async fn list(&self) -> Result<Vec<Campaign>, StoreError> {
        Ok(campaign().into_iter().collect())
    }

    async fn picture(&self, _: &CampaignSlug, _: &PictureName) -> Result<Option<Picture>, StoreError> {
        Ok(None)
    }

    async fn progress(&self, _: GatewayMode) -> Result<BTreeMap<CampaignSlug, CampaignProgress>, StoreError> {
        Ok(BTreeMap::new())
    }

    async fn progress_of(&self, _: &CampaignSlug, _: GatewayMode) -> Result<CampaignProgress, StoreError> {
        Ok(CampaignProgress::default())
    }

    async fn total(&self, _: GatewayMode) -> Result<CampaignProgress, StoreError> {
        Ok(CampaignProgress::default())
    }

    async fn latest(&self, _: &LatestDonations) -> Result<Vec<PublicDonation>, StoreError> {
        Ok(Vec::new())
    }
}
