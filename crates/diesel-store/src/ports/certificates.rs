use async_trait::async_trait;
use domain::CertificateNumber;
use domain::ports::{CertificateStore, FiledCertificate, StoreError};

use super::reading;
use crate::Store;

#[async_trait]
impl CertificateStore for Store {
    async fn find(&self, number: &CertificateNumber) -> Result<Option<FiledCertificate>, StoreError> {
        let number = number.clone();
        reading!(self, certificates, |conn, certificates| certificates::find(conn, &number))
    }
}
