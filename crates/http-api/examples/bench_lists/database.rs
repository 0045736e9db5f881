//! A database of each kind, and what is in it.

use std::time::Duration;

use charity_seed::{ADMIN, Passwords, Plan, fill};
use diesel_store::{Store, StoreOptions};
use domain::ports::{Clock as _, PasswordHasher as _};
use http_api::security::{Argon2Passwords, SystemClock};
use tempfile::TempDir;
use throwaway_postgres::{Cluster, Durability};

/// Whoever asks signs in with it.
pub const PASSWORD: &str = "made-up-admin-password";

/// Who asks.
pub const EMAIL: &str = ADMIN;

pub struct Databases {
    folder: TempDir,
    cluster: Cluster,
}

impl Databases {
    /// Both wait for the disk at each commit, as a server's databases do.
    pub fn start() -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        Ok(Self { folder, cluster: Cluster::start(Durability::Disk)? })
    }

    pub fn urls(&self) -> [(&'static str, String); 2] {
        let file = format!("sqlite://{}", self.folder.path().join("donations.db").display());
        [("SQLite", file), ("PostgreSQL", self.cluster.url())]
    }
}

pub async fn fill_up(url: &str, donations: u32) -> Result<(), String> {
    let options = StoreOptions { url: url.into(), pool_size: 2, wait: Duration::from_secs(60) };
    let store = Store::open(&options).await.map_err(|error| error.to_string())?;
    store.migrate().await.map_err(|error| error.to_string())?;
    let hash = Argon2Passwords.hash(PASSWORD).await.map_err(|error| error.to_string())?;
    let passwords = Passwords { admin: hash.clone(), viewer: hash.clone(), donors: hash };
    let plan = Plan { donations, seed: 1, now: SystemClock.now(), passwords };
    fill(&store, &plan, |_| {}).await.map_err(|error| error.to_string())?;
    Ok(())
}
