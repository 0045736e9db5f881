//! The adapter against what Ioka's documentation says, over HTTP and byte by byte.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod calls;
mod connection;
mod contract;
mod errors;
mod logging;
mod signature_properties;
mod support;
mod webhooks_again;
mod webhooks_guide;
mod webhooks_ioka;
