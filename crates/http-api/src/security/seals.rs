//! Signing certificates with Ed25519 (RFC 8032).

use std::sync::Arc;

use async_trait::async_trait;
use domain::ports::{CertificateKeyStore, CertificateSeals, CertificateSigner, Clock, IdGenerator, OwnKey, StoreError};
use domain::{CertificateKey, CertificateSeed, CertificateSignature};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use tokio::sync::OnceCell;

/// Signs with the key of the settings if there is one, else with the key that the database keeps, which the first call on
/// a new database makes. Either is on record before its first signature.
pub struct Ed25519Seals {
    given: Option<CertificateSeed>,
    store: Arc<dyn CertificateKeyStore>,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn IdGenerator>,
    signer: OnceCell<Arc<Ed25519Signer>>,
}

struct Ed25519Signer(SigningKey);

impl Ed25519Signer {
    fn of(seed: &CertificateSeed) -> Self {
        Self(SigningKey::from_bytes(&seed.0))
    }
}

impl CertificateSigner for Ed25519Signer {
    fn key(&self) -> CertificateKey {
        CertificateKey(self.0.verifying_key().to_bytes())
    }

    fn sign(&self, message: &[u8]) -> CertificateSignature {
        CertificateSignature(self.0.sign(message).to_bytes())
    }
}

impl Ed25519Seals {
    /// Reads and makes nothing yet.
    pub fn new(
        given: Option<CertificateSeed>,
        store: Arc<dyn CertificateKeyStore>,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn IdGenerator>,
    ) -> Self {
        Self { given, store, clock, ids, signer: OnceCell::new() }
    }

    /// The public key of a seed.
    pub fn key_of(seed: &CertificateSeed) -> CertificateKey {
        Ed25519Signer::of(seed).key()
    }

    /// Whether `signature` is this key's, of exactly these bytes.
    pub fn check(key: &CertificateKey, message: &[u8], signature: &CertificateSignature) -> bool {
        // Strict: a key or a signature that another message could share is refused.
        let signature = Signature::from_bytes(&signature.0);
        VerifyingKey::from_bytes(&key.0).is_ok_and(|key| key.verify_strict(message, &signature).is_ok())
    }

    async fn present(&self) -> Result<Arc<Ed25519Signer>, StoreError> {
        let now = self.clock.now();
        if let Some(seed) = &self.given {
            let signer = Ed25519Signer::of(seed);
            self.store.remember(&signer.key(), now).await?;
            return Ok(Arc::new(signer));
        }
        let seed = CertificateSeed(self.ids.secret());
        let fresh = OwnKey { key: Self::key_of(&seed), seed };
        let own = self.store.own(&fresh, now).await?;
        Ok(Arc::new(Ed25519Signer::of(&own.seed)))
    }

    async fn known(&self) -> Result<Arc<Ed25519Signer>, StoreError> {
        Ok(self.signer.get_or_try_init(|| self.present()).await?.clone())
    }
}

#[async_trait]
impl CertificateSeals for Ed25519Seals {
    async fn signer(&self) -> Result<Arc<dyn CertificateSigner>, StoreError> {
        Ok(self.known().await?)
    }

    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError> {
        let present = self.known().await?.key();
        let mut keys = self.store.keys().await?;
        keys.retain(|key| *key != present);
        keys.push(present);
        keys.reverse();
        Ok(keys)
    }

    fn verifies(&self, key: &CertificateKey, message: &[u8], signature: &CertificateSignature) -> bool {
        Self::check(key, message, signature)
    }
}
