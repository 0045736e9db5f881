//! How a repeated request gets the first one's answer.

use async_trait::async_trait;

use crate::Instant;
use crate::ports::StoreError;

/// Remembers answers by their caller and `Idempotency-Key`.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait IdempotencyStore: Send + Sync {
    /// Takes the key for a request, or says what became of the one that took it. Of several at once exactly one gets
    /// [`Begin::Fresh`]. A key that expired by `now` is free again; so is one whose request has been running since
    /// before `stale_before` without an answer (its server died).
    ///
    /// # Errors
    /// [`StoreError`].
    async fn begin(&self, key: &IdempotencyKey, now: Instant, stale_before: Instant) -> Result<Begin, StoreError>;

    /// Keeps the answer until `expires_at`.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn finish(&self, key: &IdempotencyKey, answer: &StoredAnswer, expires_at: Instant) -> Result<(), StoreError>;

    /// Frees the key: the request failed in a way that a repeat may mend.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn abandon(&self, key: &IdempotencyKey) -> Result<(), StoreError>;
}

/// Whose key, and for which request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// The account's id, or a guest's address.
    pub caller: String,
    /// The key as sent.
    pub key: String,
    /// SHA-256 over method, path and body: what a repeat must have in common with the first.
    pub fingerprint: [u8; 32],
}

/// What became of taking a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begin {
    /// It is ours: carry the request out, then [`IdempotencyStore::finish`] or [`IdempotencyStore::abandon`].
    Fresh,
    /// The same request was answered with this.
    Replay(StoredAnswer),
    /// The same request is being carried out.
    InProgress,
    /// The key was used for another request.
    Reused,
}

/// An answer to give again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredAnswer {
    /// The HTTP status.
    pub status: u16,
    /// Headers that belong to the answer (`Content-Type`, `Location`).
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}
