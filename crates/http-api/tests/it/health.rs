//! Whether the server can be sent requests.

use std::sync::Arc;
use std::time::Duration;

use diesel_store::{Store, StoreOptions};
use futures_util::future::join_all;

use crate::support::{App, Setup};

on_both_databases!(a_server_with_a_current_database_is_ready);

async fn a_server_with_a_current_database_is_ready(app: App) {
    assert_eq!(app.get("/health/live").await.expect(200)["status"], "live");
    for path in ["/health/ready", "/health"] {
        assert_eq!(app.get(path).await.expect(200)["status"], "ready");
    }
}

/// A file in which no migration has run.
async fn unmigrated(folder: &tempfile::TempDir) -> Arc<Store> {
    let url = format!("sqlite://{}", folder.path().join("new.db").display());
    let options = StoreOptions { url: url.into(), pool_size: 1, wait: Duration::from_secs(60) };
    Arc::new(Store::open(&options).await.unwrap())
}

set_up_on_both_databases!(while_migrations_are_pending_a_server_is_not_ready);

async fn while_migrations_are_pending_a_server_is_not_ready(setup: Setup) {
    let folder = tempfile::tempdir().unwrap();
    let store = unmigrated(&folder).await;
    let app = setup.start_with(|state| state.health = store.clone());
    assert_eq!(app.get("/health/live").await.expect(200)["status"], "live");
    for path in ["/health/ready", "/health"] {
        assert_eq!(app.get(path).await.expect(503)["status"], "not_ready");
    }
    store.migrate().await.unwrap();
    assert_eq!(app.get("/health/ready").await.expect(200)["status"], "ready");
}

#[tokio::test]
async fn without_its_database_a_server_is_alive_but_not_ready_and_says_nothing_of_it() {
    let mut app = Setup::postgres().await.impatient().await.start();
    let id = app.guest_donation().await;
    app.lose_database();
    assert_eq!(app.get("/health/live").await.expect(200)["status"], "live");
    let calls = [
        app.get("/health/ready"),
        app.get(&format!("/api/guest-donations/{id}")),
        app.pay(&id),
        app.pay(&id).key("k-1"),
        app.get("/api/certificates/TREE-2026-000001"),
        app.ioka(crate::support::webhook::VECTOR),
        app.post("/api/auth/login").json(&serde_json::json!({"email": "a@example.com", "password": "correct horse"})),
    ];
    for answer in join_all(calls.map(IntoFuture::into_future)).await {
        assert!([500, 503].contains(&answer.status), "{answer:?}");
        let text = answer.text().to_lowercase();
        for secret in ["postgres", "sql", "database \"", "connection", "127.0.0.1"] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    assert!(app.gateway.orders().is_empty());
}
