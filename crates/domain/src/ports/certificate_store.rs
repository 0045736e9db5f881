//! Where certificates are looked up.

use async_trait::async_trait;

use crate::ports::StoreError;
use crate::{CampaignSlug, Certificate, CertificateNumber, Instant, Language, LineText};

/// A certificate, and what it shows of its donation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FiledCertificate {
    /// The record.
    pub certificate: Certificate,
    /// The donation's campaign.
    pub campaign: CampaignSlug,
    /// Its title in the donation's language, as it was when the donation was made.
    pub campaign_title: LineText<200>,
    /// The donation's language.
    pub language: Language,
    /// When the donation was made.
    pub created_at: Instant,
    /// The certificate that took its place; `None` unless it was replaced.
    pub replaced_by: Option<CertificateNumber>,
}

/// Reads certificates; they are written with the change of a donation.
#[async_trait]
pub trait CertificateStore: Send + Sync {
    /// The certificate of this number; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, number: &CertificateNumber) -> Result<Option<FiledCertificate>, StoreError>;
}
