//! Where donations are kept.

use async_trait::async_trait;

use crate::donation::{Change, DonationStatus, TimelineEntry};
use crate::{AccountId, CampaignSlug, Donation, DonationId, Instant, OrderId, SearchText, Tenge};

/// Keeps donations with everything that belongs to them. Each method is one transaction.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait DonationStore: Send + Sync {
    /// Keeps a new donation and the first entry of its timeline, unless the campaign that is kept under its slug has another
    /// price than the donation's by now, or is a draft. From then on neither can be changed any more: not even by somebody who
    /// changes the campaign at this instant. A campaign that is not kept here stands in nobody's way.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept.
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<InsertDonation, StoreError>;

    /// The donation of this id, with its attempts, refunds and latest certificate; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError>;

    /// The donation that has an attempt with this order; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find_by_order(&self, order: &OrderId) -> Result<Option<Donation>, StoreError>;

    /// Donations, newest first (by `created_at`, then id), at most `query.limit` of them.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn list(&self, query: &DonationQuery) -> Result<Vec<Donation>, StoreError>;

    /// Keeps a change whole: the donation, its attempts and refunds, the timeline, the queued work, the certificate
    /// with its number. Only if the stored version is the one just below the change's; else [`Save::Conflict`], and
    /// nothing is kept: read again and decide again.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept.
    async fn save(&self, change: &Change) -> Result<Save, StoreError>;

    /// A donation's timeline, oldest first; empty if there is no such donation.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError>;
}

/// Whose donations, or which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DonationScope {
    /// An account's own.
    Account(AccountId),
    /// Everybody's.
    All,
    /// Everybody's that a person must look at.
    Flagged,
}

/// Which of them; each that is there narrows the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DonationFilter {
    /// Only those in this state.
    pub status: Option<DonationStatus>,
    /// Only those that [`crate::search`] finds.
    pub text: Option<SearchText>,
    /// Only those for this campaign.
    pub campaign: Option<CampaignSlug>,
    /// Only those made at this instant or later.
    pub from: Option<Instant>,
    /// Only those made before this instant.
    pub to: Option<Instant>,
    /// Only those of this amount or more.
    pub min_amount: Option<Tenge>,
    /// Only those of this amount or less.
    pub max_amount: Option<Tenge>,
}

/// Which donations to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DonationQuery {
    /// Among which.
    pub scope: DonationScope,
    /// Which of them.
    pub filter: DonationFilter,
    /// Only those that sort after this one.
    pub after: Option<PageCursor>,
    /// At most so many.
    pub limit: u32,
}

/// A place in a list that is sorted newest first. It stays where it is while rows are added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageCursor {
    /// The last seen row's creation.
    pub created_at: Instant,
    /// The last seen row.
    pub id: DonationId,
}

/// What came of keeping a new donation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InsertDonation {
    /// Kept.
    Inserted,
    /// Not kept: the campaign's price is another one by now, or it is a draft. Read it again and decide again.
    CampaignChanged,
}

/// What came of saving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Save {
    /// Kept; this is the donation as it now stands, its certificate numbered.
    Saved(Box<Donation>),
    /// Somebody else was first.
    Conflict,
}

/// Why a store could not do it. The text is for the log alone.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// No connection came free in time, or the database cannot be reached: it may be tried again.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// Anything else: a bug, or a damaged row.
    #[error("the database failed: {0}")]
    Failed(String),
}
