//! What the command line can do.

mod check;
mod migrate;
mod serve;

pub use check::{Orders, check};
pub use migrate::migrate;
pub use serve::{Migrate, serve};
