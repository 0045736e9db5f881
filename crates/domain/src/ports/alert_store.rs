//! What operators are told of, and what has been told.

use async_trait::async_trait;
use chrono::TimeDelta;

use crate::alert::{Alert, AlertKind, AlertPhase, GatewayFailure};
use crate::ports::StoreError;
use crate::reconciliation::Day;
use crate::{Account, AccountId, DonorEmail, Instant, JobId, NoticeId, Tenge};

/// Keeps the causes to tell somebody something. Whoever else changes money waits for none of it: every method is a transaction of
/// its own. However many servers call at once, each cause is noted once, and told to each recipient in one mail.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AlertStore: Send + Sync {
    /// Whether it is the caller's turn to look: among any number of callers once in a while, `every` so often at most.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn take_turn(&self, now: Instant, every: TimeDelta) -> Result<bool, StoreError>;

    /// Notes each open review, each day that differs and each parked job that was not noted yet, and ends those that are gone.
    /// A job that tells operators is never noted: nobody could be told. A day that goes on differing is noted once.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was noted.
    async fn note_what_waits(&self, now: Instant) -> Result<(), StoreError>;

    /// Notes a cause, unless another one of its kind goes on, or it was noted before.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn begin(&self, alert: &Alert, now: Instant) -> Result<(), StoreError>;

    /// Ends what goes on of this kind. What was not told yet is not told any more.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn end(&self, kind: AlertKind, now: Instant) -> Result<(), StoreError>;

    /// Queues the mails of all that is to be told, one a kind and recipient, in one transaction with the note that it was told.
    /// Kinds that are gathered wait if the last mail of their kind is younger than that. Without recipients nothing is told.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was told.
    async fn tell(&self, telling: &Telling) -> Result<Vec<Told>, StoreError>;

    /// What a mail of operators says, and to whom; `None` if no notice was queued under this name. At most as many alerts as
    /// wanted, those first that began first.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn notice(&self, job: JobId, limit: u32) -> Result<Option<Notice>, StoreError>;

    /// Keeps how the gateway answered, and says how it stands. What was asked before the last answer that counts changes nothing.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn gateway_answered(&self, answer: &GatewayAnswer) -> Result<GatewayHealth, StoreError>;

    /// The orders that turned out to be paid when the gateway was asked, since the last webhook came; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn silence(&self) -> Result<Option<Silence>, StoreError>;

    /// Everybody who answers for the money, the oldest account first.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn administrators(&self) -> Result<Vec<Account>, StoreError>;

    /// A day of real money in numbers, and what waits now.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn summary(&self, wanted: &SummaryOf) -> Result<DaySummary, StoreError>;
}

/// Who is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// Somebody who signs in; at the address that the account has when the mail is sent.
    Account(AccountId),
    /// An address from the settings.
    Address(DonorEmail),
}

/// Whom to tell now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telling {
    /// Each gets one mail a kind.
    pub recipients: Vec<Recipient>,
    /// Now.
    pub now: Instant,
    /// A mail of a gathered kind that was queued after this puts off the next one.
    pub gathered_since: Instant,
}

/// What was queued.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// Of which kind.
    pub kind: AlertKind,
    /// Whether it began or is over.
    pub phase: AlertPhase,
    /// How many alerts it gathers.
    pub alerts: u32,
}

/// What one mail tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its name.
    pub id: NoticeId,
    /// Of which kind.
    pub kind: AlertKind,
    /// Whether it began or is over.
    pub phase: AlertPhase,
    /// How many alerts it gathers.
    pub total: u32,
    /// The first of them, each with the instant at which it ended.
    pub alerts: Vec<(Alert, Option<Instant>)>,
    /// The address, if it goes to one from the settings.
    pub address: Option<DonorEmail>,
}

/// How the gateway answered when it was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayAnswer {
    /// When.
    pub at: Instant,
    /// How it failed; `None` if it did not.
    pub failure: Option<GatewayFailure>,
}

/// How the gateway stands, whichever server asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GatewayHealth {
    /// When it last answered.
    pub ok_at: Option<Instant>,
    /// Since when it has failed, and how it did last; `None` while it answers.
    pub failing: Option<(Instant, GatewayFailure)>,
}

/// Orders that were paid while no webhook came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// When the first of them was found.
    pub since: Instant,
    /// How many were found.
    pub orders: u32,
}

/// Which day to sum up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SummaryOf {
    /// The day.
    pub day: Day,
    /// Days from here on should have been compared,
    pub compared_from: Day,
    /// up to this one.
    pub compared_to: Day,
}

/// A number of payments and their sum.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// How many.
    pub number: u64,
    /// How much.
    pub amount: Tenge,
}

/// A day in numbers, and what waits now.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DaySummary {
    /// Donations that were begun.
    pub begun: u64,
    /// Donations that were paid, before anything went back.
    pub paid: Sum,
    /// Refunds that were made.
    pub refunded: Sum,
    /// Payments that were declined.
    pub declined: u64,
    /// Reviews that wait for somebody.
    pub open_reviews: u64,
    /// Work that is not tried again by itself.
    pub jobs_parked: u64,
    /// Days whose books differ.
    pub days_differ: u64,
    /// Days that should have been compared and were not.
    pub days_not_compared: u64,
}

/// Nobody is told anything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Untold;

#[async_trait]
impl AlertStore for Untold {
    async fn take_turn(&self, _: Instant, _: TimeDelta) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn note_what_waits(&self, _: Instant) -> Result<(), StoreError> {
        Ok(())
    }

    async fn begin(&self, _: &Alert, _: Instant) -> Result<(), StoreError> {
        Ok(())
    }

    async fn end(&self, _: AlertKind, _: Instant) -> Result<(), StoreError> {
        Ok(())
    }

    async fn tell(&self, _: &Telling) -> Result<Vec<Told>, StoreError> {
        Ok(Vec::new())
    }

    async fn notice(&self, _: JobId, _: u32) -> Result<Option<Notice>, StoreError> {
        Ok(None)
    }

    async fn gateway_answered(&self, answer: &GatewayAnswer) -> Result<GatewayHealth, StoreError> {
        let ok_at = answer.failure.is_none().then_some(answer.at);
        Ok(GatewayHealth { ok_at, failing: answer.failure.map(|failure| (answer.at, failure)) })
    }

    async fn silence(&self) -> Result<Option<Silence>, StoreError> {
        Ok(None)
    }

    async fn administrators(&self) -> Result<Vec<Account>, StoreError> {
        Ok(Vec::new())
    }

    async fn summary(&self, _: &SummaryOf) -> Result<DaySummary, StoreError> {
        Ok(DaySummary::default())
    }
}
