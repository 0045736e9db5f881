//! Where certificates are looked up.

use async_trait::async_trait;

use crate::ports::StoreError;
use crate::{CampaignSlug, Certificate, CertificateNumber};

/// Reads certificates; they are written with the change of a donation.
#[async_trait]
pub trait CertificateStore: Send + Sync {
    /// The certificate of this number and its donation's campaign; `None` if there is none.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn find(&self, number: &CertificateNumber) -> Result<Option<(Certificate, CampaignSlug)>, StoreError>;
}
