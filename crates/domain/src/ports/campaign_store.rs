//! Where campaigns are kept, and what has been given for them.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::ports::{GatewayMode, StoreError};
use crate::{Campaign, CampaignSlug, DonorName, Instant, LineText, Picture, PictureName, Tenge};

/// Keeps campaigns, and adds up what was given for them. Each method is one transaction.
///
/// What was given is counted over donations that are paid now: `completed` or `partially_refunded`, net of refunds. Nothing
/// else counts, whatever may still become of it. Donations of the other [`GatewayMode`] do not exist here, so that a site
/// which goes into production starts at 0.
///
/// Drafts are found by [`CampaignStore::find_any`] and [`CampaignStore::list_all`] alone: everything else answers as if they were
/// not there, but for their pictures, whose names nobody can guess.
///
/// Once a donation has been made under a campaign, whatever became of it, its price stays and it is no draft any more. The
/// database keeps this itself: see [`DonationStore::insert`](crate::ports::DonationStore::insert).
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait CampaignStore: Send + Sync {
    /// Keeps a campaign with its pictures, unless there is one of its slug: then nothing of it is changed. Of any number at
    /// once one is kept.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept.
    async fn insert_if_absent(&self, campaign: &Campaign, pictures: &[Picture]) -> Result<InsertCampaign, StoreError>;

    /// Keeps a changed campaign whole, with those of its pictures that are new; pictures that it no longer names are forgotten. Only
    /// if the stored version is the one just below the campaign's.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept.
    async fn update(&self, campaign: &Campaign, new_pictures: &[Picture]) -> Result<SaveCampaign, StoreError>;

    /// The campaign of this slug, draft or not; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find_any(&self, slug: &CampaignSlug) -> Result<Option<KeptCampaign>, StoreError>;

    /// All campaigns, drafts among them, by position and slug.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn list_all(&self) -> Result<Vec<KeptCampaign>, StoreError>;

    /// The campaign of this slug; `None` if there is none, or it is a draft.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, slug: &CampaignSlug) -> Result<Option<Campaign>, StoreError>;

    /// All campaigns but drafts, by position and slug.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn list(&self) -> Result<Vec<Campaign>, StoreError>;

    /// A campaign's picture; `None` if it has none of this name.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn picture(&self, slug: &CampaignSlug, name: &PictureName) -> Result<Option<Picture>, StoreError>;

    /// What was given for each campaign; one that nothing was given for is not there.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn progress(&self, mode: GatewayMode) -> Result<BTreeMap<CampaignSlug, CampaignProgress>, StoreError>;

    /// What was given for one campaign.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn progress_of(&self, slug: &CampaignSlug, mode: GatewayMode) -> Result<CampaignProgress, StoreError>;

    /// What was given for all of them. Whoever gave for several is one donor.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn total(&self, mode: GatewayMode) -> Result<CampaignProgress, StoreError>;

    /// What was given last for a campaign, newest first (by payment, then id).
    ///
    /// # Errors
    /// [`StoreError`].
    async fn latest(&self, query: &LatestDonations) -> Result<Vec<PublicDonation>, StoreError>;
}

/// What came of keeping a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsertCampaign {
    /// Kept.
    Inserted,
    /// There is one of this slug, and it is as it was.
    AlreadyThere,
}

/// A campaign as those see it who look after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCampaign {
    /// The campaign.
    pub campaign: Campaign,
    /// Whether a donation was ever made under it, whatever became of that.
    pub donated_under: bool,
}

/// What came of keeping a changed campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SaveCampaign {
    /// Kept.
    Saved,
    /// It is of another version by now, or not there.
    Conflict,
    /// A donation has been made under it: its price stays, and it becomes no draft.
    DonatedUnder,
}

/// What was given and is still there.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct CampaignProgress {
    /// The money, net of refunds.
    pub raised: Tenge,
    /// The trees that are still paid for, donation by donation (see [`crate::Gift::trees_after_refund`]).
    pub trees: u64,
    /// How many people: e-mail addresses, whatever the case of their letters. Those who were forgotten cannot be told apart
    /// any longer, so each of their donations counts as one.
    pub donors: u64,
    /// How many donations.
    pub donations: u64,
}

/// Which donations to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LatestDonations {
    /// For what.
    pub campaign: CampaignSlug,
    /// With what money.
    pub mode: GatewayMode,
    /// At most so many.
    pub limit: u32,
}

/// What everybody may see of a donation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicDonation {
    /// The name that is on the certificate; `None` if the donor wants to stay unknown, or was forgotten.
    pub name: Option<DonorName>,
    /// The money, net of refunds.
    pub amount: Tenge,
    /// The trees that are still paid for.
    pub trees: u32,
    /// What the donor wished to say.
    pub message: Option<LineText<500>>,
    /// When it was paid.
    pub completed_at: Instant,
}
