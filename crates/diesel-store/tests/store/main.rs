//! The store on both databases, from outside.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what tests share may fail as they do")]

mod figures;
mod jobs;
mod leftovers;
mod opening;
mod price_held;
mod promises;
mod raw;
mod refusals;
mod schemas;
mod search;
mod seed;
