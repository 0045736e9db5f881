//! One charity a database, and its donations with their parts.

use charity_seed::{Filled, Passwords, Plan, fill};
use diesel_store::Store;
use diesel_store::testing::TestDatabase;
use domain::ports::{DonationFilter, DonationQuery, DonationScope, DonationStore, PageCursor};
use domain::{Donation, Instant, PasswordHash};

pub const DONATIONS: u32 = 2_000;

pub fn now() -> Instant {
    "2026-11-24T10:00:00Z".parse().unwrap()
}

pub fn plan(seed: u64) -> Plan {
    let hash = || PasswordHash::new("hash");
    let passwords = Passwords { admin: hash(), viewer: hash(), donors: hash() };
    Plan { donations: DONATIONS, seed, now: now(), passwords }
}

pub async fn both() -> [TestDatabase; 2] {
    [TestDatabase::sqlite().await, TestDatabase::postgres().await]
}

pub async fn filled(database: &TestDatabase) -> Filled {
    fill(database.store(), &plan(1), |_| {}).await.unwrap()
}

/// Every donation, newest first, read page by page.
pub async fn all(store: &Store) -> Vec<Donation> {
    let mut all: Vec<Donation> = Vec::new();
    loop {
        let after = all.last().map(|last| PageCursor { created_at: last.created_at, id: last.id });
        let query = DonationQuery { scope: DonationScope::All, filter: DonationFilter::default(), after, limit: 500 };
        let page = DonationStore::list(store, &query).await.unwrap();
        if page.is_empty() {
            return all;
        }
        all.extend(page);
    }
}
