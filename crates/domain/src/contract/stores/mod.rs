//! The promises of the stores.
