//! The queries, in ordinary Diesel. This folder is compiled twice, below `postgres` and below `sqlite`; each says what
//! `Conn` and `Db` are, how a transaction is begun (`write`, `read`), how rows are picked that nobody holds
//! (`that_nobody_holds!`) and how rows are held (`held!`), how days and months are numbered, and which migrations there are.

mod account_donations;
pub(crate) mod account_tokens;
pub(crate) mod accounts;
pub(crate) mod alert_watch;
pub(crate) mod alerts;
pub(crate) mod audit;
pub(crate) mod books;
pub(crate) mod browser_sessions;
#[cfg(feature = "bulk")]
pub(crate) mod bulk;
pub(crate) mod campaign_progress;
pub(crate) mod campaigns;
mod certificate_changes;
pub(crate) mod certificate_keys;
pub(crate) mod certificates;
mod changes;
pub(crate) mod deliveries;
mod donation_page;
pub(crate) mod donations;
pub(crate) mod figures;
pub(crate) mod idempotency;
pub(crate) mod jobs;
pub(crate) mod migrations;
pub(crate) mod open_orders;
pub(crate) mod payment_guard;
pub(crate) mod pending_refunds;
#[cfg(test)]
mod plans;
pub(crate) mod reconciliations;
pub(crate) mod search;
pub(crate) mod sessions;
pub(crate) mod stats;
pub(crate) mod stats_waiting;

use super::{Conn, Db, MIGRATIONS, day_number, has_migrations_table, month_number, read, write};
