//! `donations migrate`.

use crate::app::open_store;
use crate::config::ServerConfig;

/// Brings the schema up to date, and says what it did.
///
/// # Errors
/// A message for the operator.
#[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
pub async fn migrate(config: &ServerConfig) -> Result<(), String> {
    let store = open_store(config).await.map_err(|error| format!("DATABASE_URL: {error}"))?;
    let run = store.migrate().await.map_err(|error| format!("the database could not be migrated: {error}"))?;
    for name in &run {
        println!("✓ {name}");
    }
    if run.is_empty() {
        println!("✓ the database is up to date");
    }
    Ok(())
}
