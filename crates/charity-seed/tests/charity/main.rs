//! A small charity on both databases, read back through the stores.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod books;
mod donations;
mod support;
