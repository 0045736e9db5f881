//! The settings: where they come from, what they must be, and one message for everything that is wrong with them.
//!
//! This is the only place that reads the environment.

mod alerts;
mod campaigns;
mod errors;
mod limits;
mod mail;
mod pictures;
mod production;
mod reader;
mod settings;
mod sources;
mod table;

pub use errors::ConfigErrors;
pub use mail::MailSettings;
pub use settings::{AppEnv, IokaSettings, LogFormat, ServerConfig, load};
pub use sources::{KEYS, Sources};
