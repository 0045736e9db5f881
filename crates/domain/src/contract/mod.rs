//! What every adapter of a port must pass: plain async functions over `&dyn Port`, one a sentence. They panic where a
//! promise of the port is broken, and are for tests only.
#![expect(clippy::panic, clippy::unwrap_used, reason = "a suite reports by panicking, as every test does")]

pub mod mailer;
pub mod payment_gateway;
pub mod stores;
mod together;
