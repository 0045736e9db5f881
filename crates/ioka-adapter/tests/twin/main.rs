//! The adapter against Ioka's twin, over HTTP: every promise of the port, and every fault that the twin can be asked for.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

mod faults;
mod promises;
mod support;
mod webhooks;
