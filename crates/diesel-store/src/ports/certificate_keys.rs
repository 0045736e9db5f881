use async_trait::async_trait;
use domain::ports::{CertificateKeyStore, OwnKey, StoreError};
use domain::{CertificateKey, Instant};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl CertificateKeyStore for Store {
    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError> {
        reading!(self, certificate_keys, |conn, keys| keys::all(conn))
    }

    async fn remember(&self, key: &CertificateKey, now: Instant) -> Result<(), StoreError> {
        let key = *key;
        writing!(self, certificate_keys, |conn, keys| keys::remember(conn, &key, now))
    }

    async fn own(&self, fresh: &OwnKey, now: Instant) -> Result<OwnKey, StoreError> {
        let fresh = fresh.clone();
        writing!(self, certificate_keys, |conn, keys| keys::own(conn, &fresh, now))
    }
}
