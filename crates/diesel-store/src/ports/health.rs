use async_trait::async_trait;
use domain::ports::{StoreError, StoreHealth};

use super::reading;
use crate::Store;

#[async_trait]
impl StoreHealth for Store {
    async fn pending_migrations(&self) -> Result<Vec<String>, StoreError> {
        reading!(self, migrations, |conn, migrations| migrations::pending(conn))
    }
}
