//! Whether the database can be worked with.

use async_trait::async_trait;

use crate::ports::StoreError;

/// Tells whether the database answers and is as this program expects it.
#[async_trait]
pub trait StoreHealth: Send + Sync {
    /// The names of migrations that have still to be run; empty when the schema is current.
    ///
    /// # Errors
    /// [`StoreError`] if the database does not answer.
    async fn pending_migrations(&self) -> Result<Vec<String>, StoreError>;
}
