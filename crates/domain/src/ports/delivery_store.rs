//! Where webhooks are kept as they came.

use async_trait::async_trait;

use crate::donation::Change;
use crate::ports::StoreError;
use crate::{DeliveryId, DonationId, Instant};

/// Keeps every webhook whose signature was right, once, together with what it brought about.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait DeliveryStore: Send + Sync {
    /// Keeps the delivery and the change that it causes, in one transaction. The first of several copies (by
    /// `dedup_key`) wins, however concurrently they come; the others are counted and change nothing. If the donation
    /// has changed meanwhile nothing is kept: read again and decide again.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was kept, and the gateway has to deliver again.
    async fn record<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError>;

    /// The delivery kept under this key; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, dedup_key: &str) -> Result<Option<Delivery>, StoreError>;

    /// The delivery of this id; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn get(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError>;

    /// Deliveries, newest first (by `received_at`, then id), at most `query.limit` of them.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn list(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError>;

    /// Keeps what has become of a stored delivery that was read once more, with the change that it causes, in one transaction:
    /// its donation and its outcome become `delivery`'s; nothing else of it changes. One that is on record as applied is
    /// [`RecordDelivery::Duplicate`], and changes nothing. If the donation has changed meanwhile nothing is kept: read again and
    /// decide again.
    ///
    /// # Errors
    /// [`StoreError`], one for a delivery that is not on record among them; then nothing was kept.
    async fn replay<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError>;
}

/// Which deliveries to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DeliveryQuery {
    /// Only those about this donation.
    pub donation: Option<DonationId>,
    /// Only those that this became of.
    pub outcome: Option<DeliveryOutcome>,
    /// Only those that sort after this one.
    pub after: Option<(Instant, DeliveryId)>,
    /// At most so many.
    pub limit: u32,
}

/// A webhook as it came, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Our name for it.
    pub id: DeliveryId,
    /// Equal for two copies of one delivery.
    pub dedup_key: String,
    /// The adapter's dialect.
    pub dialect: String,
    /// The event's name as it came.
    pub event: String,
    /// The donation it was found to be about.
    pub donation: Option<DonationId>,
    /// What became of it.
    pub outcome: DeliveryOutcome,
    /// The body as it came.
    pub body: String,
    /// When the first copy came.
    pub received_at: Instant,
    /// The request that brought it.
    pub request_id: Option<String>,
    /// How many copies have come, this one included.
    pub copies: u32,
}

/// What became of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeliveryOutcome {
    /// It changed the donation.
    Applied,
    /// It means nothing to us, or a later state has overtaken it.
    Ignored,
    /// No donation of ours.
    Unmatched,
}

impl DeliveryOutcome {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Applied, Self::Ignored, Self::Unmatched];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Ignored => "ignored",
            Self::Unmatched => "unmatched",
        }
    }

    /// The outcome of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.word() == word)
    }
}

/// What came of recording a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordDelivery {
    /// Kept, with its change.
    Recorded,
    /// A copy of one that was kept before, or one that has been applied before.
    Duplicate,
    /// The donation has changed meanwhile; nothing was kept.
    Conflict,
}
