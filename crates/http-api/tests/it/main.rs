//! The whole server from outside: the same application as `donations serve`, on a port of its own, over HTTP. A test
//! that touches what is kept runs on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

#[macro_use]
mod support;

mod accounts;
mod accounts_confirm;
mod accounts_delete;
mod accounts_passwords;
mod accounts_sessions;
mod campaigns;
mod campaigns_pictures;
mod campaigns_progress;
mod campaigns_seeding;
mod campaigns_times;
mod certificate_signatures;
mod certificates;
mod config_campaigns;
mod config_files;
mod config_production;
mod config_values;
mod conventions_answers;
mod conventions_bodies;
mod conventions_cors;
mod daily;
mod daily_api;
mod daily_refunds;
mod daily_servers;
mod dev_mail;
mod donations_cancel;
mod donations_create;
mod donations_list;
mod donations_read;
mod donations_rules;
mod health;
mod idempotency;
mod idempotency_limits;
mod jobs;
mod logs;
mod mail_server;
mod pages_accounts;
mod pages_donations;
mod pages_forms;
mod pages_sessions;
mod payments;
mod payments_at_once;
mod payments_failing;
mod receipts;
mod reconcile;
mod reconcile_at_once;
mod reconcile_failing;
mod refunds;
mod refunds_at_once;
mod refunds_unknown;
mod reviews;
mod robustness;
mod robustness_bytes;
mod shutdown;
mod tokens;
mod webhooks_applied;
mod webhooks_at_once;
mod webhooks_refunds;
mod webhooks_refused;
mod widget;
