//! What is kept against the testing of stolen cards: how payments ended lately, and the brake.

use async_trait::async_trait;

use crate::donation::Actor;
use crate::ports::StoreError;
use crate::{DeliveryId, DonationId, Instant, LineText, Record};

/// Stands for an address or an e-mail address that is not kept itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pseudonym(pub [u8; 16]);

/// Keeps it for all servers. Each method is one transaction.
#[async_trait]
pub trait PaymentGuardStore: Send + Sync {
    /// How payments ended after `since`, and the brake, as far as it concerns this payer.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn record(&self, payer: &Payer, since: Instant) -> Result<(Record, Option<Brake>), StoreError>;

    /// Remembers who begins to pay for a donation. The last one counts.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn remember(&self, payer: &Payer, now: Instant) -> Result<(), StoreError>;

    /// Counts how a payment ended, for its donation and for whoever began it last. The same delivery counts once.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn count(&self, ended: &PaymentEnded) -> Result<(), StoreError>;

    /// Forgets who began to pay, and how payments ended, up to `before`. The answer is how many rows went.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn forget(&self, before: Instant) -> Result<u64, StoreError>;

    /// The brake as it was last set; `None` if it never was.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn brake(&self) -> Result<Option<Brake>, StoreError>;

    /// Sets the brake. The last one counts.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn set_brake(&self, brake: &Brake) -> Result<(), StoreError>;
}

/// Who begins to pay for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Payer {
    /// The donation.
    pub donation: DonationId,
    /// The client's address.
    pub client: Pseudonym,
    /// The donor's e-mail address.
    pub email: Pseudonym,
}

/// A payment that was declined or taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentEnded {
    /// The delivery that said so.
    pub delivery: DeliveryId,
    /// The donation that it was for.
    pub donation: DonationId,
    /// How it ended.
    pub outcome: PaymentOutcome,
    /// When it was heard.
    pub heard_at: Instant,
}

/// How a payment ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentOutcome {
    /// No money moved.
    Declined,
    /// Money was taken.
    Captured,
}

impl PaymentOutcome {
    /// The stable word in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::Captured => "captured",
        }
    }
}

/// What an operator pulls to stop new payments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Brake {
    /// Whether new payments are stopped.
    pub position: BrakePosition,
    /// Why, for the other operators.
    pub reason: Option<LineText<500>>,
    /// When it was set.
    pub changed_at: Instant,
    /// By whom.
    pub changed_by: Actor,
}

/// Whether new payments are stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BrakePosition {
    /// They are.
    Pulled,
    /// They are not.
    Released,
}

impl Brake {
    /// Whether new payments are stopped.
    pub fn is_pulled(&self) -> bool {
        self.position == BrakePosition::Pulled
    }
}

/// Keeps nothing: nobody has ever failed.
#[derive(Debug, Clone, Copy)]
pub struct Forgetful;

#[async_trait]
impl PaymentGuardStore for Forgetful {
    async fn record(&self, _: &Payer, _: Instant) -> Result<(Record, Option<Brake>), StoreError> {
        Ok((Record::default(), None))
    }

    async fn remember(&self, _: &Payer, _: Instant) -> Result<(), StoreError> {
        Ok(())
    }

    async fn count(&self, _: &PaymentEnded) -> Result<(), StoreError> {
        Ok(())
    }

    async fn forget(&self, _: Instant) -> Result<u64, StoreError> {
        Ok(0)
    }

    async fn brake(&self) -> Result<Option<Brake>, StoreError> {
        Ok(None)
    }

    async fn set_brake(&self, _: &Brake) -> Result<(), StoreError> {
        Ok(())
    }
}
