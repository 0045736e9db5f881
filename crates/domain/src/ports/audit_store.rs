//! Where it is kept who did what.

use async_trait::async_trait;

use crate::audit::{AuditAction, AuditEntry};
use crate::ports::StoreError;
use crate::{AccountId, AuditId, Instant};

/// Keeps the record of who did what. It only grows: neither this port nor the database lets an entry be changed or taken away.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait AuditStore: Send + Sync {
    /// Keeps an entry.
    ///
    /// # Errors
    /// [`StoreError`]; then it was not kept, and what it tells of must not be done.
    async fn append(&self, entry: &AuditEntry) -> Result<(), StoreError>;

    /// Entries, newest first (by `at`, then id), at most `query.limit` of them.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn list(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError>;
}

/// Which entries to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuditQuery {
    /// Only what this account did.
    pub account: Option<AccountId>,
    /// Only this.
    pub action: Option<AuditAction>,
    /// Only from this instant on.
    pub from: Option<Instant>,
    /// Only before this instant.
    pub to: Option<Instant>,
    /// Only those that sort after this one.
    pub after: Option<(Instant, AuditId)>,
    /// At most so many.
    pub limit: u32,
}
