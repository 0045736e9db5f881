//! Scenario files: what a run starts with.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::faults::FaultBody;
use crate::settings::ScenarioWebhook;

/// A scenario, JSON or TOML by the file's extension. What the command line says wins.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scenario {
    /// What it is for; not used.
    #[serde(default, rename = "description")]
    _description: Option<String>,
    /// Seed of ids and tokens.
    #[serde(default)]
    pub(crate) seed: Option<u64>,
    /// Where the clock stands still until it is moved.
    #[serde(default)]
    pub(crate) start_time: Option<String>,
    /// Receivers of webhooks, known from the start.
    #[serde(default)]
    pub(crate) webhooks: Vec<ScenarioWebhook>,
    /// Faults installed at the start.
    #[serde(default)]
    pub(crate) faults: Vec<FaultBody>,
}

/// Why a scenario cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ScenarioError {
    /// The file cannot be read.
    #[error("scenario {path}: {cause}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// It is neither JSON nor TOML of the documented shape.
    #[error("scenario {path}: {cause}")]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, with the place.
        cause: String,
    },
}

impl Scenario {
    /// Reads a scenario file.
    ///
    /// # Errors
    /// The file cannot be read or says something unknown.
    pub(crate) fn read(path: &Path) -> Result<Self, ScenarioError> {
        let text = std::fs::read_to_string(path)
            .map_err(|cause| ScenarioError::Unreadable { path: path.to_owned(), cause })?;
        let malformed = |cause: String| ScenarioError::Malformed { path: path.to_owned(), cause };
        if path.extension().is_some_and(|extension| extension == "toml") {
            return toml::from_str(&text).map_err(|error| malformed(error.to_string()));
        }
        serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))
    }
}
