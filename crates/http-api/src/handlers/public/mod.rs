//! What anybody may know.

pub mod certificate;
pub mod config;
pub mod health;
