//! The stores on SQLite and PostgreSQL.
//!
//! Each query is written once, in `queries/`, and compiled once per database: `postgres.rs` and `sqlite.rs` mount the
//! folder, each saying what its connection is, how a transaction is begun and where the migrations are. What comes of
//! it is one [`Store`], which has every store's port; the URL decides what it talks to.

#[cfg(feature = "bulk")]
pub mod bulk;
mod error;
mod pool;
mod ports;
mod postgres;
mod rows;
mod schema;
mod sqlite;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod types;
mod url;

pub use store::{OpenError, Store, StoreOptions};
pub use url::UrlError;
