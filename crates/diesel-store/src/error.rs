//! What goes wrong with a query, and what the ports make of it.

use diesel::result::{DatabaseErrorKind, Error};
use domain::ports::StoreError;

/// Why a query failed.
#[derive(Debug)]
pub(crate) enum QueryError {
    /// The database or the connection to it.
    Database(Error),
    /// A row that no code of ours writes, or a change that does not fit what is stored.
    Broken(String),
}

impl QueryError {
    pub(crate) fn broken(text: impl Into<String>) -> Self {
        Self::Broken(text.into())
    }
}

impl From<Error> for QueryError {
    fn from(error: Error) -> Self {
        Self::Database(error)
    }
}

impl From<QueryError> for StoreError {
    fn from(error: QueryError) -> Self {
        match error {
            QueryError::Database(error) if is_passing(&error) => Self::Unavailable(error.to_string()),
            // Only the database's message: its details quote the row, which may hold a name or an address.
            QueryError::Database(error) => Self::Failed(error.to_string()),
            QueryError::Broken(text) => Self::Failed(text),
        }
    }
}

/// Whether the fault is the connection's or the moment's, not the query's.
fn is_passing(error: &Error) -> bool {
    match error {
        Error::DatabaseError(
            DatabaseErrorKind::ClosedConnection
            | DatabaseErrorKind::UnableToSendCommand
            | DatabaseErrorKind::SerializationFailure
            // The server became a standby while we were connected to it.
            | DatabaseErrorKind::ReadOnlyTransaction,
            _,
        )
        | Error::BrokenTransactionManager => true,
        // Diesel has no kind for SQLITE_BUSY.
        Error::DatabaseError(_, information) => information.message() == "database is locked",
        // If even the rollback failed, the connection is gone; else the first fault decides.
        Error::RollbackErrorOnCommit {
            rollback_error,
            commit_error,
        } => is_passing(rollback_error) || is_passing(commit_error),
        _ => false,
    }
}
