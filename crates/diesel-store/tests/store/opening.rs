//! Opening a store, migrating it, and losing the connection to it.

use std::time::Duration;

use crate::raw::{self, Raw};
use crate::seed;
use diesel_store::testing::TestDatabase;
use diesel_store::{OpenError, Store, StoreOptions, UrlError};
use domain::ports::{DonationStore as _, StoreError, StoreHealth as _};

fn options(url: &str) -> StoreOptions {
    StoreOptions { url: url.into(), pool_size: 2, wait: Duration::from_secs(60) }
}

async fn open(url: &str) -> Result<Store, OpenError> {
    Store::open(&options(url)).await
}

#[tokio::test]
async fn no_url_that_is_refused_is_shown() {
    let urls = [
        "mysql://donations:hunter2@localhost/donations",
        "postgres:hunter2",
        "hunter2",
        "sqlite:hunter2",
        "postgres://donations:hun@ter2hunter2@localhost/donations",
        "postgres://donations:/hunter2@localhost/donations",
        "postgres://localhost/donations?password=hunter2",
        "postgres://donations:hunter2@127.0.0.1:1/donations",
        "postgres://donations:hunter2@no-such-host.invalid/donations",
        "postgres://donations:hunter2@127.0.0.1:1,127.0.0.1:2/donations?sslmode=no",
    ];
    for url in urls {
        let error = open(url).await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("hunter2") && !shown.contains("ter2"), "{shown}");
    }
}

#[tokio::test]
async fn another_kind_of_database_is_refused() {
    for url in ["mysql://localhost/donations", "donations.db", "", "SQLITE://a.db"] {
        let error = open(url).await.unwrap_err();
        assert!(matches!(error, OpenError::Url(UrlError::UnknownScheme)), "{error:?}");
        assert_eq!(error.to_string(), "DATABASE_URL must begin with sqlite://, postgres:// or postgresql://");
    }
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_told_at_once() {
    let error = open("postgres://127.0.0.1:1/donations").await.unwrap_err();
    assert!(matches!(error, OpenError::Unreachable(StoreError::Unavailable(_))), "{error:?}");
}

#[tokio::test]
async fn debug_shows_neither_the_url_nor_the_path() {
    for (database, name) in raw::both().await.iter().zip(["Store(SQLite)", "Store(PostgreSQL)"]) {
        assert_eq!(format!("{:?}", database.store()), name);
    }
    let shown = format!("{:?}", options("postgres://donations:hunter2@localhost/donations"));
    assert!(!shown.contains("hunter2") && !shown.contains("localhost"), "{shown}");
}

#[tokio::test]
async fn the_directory_of_the_file_is_made() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("деректер/a b/donations.db");
    open(&format!("sqlite://{}", path.display())).await.unwrap();
    assert!(path.is_file());
}

#[tokio::test]
async fn a_directory_that_cannot_be_made_is_named() {
    let directory = tempfile::tempdir().unwrap();
    std::fs::write(directory.path().join("file"), "").unwrap();
    let url = format!("sqlite://{}/file/donations.db", directory.path().display());
    let error = open(&url).await.unwrap_err();
    assert!(matches!(error, OpenError::Directory { .. }), "{error:?}");
}

#[tokio::test]
async fn what_is_pending_is_told_until_it_is_run() {
    for database in raw::both().await {
        let store = database.store();
        assert_eq!(store.pending_migrations().await, Ok(Vec::new()));
        Raw::of(&database).revert();
        let pending = store.pending_migrations().await.unwrap();
        assert!(pending.len() > 1 && pending.is_sorted() && pending[0].ends_with("_accounts"), "{pending:?}");
        assert_eq!(store.migrate().await, Ok(pending));
        assert_eq!(store.migrate().await, Ok(Vec::new()));
        assert_eq!(store.pending_migrations().await, Ok(Vec::new()));
    }
}

#[tokio::test]
async fn asking_an_empty_database_what_is_pending_writes_nothing() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        raw.revert();
        raw.execute("DROP TABLE __diesel_schema_migrations").unwrap();
        let pending = database.store().pending_migrations().await.unwrap();
        assert!(!pending.is_empty());
        assert!(raw.execute("SELECT 1 FROM __diesel_schema_migrations").is_err());
    }
}

#[tokio::test]
async fn several_servers_may_migrate_at_once() {
    for database in raw::both().await {
        let mut raw = Raw::of(&database);
        raw.revert();
        raw.execute("DROP TABLE __diesel_schema_migrations").unwrap();
        let expected = database.store().pending_migrations().await.unwrap();
        let mut servers = Vec::new();
        for _ in 0..6 {
            let store = open(database.url()).await.unwrap();
            servers.push(tokio::spawn(async move { store.migrate().await }));
        }
        let mut run = Vec::new();
        for server in servers {
            run.push(server.await.unwrap().unwrap());
        }
        run.retain(|names| !names.is_empty());
        assert_eq!(run, [expected], "one server ran all of them");
    }
}

#[tokio::test]
async fn connections_that_the_server_closed_are_made_again() {
    let database = TestDatabase::postgres().await;
    let donation = seed::pending(database.store(), 1).await;
    // OFFSET keeps PostgreSQL from calling the function before it has left the caller's own connection out.
    let sql = "SELECT CAST(pg_terminate_backend(pid, 60000) AS text) AS line FROM (SELECT pid FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() OFFSET 0) AS others";
    assert!(!Raw::of(&database).lines(sql).is_empty());
    let found = database.store().find(donation.id).await;
    assert_eq!(found, Ok(Some(donation)));
}

#[tokio::test]
async fn a_schema_that_is_missing_is_a_failure_and_not_an_outage() {
    for database in raw::both().await {
        Raw::of(&database).revert();
        let failed = database.store().find(domain::DonationId(uuid::Uuid::nil())).await;
        assert!(matches!(failed, Err(StoreError::Failed(_))), "{failed:?}");
    }
}
