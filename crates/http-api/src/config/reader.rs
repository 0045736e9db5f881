//! Reads one setting after the other, and remembers what was wrong with each.

use config::Config;
use secrecy::SecretString;
use url::Url;

use super::errors::ConfigError;

/// A view of the merged layers that collects errors instead of stopping at the first.
pub(super) struct Reader {
    config: Config,
    pub(super) errors: Vec<ConfigError>,
}

impl Reader {
    pub(super) fn new(config: Config) -> Self {
        Self { config, errors: Vec::new() }
    }

    /// Notes that a setting is wrong. `problem` says what it must be, and never repeats its value.
    pub(super) fn wrong(&mut self, key: &str, problem: impl Into<String>) {
        self.errors.push(ConfigError { key: key.to_owned(), problem: problem.into() });
    }

    /// The setting's text; `None` if it is not set.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let text = self.config.get_string(&key.to_lowercase()).ok()?;
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    /// The setting parsed by `parse`; `fallback` if it is not set or wrong, and then what it `must_be` is noted.
    pub(super) fn parsed<T>(&mut self, key: &str, must_be: &str, fallback: T, parse: impl Fn(&str) -> Option<T>) -> T {
        let Some(text) = self.text(key) else {
            self.wrong(key, format!("is not set; it must be {must_be}"));
            return fallback;
        };
        parse(&text).unwrap_or_else(|| {
            self.wrong(key, format!("must be {must_be}"));
            fallback
        })
    }

    /// A whole number within `range`.
    pub(super) fn number(&mut self, key: &str, range: std::ops::RangeInclusive<u32>) -> u32 {
        let must_be = format!("a whole number from {} to {}", range.start(), range.end());
        self.parsed(key, &must_be, *range.start(), |text| text.parse().ok().filter(|number| range.contains(number)))
    }

    /// `true` or `false`, in any case (the guide writes `False`).
    pub(super) fn switch(&mut self, key: &str) -> Switch {
        self.parsed(key, "true or false", Switch::Off, |text| match text.to_lowercase().as_str() {
            "true" | "1" | "yes" | "on" => Some(Switch::On),
            "false" | "0" | "no" | "off" => Some(Switch::Off),
            _ => None,
        })
    }

    /// An address that begins with `http://` or `https://`; `None` if it is not set or wrong.
    pub(super) fn url(&mut self, key: &str) -> Option<Url> {
        let text = self.text(key)?;
        let url = Url::parse(&text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        if url.is_none() {
            self.wrong(key, "must be an address that begins with http:// or https://");
        }
        url
    }

    /// A secret; `None` if it is not set.
    pub(super) fn secret(&self, key: &str) -> Option<SecretString> {
        self.text(key).map(SecretString::from)
    }

    /// The parts of a list that is separated by commas.
    pub(super) fn list(&self, key: &str) -> Vec<String> {
        let text = self.text(key).unwrap_or_default();
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A list or table that only files can hold.
    pub(super) fn structure<T: serde::de::DeserializeOwned>(&mut self, key: &str, must_be: &str) -> Option<T> {
        let value = self.config.get::<T>(key).ok();
        if value.is_none() {
            self.wrong(key, format!("must be {must_be}"));
        }
        value
    }
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Switch {
    On,
    Off,
}
