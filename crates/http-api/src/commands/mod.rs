//! What the command line can do.

mod admin;
mod certificate;
mod check;
mod export;
mod migrate;
mod reconcile;
mod serve;

pub use admin::create as create_admin;
pub use certificate::{keys_known, new_key, verify};
pub use check::{Orders, check};
pub use export::{ExportWish, export};
pub use migrate::migrate;
pub use reconcile::reconcile;
pub use serve::{Migrate, serve};
