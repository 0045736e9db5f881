//! The program as its operator runs it: started, killed at the worst moment, started again, stopped.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

mod certificates;
mod command_line;
mod daily;
mod export;
mod kill_between;
mod lost_webhooks;
mod metrics;
mod proxy;
mod sandbox;
mod server;
mod telemetry;
