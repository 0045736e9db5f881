use async_trait::async_trait;
use domain::Instant;
use domain::ports::{Backlog, ConnectionUse, StoreError, StoreFigures, Tallies};

use super::reading;
use crate::Store;
use crate::store::Database;

#[async_trait]
impl StoreFigures for Store {
    async fn tallies(&self) -> Result<Tallies, StoreError> {
        reading!(self, figures, |conn, figures| figures::tallies(conn))
    }

    async fn backlog(&self, now: Instant) -> Result<Backlog, StoreError> {
        reading!(self, figures, |conn, figures| figures::backlog(conn, now))
    }

    fn connections(&self) -> Vec<ConnectionUse> {
        match &*self.database {
            Database::Postgres(pool) => vec![pool.usage("all")],
            Database::Sqlite { writer, readers } => vec![writer.usage("writer"), readers.usage("readers")],
        }
    }
}
