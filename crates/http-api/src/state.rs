//! What every handler works with.

use std::sync::Arc;

use application::{House, PageAddresses};
use domain::ports::{IdempotencyStore, MailArchive, StoreHealth};
use domain::{CampaignSlug, CertificateNumber, PictureName, Tenge};
use ipnet::IpNet;

use crate::middleware::Drain;
use crate::monitoring::Monitoring;

/// The house, and what only HTTP needs.
pub struct AppState {
    /// The use cases' ports and settings.
    pub house: House,
    /// Answers kept for repeated requests.
    pub idempotency: Arc<dyn IdempotencyStore>,
    /// Whether the database can be worked with.
    pub health: Arc<dyn StoreHealth>,
    /// Where a developer looks up mails that went to nobody.
    pub mail_archive: Option<Arc<dyn MailArchive>>,
    /// What the server knows of itself.
    pub monitoring: Monitoring,
    /// Whether the server is about to stop.
    pub drain: Drain,
    /// What the views say of addresses and money.
    pub site: Site,
}

/// What the views say of addresses and money.
#[derive(Debug, Clone)]
pub struct Site {
    /// The address under which the server is reached from outside, without a slash at its end.
    pub backend_url: String,
    /// Pages that answers point to.
    pub pages: PageAddresses,
    /// Amounts to offer.
    pub presets: Vec<Tenge>,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
}

impl Site {
    /// Where anybody can check a certificate.
    pub fn verify_url(&self, number: &CertificateNumber) -> String {
        self.pages.certificate(number)
    }

    /// Where a campaign's picture is.
    pub fn picture_url(&self, campaign: &CampaignSlug, name: &PictureName) -> String {
        format!("{}/campaigns/{}/picture-{}", self.backend_url, campaign.as_str(), name.as_str())
    }
}
