//! Where the keys that sign certificates are kept.

use async_trait::async_trait;

use crate::ports::StoreError;
use crate::{CertificateKey, CertificateSeed, Instant};

/// A key, and what it is made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnKey {
    /// The public key.
    pub key: CertificateKey,
    /// What it is made from.
    pub seed: CertificateSeed,
}

/// Keeps every public key that ever signed, and the secret of one: the database's own. None is ever changed or forgotten.
#[async_trait]
pub trait CertificateKeyStore: Send + Sync {
    /// Every public key, in the order in which they came.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError>;

    /// Keeps a public key whose secret is elsewhere; nothing happens if it is known.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn remember(&self, key: &CertificateKey, now: Instant) -> Result<(), StoreError>;

    /// The database's own key. If it has none yet, `fresh` becomes it; of any number at once all are given the same.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn own(&self, fresh: &OwnKey, now: Instant) -> Result<OwnKey, StoreError>;
}
