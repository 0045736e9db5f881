//! The database that histories are played on: a copy of a migrated file, in memory where the machine has a place for that.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use diesel_store::{Store, StoreOptions};
use tempfile::TempDir;
use tokio::runtime::{Builder, Runtime};

/// Why there is no database.
#[derive(Debug, Clone, thiserror::Error)]
#[error("no database to play on: {0}")]
pub struct StageError(String);

/// A database, and the runtime that its queries run on.
pub struct Stage {
    /// The real store.
    pub store: Store,
    runtime: Runtime,
    /// Removes itself when everything else is gone.
    _folder: TempDir,
}

impl Stage {
    /// A fresh database.
    ///
    /// # Errors
    /// [`StageError`].
    pub fn new() -> Result<Self, StageError> {
        static TEMPLATE: OnceLock<Result<Vec<u8>, StageError>> = OnceLock::new();
        let template = TEMPLATE.get_or_init(migrated).as_ref().map_err(StageError::clone)?;
        let folder = folder()?;
        let file = folder.path().join("donations.db");
        fs::write(&file, template).map_err(failed)?;
        let runtime = Builder::new_current_thread().enable_time().build().map_err(failed)?;
        let store = open(&runtime, &file)?;
        Ok(Self { store, runtime, _folder: folder })
    }

    /// Waits for the store's answer, and does nothing else meanwhile.
    pub fn wait<T>(&self, work: impl Future<Output = T>) -> T {
        self.runtime.block_on(work)
    }
}

/// The bytes of a database that has its tables and nothing in them.
fn migrated() -> Result<Vec<u8>, StageError> {
    let folder = folder()?;
    let file = folder.path().join("template.db");
    let runtime = Builder::new_current_thread().enable_time().build().map_err(failed)?;
    let store = open(&runtime, &file)?;
    runtime.block_on(store.migrate()).map_err(failed)?;
    // Closing the last connection brings everything into the file.
    drop(store);
    drop(runtime);
    fs::read(&file).map_err(failed)
}

fn open(runtime: &Runtime, file: &Path) -> Result<Store, StageError> {
    let options = StoreOptions {
        url: format!("sqlite://{}", file.display()).into(),
        pool_size: 1,
        wait: Duration::from_secs(60),
    };
    runtime.block_on(Store::open(&options)).map_err(failed)
}

fn folder() -> Result<TempDir, StageError> {
    let memory = Path::new("/dev/shm");
    let builder = || {
        let mut builder = tempfile::Builder::new();
        builder.prefix("flow-simulation-");
        builder
    };
    let in_memory = if memory.is_dir() { builder().tempdir_in(memory).ok() } else { None };
    in_memory.map_or_else(|| builder().tempdir(), Ok).map_err(failed)
}

fn failed(error: impl ToString) -> StageError {
    StageError(error.to_string())
}
