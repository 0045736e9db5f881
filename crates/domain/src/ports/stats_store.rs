//! Numbers over time, for the people who answer for the money.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::donation::DeclineReason;
use crate::ports::{GatewayMode, StoreError};
use crate::reconciliation::{Bucket, Day};
use crate::{DonationId, Instant, Review, Tenge};

/// Adds up what is kept. Reads only; each method sees one moment.
///
/// Donations of the other [`GatewayMode`] do not exist here, so that what was tried out never shows beside real money. Days are
/// Kazakhstan's.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait StatsStore: Send + Sync {
    /// What was begun and paid in the days of the span, bucket by bucket, and why payments were declined in them.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn series(&self, days: &DaySpan, bucket: Bucket) -> Result<Series, StoreError>;

    /// What was begun and paid in each of the spans, in their order.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn figures(&self, spans: &[DaySpan]) -> Result<Vec<Figures>, StoreError>;

    /// What waits for a person, whichever mode it is of: the lists that show it know no mode either.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn waiting(&self, asked: &AskWaiting) -> Result<Waiting, StoreError>;
}

/// Days in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaySpan {
    /// Whose donations count.
    pub mode: GatewayMode,
    /// The first one.
    pub from: Day,
    /// The first one that does not count any more.
    pub to: Day,
}

/// Numbers over the days of a span.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Series {
    /// By the first day of their bucket, which may be before the span's; those in which nothing happened are not there.
    pub buckets: BTreeMap<Day, Figures>,
    /// All of them together. Whoever gave in several buckets is one donor.
    pub total: Figures,
    /// How often a payment was declined for each reason, whatever became of the donation; the most frequent first.
    pub declines: Vec<(DeclineReason, u64)>,
}

/// What was begun and what was paid in some days.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Figures {
    /// Donations that were made.
    pub started: u64,
    /// Those of them that have been paid since, whenever that was.
    pub converted: u64,
    /// Donations that were paid, whenever they were made. All that follows is of these.
    pub paid: u64,
    /// How much they were for.
    pub amount: Tenge,
    /// How much of it has been given back since, whenever that was.
    pub refunded: Tenge,
    /// Trees, without those that were given back.
    pub trees: u64,
    /// Donors, by e-mail address, without those who were given everything back. Of who was forgotten, each donation is one.
    pub donors: u64,
}

impl Figures {
    /// What stayed.
    pub const fn net(&self) -> Tenge {
        self.amount.saturating_sub(self.refunded)
    }

    /// Of a hundred donations that were made so many have been paid since, rounded down; `None` if none was made.
    pub const fn conversion_percent(&self) -> Option<u64> {
        self.converted.saturating_mul(100).checked_div(self.started)
    }
}

/// Since when, and until when, things wait for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AskWaiting {
    /// The first and the last day that ought to have been compared with the gateway's books.
    pub days: (Day, Day),
    /// A refund that was asked for before this ought to be final.
    pub refunds_before: Instant,
    /// Webhooks since this count.
    pub deliveries_since: Instant,
}

/// What waits for a person.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// Donations with something to look at.
    pub flagged: u64,
    /// How many of them for each reason; one may have several. In their order; reasons of none are missing.
    pub reviews: Vec<(Review, u64)>,
    /// Work that is not tried again by itself.
    pub parked_jobs: u64,
    /// Days with differences that nothing has settled, and how many, the latest day first.
    pub differences: Vec<(Day, u64)>,
    /// Those of the days asked about that have been compared to their end since they closed ([`Day::closes_at`]).
    pub compared: Vec<Day>,
    /// Whose refunds have been pending for too long, the longest first; at most a hundred, a donation with two of them twice.
    pub stuck_refunds: Vec<DonationId>,
    /// Webhooks that fit none of our donations.
    pub unmatched: u64,
}
