//! A stand-in for the Kazakh payment gateway Ioka: its API, its hosted checkout, its webhooks, and its bad days.
//!
//! It behaves as Ioka's published API 2.12.0 and documentation say, closely enough that a client written for the real
//! service works against it by changing the base address. No money moves and nothing is sent to Ioka.
//!
//! Each behaviour names its source in its doc comment:
//!
//! | tag | meaning |
//! |---|---|
//! | \[API\] | Ioka's OpenAPI document, version 2.12.0 |
//! | \[DOC\] | Ioka's documentation pages |
//! | \[SDK\] | code of Ioka's official SDKs |
//! | \[CAP\] | real traffic of Ioka's stage server, published by integrators |
//! | \[3P\] | notes of third parties |
//! | \[GUESS\] | nothing is known; what seems most likely |
//!
//! # Embedding
//!
//! ```no_run
//! # async fn example() -> Result<(), ioka_simulator::StartError> {
//! use ioka_simulator::{Options, Simulator};
//!
//! let ioka = Simulator::start(Options { seed: Some(1), ..Options::default() }).await?;
//! let orders = format!("{}/v2/orders", ioka.base_url());
//! // … call `orders` with the header `API-KEY: {ioka.api_key()}` …
//! ioka.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! The command line program is this library behind a few options: see `docs/ioka-simulator.md`.

mod api;
mod cards;
mod checkout;
mod clock;
mod control;
mod engine;
mod error;
mod faults;
mod ids;
mod json;
mod model;
mod options;
mod request_log;
mod scenario;
mod server;
mod settings;
mod sim;
mod views;
mod webhooks;
mod world;

pub use options::{CancelSpelling, ListMiss, Options, SignatureForm, WebhookDialect, WebhookTarget};
pub use scenario::ScenarioError;
pub use server::{RunningSimulator, Simulator, StartError};
pub use world::JournalError;
