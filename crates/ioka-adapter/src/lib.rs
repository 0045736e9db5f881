//! Ioka (ioka.kz) behind the domain's ports: [`IokaGateway`] takes money, [`IokaWebhookReader`] believes its webhooks.
//!
//! Every word of Ioka's (tiyn, `PAID`, `X-Signature`) stays in here. The way in is [`gateway`] for what we ask and
//! [`webhook`] for what we are told; `wire` has the shapes of Ioka's JSON, `mapping` what they mean in the domain's words,
//! and `failure` what a failed call lets the caller do next.

mod client;
mod config;
mod failure;
pub mod gateway;
mod listing;
mod mapping;
pub mod webhook;
mod wire;

pub use config::{IokaConfig, IokaConfigError};
pub use gateway::IokaGateway;
pub use webhook::{Dialect, Dialects, IokaWebhookReader, UnknownDialect};
