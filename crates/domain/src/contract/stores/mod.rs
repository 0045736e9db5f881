//! The promises of the stores. Each function wants stores that share one database with nothing in it yet.

use crate::ports::{
    AccountStore, AlertStore, AuditStore, BookStore, CampaignStore, CertificateKeyStore, CertificateStore,
    DeliveryStore, DonationStore, IdempotencyStore, JobStore, OpenOrderStore, PaymentGuardStore, PendingRefundStore,
    ReconciliationStore, StatsStore,
};

pub mod account_donations;
pub mod account_links;
pub mod accounts;
pub mod alert_causes;
pub mod alerts;
pub mod audit;
pub mod books;
pub mod browser_sessions;
pub mod campaign_changes;
pub mod campaign_progress;
pub mod campaigns;
pub mod certificate_keys;
pub mod certificates;
pub mod deliveries;
pub mod delivery_lists;
pub mod donation_lists;
pub mod donation_races;
pub mod donation_search;
pub mod donations;
pub mod idempotency;
pub mod jobs;
pub mod open_orders;
pub mod payment_guard;
pub mod pending_refunds;
pub mod reconciliations;
pub mod refunds;
mod samples;
pub mod sessions;
pub mod stats;
pub mod stats_waiting;

/// Stores that share one database.
#[derive(Clone, Copy)]
pub struct Stores<'a> {
    /// Donations.
    pub donations: &'a dyn DonationStore,
    /// What they are for.
    pub campaigns: &'a dyn CampaignStore,
    /// Their certificates.
    pub certificates: &'a dyn CertificateStore,
    /// The keys that sign them.
    pub certificate_keys: &'a dyn CertificateKeyStore,
    /// Webhooks.
    pub deliveries: &'a dyn DeliveryStore,
    /// Accounts.
    pub accounts: &'a dyn AccountStore,
    /// What operators are told of.
    pub alerts: &'a dyn AlertStore,
    /// Orders to ask about.
    pub open_orders: &'a dyn OpenOrderStore,
    /// Refunds to ask about.
    pub pending_refunds: &'a dyn PendingRefundStore,
    /// Background work.
    pub jobs: &'a dyn JobStore,
    /// Daily comparisons.
    pub reconciliations: &'a dyn ReconciliationStore,
    /// Numbers over time.
    pub stats: &'a dyn StatsStore,
    /// Who began to pay, and how it ended.
    pub payment_guard: &'a dyn PaymentGuardStore,
    /// The books of a period.
    pub books: &'a dyn BookStore,
    /// Who did what.
    pub audit: &'a dyn AuditStore,
    /// Answers to repeated requests.
    pub idempotency: &'a dyn IdempotencyStore,
}
