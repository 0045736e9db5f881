//! Which migrations were run, and running the others.

use diesel::migration::{Migration, MigrationSource as _};
use diesel::prelude::*;
use diesel_migrations::MigrationHarness as _;

use super::{Conn, Db, MIGRATIONS, has_migrations_table, read};
use crate::error::QueryError;
use crate::schema::__diesel_schema_migrations as applied;

/// The names of migrations that have still to be run. Only reads, which Diesel's own way of asking does not: it makes
/// its table if it is not there.
pub(crate) fn pending(conn: &mut Conn) -> Result<Vec<String>, QueryError> {
    let done: Vec<String> = read(conn, |conn| {
        if !has_migrations_table(conn)? {
            return Ok(Vec::new());
        }
        Ok::<_, QueryError>(applied::table.select(applied::version).load(conn)?)
    })?;
    let mut all: Vec<Box<dyn Migration<Db>>> = MIGRATIONS.migrations().map_err(failed)?;
    all.retain(|migration| !done.contains(&migration.name().version().to_string()));
    all.sort_by_key(|migration| migration.name().version().as_owned());
    Ok(all.iter().map(|migration| migration.name().to_string()).collect())
}

/// Runs what is pending, and says what it was.
pub(crate) fn run(conn: &mut Conn) -> Result<Vec<String>, QueryError> {
    let pending: Vec<Box<dyn Migration<Db>>> = conn.pending_migrations(MIGRATIONS).map_err(failed)?;
    let mut names = Vec::new();
    for migration in &pending {
        conn.run_migration(migration.as_ref()).map_err(failed)?;
        names.push(migration.name().to_string());
    }
    Ok(names)
}

fn failed(error: Box<dyn std::error::Error + Send + Sync>) -> QueryError {
    QueryError::broken(format!("a migration failed: {error}"))
}
