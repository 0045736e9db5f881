//! What anybody may know.

pub mod campaign;
pub mod campaigns;
pub mod certificate;
pub mod certificate_keys;
pub mod config;
pub mod health;
pub mod openapi;
pub mod picture;
pub mod stats;
