//! How certificates are signed, and signatures checked.

use std::sync::Arc;

use async_trait::async_trait;

use crate::ports::StoreError;
use crate::{CertificateKey, CertificateSignature};

/// Signs with one key. The same message always gets the same signature.
pub trait CertificateSigner: Send + Sync {
    /// The public key that its signatures are checked with.
    fn key(&self) -> CertificateKey;

    /// The signature of exactly these bytes.
    fn sign(&self, message: &[u8]) -> CertificateSignature;
}

/// Whoever has the keys.
#[async_trait]
pub trait CertificateSeals: Send + Sync {
    /// Who signs now. The very first call on a database may make the key; all servers on it sign with the same.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn signer(&self) -> Result<Arc<dyn CertificateSigner>, StoreError>;

    /// Every public key that ever signed, the present one first.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError>;

    /// Whether `signature` is this key's, of exactly these bytes.
    fn verifies(&self, key: &CertificateKey, message: &[u8], signature: &CertificateSignature) -> bool;
}
