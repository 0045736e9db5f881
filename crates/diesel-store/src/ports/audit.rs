use async_trait::async_trait;
use domain::audit::AuditEntry;
use domain::ports::{AuditQuery, AuditStore, StoreError};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl AuditStore for Store {
    async fn append(&self, entry: &AuditEntry) -> Result<(), StoreError> {
        let entry = entry.clone();
        writing!(self, audit, |conn, audit| audit::append(conn, &entry))
    }

    async fn list(&self, query: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        let query = *query;
        reading!(self, audit, |conn, audit| audit::list(conn, &query))
    }
}
