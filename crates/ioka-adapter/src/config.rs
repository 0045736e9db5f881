//! Where Ioka is, and what we show to be let in.

use std::fmt;
use std::time::Duration;

use reqwest::header::HeaderValue;
use secrecy::{ExposeSecret, SecretString};
use url::Url;

/// The settings of an [`IokaGateway`](crate::IokaGateway). Its `Debug` shows no secret.
#[derive(Clone)]
pub struct IokaConfig {
    /// Ioka's address, with or without a slash or `/v2` at its end: `https://stage-api.ioka.kz`.
    pub base_url: Url,
    /// The shop's secret key, sent as `API-KEY`.
    pub api_key: SecretString,
    /// How long one call may take from its beginning to the last byte of its answer.
    pub timeout: Duration,
    /// After how many milliseconds Ioka's result page sends the payer back by itself. Without this it waits for a button.
    pub auto_redirect_ms: u32,
}

/// Settings that no call could succeed with.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IokaConfigError {
    /// The address is not `http://` or `https://` with a host and nothing after the path.
    #[error("the base URL of Ioka must be http(s)://host without user, query or fragment")]
    BaseUrl,
    /// The key is empty, or has characters that no header can carry.
    #[error("the API key of Ioka is empty or has characters that a header cannot carry")]
    ApiKey,
    /// No time at all to answer.
    #[error("the timeout for Ioka must be longer than zero")]
    Timeout,
    /// The HTTP client cannot be set up, most often because the machine has no root certificates.
    #[error("the HTTP client for Ioka cannot be set up: {0}")]
    Client(String),
}

impl IokaConfig {
    /// The settings with a return to our own pages 3 seconds after the payer has seen the result.
    pub const fn new(base_url: Url, api_key: SecretString, timeout: Duration) -> Self {
        Self { base_url, api_key, timeout, auto_redirect_ms: 3000 }
    }

    /// The address under which the calls are, ending in `/v2`.
    pub(crate) fn api_root(&self) -> Result<Url, IokaConfigError> {
        let mut root = self.base_url.clone();
        let usable = matches!(root.scheme(), "http" | "https")
            && root.host_str().is_some_and(|host| !host.is_empty())
            && root.username().is_empty()
            && root.password().is_none()
            && root.query().is_none()
            && root.fragment().is_none();
        if !usable {
            return Err(IokaConfigError::BaseUrl);
        }
        let path = root.path().trim_end_matches('/');
        let path = path.strip_suffix("/v2").unwrap_or(path).trim_end_matches('/');
        root.set_path(&format!("{path}/v2"));
        Ok(root)
    }

    /// The key as a header, marked so that nothing prints it.
    pub(crate) fn api_key_header(&self) -> Result<HeaderValue, IokaConfigError> {
        let key = self.api_key.expose_secret().trim();
        let mut header = HeaderValue::from_str(key).map_err(|_| IokaConfigError::ApiKey)?;
        if header.is_empty() {
            return Err(IokaConfigError::ApiKey);
        }
        header.set_sensitive(true);
        Ok(header)
    }
}

impl fmt::Debug for IokaConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IokaConfig")
            .field("base_url", &self.base_url.as_str())
            .field("api_key", &"[secret]")
            .field("timeout", &self.timeout)
            .field("auto_redirect_ms", &self.auto_redirect_ms)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(base_url: &str, key: &str) -> IokaConfig {
        IokaConfig::new(base_url.parse().unwrap(), key.into(), Duration::from_secs(1))
    }

    #[test]
    fn the_base_url_may_end_in_a_slash_or_in_v2() {
        for text in [
            "https://a.example",
            "https://a.example/",
            "https://a.example/v2",
            "https://a.example/v2/",
            "https://a.example//v2//",
        ] {
            assert_eq!(config(text, "k").api_root().unwrap().as_str(), "https://a.example/v2", "{text}");
        }
        let behind_a_path = config("http://localhost:5050/ioka/", "k").api_root().unwrap();
        assert_eq!(behind_a_path.as_str(), "http://localhost:5050/ioka/v2");
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in
            ["ftp://a.example", "data:x", "https://me:pw@a.example", "https://a.example?x=1", "https://a.example#x"]
        {
            assert_eq!(config(text, "k").api_root(), Err(IokaConfigError::BaseUrl), "{text}");
        }
    }

    #[test]
    fn a_key_that_no_header_can_carry_is_refused() {
        for key in ["", "  ", "a\nb"] {
            assert_eq!(config("https://a.example", key).api_key_header(), Err(IokaConfigError::ApiKey));
        }
    }

    #[test]
    fn the_key_is_not_printed() {
        let config = config("https://a.example", "very-secret-key");
        let printed = format!("{config:?} {:?}", config.api_key_header());
        assert!(!printed.contains("very-secret-key"), "{printed}");
    }
}
