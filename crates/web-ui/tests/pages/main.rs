//! The pages as a browser gets them, on a house in memory.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod campaigns;
mod certificate;
mod donate;
mod donation;
mod drawing;
mod gallery;
mod given;
mod headers;
mod names;
mod support;
mod widget;
