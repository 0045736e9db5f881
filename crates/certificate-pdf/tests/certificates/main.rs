//! What the crate promises to whoever calls it.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod documents;
mod pictures;
mod seals;
mod support;
