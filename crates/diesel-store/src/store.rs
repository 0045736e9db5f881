//! The one store, whichever database is behind it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use std::{fmt, fs, io};

use diesel::{PgConnection, SqliteConnection};
use domain::ports::StoreError;
use secrecy::{ExposeSecret as _, SecretString};

use crate::pool::{Pool, PoolOptions, blocking};
use crate::url::{DatabaseUrl, UrlError};
use crate::{postgres, sqlite};

/// Which database, and how many connections to it.
#[derive(Debug, Clone)]
pub struct StoreOptions {
    /// `sqlite://<path>`, or `postgres://` / `postgresql://` as libpq takes it, several hosts included.
    pub url: SecretString,
    /// How many connections at most; on SQLite so many that read, and one that writes. At least 1.
    pub pool_size: u32,
    /// How long a caller waits for a connection, and on SQLite for another process's write, before it is told that the
    /// database is not available.
    pub wait: Duration,
}

/// Keeps everything that the house keeps. Cheap to clone: the clones share their connections.
#[derive(Clone)]
pub struct Store {
    pub(crate) database: Arc<Database>,
}

/// What is behind a store.
pub(crate) enum Database {
    /// Every connection reads and writes.
    Postgres(Pool<PgConnection>),
    /// SQLite has one writer at a time anyway. Waiting for it in our own queue is fair; in SQLite's it is a matter of luck.
    Sqlite { writer: Pool<SqliteConnection>, readers: Pool<SqliteConnection> },
}

/// Why a store cannot be opened. No message repeats any part of the URL.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The URL is none.
    #[error(transparent)]
    Url(#[from] UrlError),
    /// The directory of SQLite's file is not there and cannot be made.
    #[error("the directory {} cannot be made: {cause}", path.display())]
    Directory {
        /// The directory.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The database does not answer, or refuses us.
    #[error(transparent)]
    Unreachable(#[from] StoreError),
}

impl Store {
    /// Opens the database that the URL names: SQLite's file and its directory are made if they are not there. Connects
    /// once, so that a wrong address shows at once. Runs no migration.
    ///
    /// # Errors
    /// [`OpenError`].
    pub async fn open(options: &StoreOptions) -> Result<Self, OpenError> {
        let database = match DatabaseUrl::parse(options.url.expose_secret())? {
            DatabaseUrl::Postgres(address) => Database::Postgres(open_postgres(address, options).await?),
            DatabaseUrl::Sqlite(path) => open_sqlite(&path, options).await?,
        };
        Ok(Self { database: Arc::new(database) })
    }

    /// Runs the migrations that have still to be run, and says which. Safe however many do it at once: the first runs
    /// them, the others wait and find nothing left.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn migrate(&self) -> Result<Vec<String>, StoreError> {
        match &*self.database {
            Database::Postgres(pool) => pool.run_alone(postgres::migrate).await,
            Database::Sqlite { writer, .. } => writer.run_alone(sqlite::migrate).await,
        }
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.database {
            Database::Postgres(_) => "Store(PostgreSQL)",
            Database::Sqlite { .. } => "Store(SQLite)",
        })
    }
}

async fn open_postgres(address: String, options: &StoreOptions) -> Result<Pool<PgConnection>, OpenError> {
    let pool = Pool::new(PoolOptions {
        address,
        size: options.pool_size,
        wait: options.wait,
        greeting: postgres::GREETING.to_owned(),
    });
    pool.run_alone(|_| Ok(())).await?;
    Ok(pool)
}

async fn open_sqlite(path: &Path, options: &StoreOptions) -> Result<Database, OpenError> {
    let directory = path.parent().unwrap_or(Path::new("")).to_owned();
    if !directory.as_os_str().is_empty() {
        let made = directory.clone();
        let result = blocking(move || Ok(fs::create_dir_all(made))).await?;
        result.map_err(|cause| OpenError::Directory { path: directory, cause })?;
    }
    // SQLite gives some names a meaning (`:memory:`, `file:…`); none begins with a dot or a slash.
    let address = if path.is_absolute() { path.to_owned() } else { Path::new(".").join(path) };
    let pool = |size, greeting| {
        Pool::new(PoolOptions { address: address.to_string_lossy().into_owned(), size, wait: options.wait, greeting })
    };
    let writer: Pool<SqliteConnection> = pool(1, sqlite::writer_greeting(options.wait));
    let readers = pool(options.pool_size, sqlite::reader_greeting(options.wait));
    // The writer first: it makes the file, and sets the journal that readers rely on.
    writer.run_alone(|_| Ok(())).await?;
    Ok(Database::Sqlite { writer, readers })
}
