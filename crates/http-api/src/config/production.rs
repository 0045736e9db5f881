//! What must not go live.

use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::reader::Reader;
use super::settings::{AppEnv, IokaSettings};

/// Signs tokens on a developer's machine. Refused in production, as every text that looks like it.
pub(super) const DEVELOPMENT_JWT_SECRET: &str = "development-only-jwt-secret-that-everybody-knows";

/// Signs webhooks on a developer's machine, in the README's walk. Refused in production.
pub(super) const DEVELOPMENT_WEBHOOK_SECRET: &str = "development-only-webhook-secret";

/// Parts of texts that stand in examples in place of a secret.
const PLACEHOLDERS: [&str; 10] = [
    "***",
    "sandbox",
    "your_",
    "your-",
    "changeme",
    "change_me",
    "change-me",
    "placeholder",
    "example",
    "development-only",
];

/// A secret must be there, in production long enough and no placeholder. `least` counts characters.
pub(super) fn check_secret(read: &mut Reader, key: &str, secret: Option<&SecretString>, (env, least): (AppEnv, usize)) {
    let Some(secret) = secret else {
        read.wrong(key, "is not set");
        return;
    };
    let text = secret.expose_secret();
    if env == AppEnv::Development {
        return;
    }
    let lower = text.to_lowercase();
    let first = text.chars().next();
    if PLACEHOLDERS.iter().any(|placeholder| lower.contains(placeholder)) || text.chars().all(|c| Some(c) == first) {
        read.wrong(key, "is a placeholder; put the real secret in its place");
    } else if text.chars().count() < least {
        read.wrong(key, format!("is too short; it must have {least} characters or more"));
    }
}

/// What is allowed in production, but hardly meant.
pub(super) fn warn(env: AppEnv, ioka: Option<&IokaSettings>, dialects: &[String], warnings: &mut Vec<String>) {
    if env != AppEnv::Production {
        return;
    }
    if dialects.iter().any(|name| name == "guide") {
        warnings
            .push("IOKA_WEBHOOK_DIALECTS includes guide, which Ioka itself never speaks; set it to ioka".to_owned());
    }
    if ioka.is_some_and(|ioka| ioka.base_url.host_str().is_some_and(|host| host.starts_with("stage"))) {
        warnings.push("IOKA_BASE_URL is Ioka's stage: no money moves there".to_owned());
    }
}

/// The key and the orders must not travel in the clear, except to this machine itself.
pub(super) fn check_base_url(read: &mut Reader, url: Option<&Url>) {
    let local = |url: &Url| matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    if url.is_some_and(|url| url.scheme() != "https" && !local(url)) {
        read.wrong("IOKA_BASE_URL", "must begin with https:// in production");
    }
}
