//! The ports. Each method hands its query to a connection of whichever database it is.

mod accounts;
mod alerts;
mod audit;
mod books;
mod campaigns;
mod certificate_keys;
mod certificates;
mod deliveries;
mod donations;
mod figures;
mod health;
mod idempotency;
mod jobs;
mod open_orders;
mod payment_guard;
mod pending_refunds;
mod reconciliations;
mod stats;

/// Runs a query on a connection that may write.
macro_rules! writing {
    ($store:expr, $module:ident, |$conn:ident, $queries:ident| $query:expr) => {
        match &*$store.database {
            $crate::store::Database::Postgres(pool) => {
                use $crate::postgres::queries::$module as $queries;
                pool.run(move |$conn| $query).await
            }
            $crate::store::Database::Sqlite { writer, .. } => {
                use $crate::sqlite::queries::$module as $queries;
                writer.run(move |$conn| $query).await
            }
        }
    };
}

/// Runs a query on a connection that need not write.
macro_rules! reading {
    ($store:expr, $module:ident, |$conn:ident, $queries:ident| $query:expr) => {
        match &*$store.database {
            $crate::store::Database::Postgres(pool) => {
                use $crate::postgres::queries::$module as $queries;
                pool.run(move |$conn| $query).await
            }
            $crate::store::Database::Sqlite { readers, .. } => {
                use $crate::sqlite::queries::$module as $queries;
                readers.run(move |$conn| $query).await
            }
        }
    };
}

use {reading, writing};
