use std::collections::BTreeMap;

use async_trait::async_trait;
use domain::ports::{
    CampaignProgress, CampaignStore, GatewayMode, InsertCampaign, KeptCampaign, LatestDonations, PublicDonation,
    SaveCampaign, StoreError,
};
use domain::{Campaign, CampaignSlug, Picture, PictureName};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl CampaignStore for Store {
    async fn insert_if_absent(&self, campaign: &Campaign, pictures: &[Picture]) -> Result<InsertCampaign, StoreError> {
        let (campaign, pictures) = (campaign.clone(), pictures.to_vec());
        writing!(self, campaigns, |conn, campaigns| campaigns::insert_if_absent(conn, &campaign, &pictures))
    }

    async fn update(&self, campaign: &Campaign, new_pictures: &[Picture]) -> Result<SaveCampaign, StoreError> {
        let (campaign, pictures) = (campaign.clone(), new_pictures.to_vec());
        writing!(self, campaigns, |conn, campaigns| campaigns::update(conn, &campaign, &pictures))
    }

    async fn find_any(&self, slug: &CampaignSlug) -> Result<Option<KeptCampaign>, StoreError> {
        let slug = slug.clone();
        reading!(self, campaigns, |conn, campaigns| campaigns::find_any(conn, &slug))
    }

    async fn list_all(&self) -> Result<Vec<KeptCampaign>, StoreError> {
        reading!(self, campaigns, |conn, campaigns| campaigns::list_all(conn))
    }

    async fn find(&self, slug: &CampaignSlug) -> Result<Option<Campaign>, StoreError> {
        let slug = slug.clone();
        reading!(self, campaigns, |conn, campaigns| campaigns::find(conn, &slug))
    }

    async fn list(&self) -> Result<Vec<Campaign>, StoreError> {
        reading!(self, campaigns, |conn, campaigns| campaigns::list(conn))
    }

    async fn picture(&self, slug: &CampaignSlug, name: &PictureName) -> Result<Option<Picture>, StoreError> {
        let (slug, name) = (slug.clone(), name.clone());
        reading!(self, campaigns, |conn, campaigns| campaigns::picture(conn, &slug, &name))
    }

    async fn progress(&self, mode: GatewayMode) -> Result<BTreeMap<CampaignSlug, CampaignProgress>, StoreError> {
        reading!(self, campaign_progress, |conn, campaign_progress| campaign_progress::progress(conn, mode))
    }

    async fn progress_of(&self, slug: &CampaignSlug, mode: GatewayMode) -> Result<CampaignProgress, StoreError> {
        let slug = slug.clone();
        reading!(self, campaign_progress, |conn, campaign_progress| campaign_progress::progress_of(conn, &slug, mode))
    }

    async fn total(&self, mode: GatewayMode) -> Result<CampaignProgress, StoreError> {
        reading!(self, campaign_progress, |conn, campaign_progress| campaign_progress::total(conn, mode))
    }

    async fn latest(&self, query: &LatestDonations) -> Result<Vec<PublicDonation>, StoreError> {
        let query = query.clone();
        reading!(self, campaign_progress, |conn, campaign_progress| campaign_progress::latest(conn, &query))
    }
}
