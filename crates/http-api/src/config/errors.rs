//! Everything that is wrong, at once.

use std::fmt;

/// Every setting that is missing or cannot be used, each with what to do about it. Never holds a setting's value: it
/// may be a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct ConfigErrors(pub(super) Vec<ConfigError>);

/// One setting that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ConfigError {
    pub(super) key: String,
    pub(super) problem: String,
}

impl ConfigErrors {
    /// The names of the settings that are wrong, in the order in which they were found.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|error| error.key.as_str())
    }
}

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the settings cannot be used:")?;
        for ConfigError { key, problem } in &self.0 {
            write!(f, "\n  {key}: {problem}")?;
        }
        write!(f, "\nEach is an environment variable, a line in .env, or the same name in lower case in config/*.toml.")
    }
}
