use async_trait::async_trait;
use domain::ports::{CertificateStore, StoreError};
use domain::{CampaignSlug, Certificate, CertificateNumber};

use super::reading;
use crate::Store;

#[async_trait]
impl CertificateStore for Store {
    async fn find(&self, number: &CertificateNumber) -> Result<Option<(Certificate, CampaignSlug)>, StoreError> {
        let number = number.clone();
        reading!(self, certificates, |conn, certificates| certificates::find(conn, &number))
    }
}
