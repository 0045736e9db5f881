//! The mailers against a real SMTP conversation and a real folder; what comes is read by a decoder that did not write it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

mod addresses;
mod contract;
mod encryption;
mod failures;
mod folder;
mod headers;
mod letters;
mod login;
mod support;
