//! How passwords are kept.

use async_trait::async_trait;

use crate::PasswordHash;
use crate::ports::StoreError;

/// Hashes passwords slowly (argon2id, RFC 9106) and checks them.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait PasswordHasher: Send + Sync {
    /// A fresh salted hash.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if the hash cannot be computed.
    async fn hash(&self, password: &str) -> Result<PasswordHash, StoreError>;

    /// Whether `password` is the hash's own. With `None` it is not, after the same work, so that the time taken does
    /// not tell whether an account exists.
    ///
    /// # Errors
    /// [`StoreError::Failed`] if the kept hash is damaged.
    async fn verify<'a>(&self, password: &str, hash: Option<&'a PasswordHash>) -> Result<bool, StoreError>;
}
