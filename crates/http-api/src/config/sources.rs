//! Where settings come from, the later over the earlier: built-in files, files beside the program, `.env`, the
//! environment.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};

use config::{Config, File, FileFormat, Value};

use super::errors::ConfigError;

/// The names that the environment can set. Spelled out, because a rule that derives them (`separator("_")`) reads
/// `IOKA_API_KEY` as a table `ioka` with a key `api_key`, and silently drops it.
pub const KEYS: &[&str] = &[
    "APP_ENV",
    "HOST",
    "PORT",
    "FRONTEND_URL",
    "BACKEND_URL",
    "RETURN_URL_SUCCESS",
    "RETURN_URL_FAILURE",
    "RETURN_URL_BACK",
    "DATABASE_URL",
    "DATABASE_POOL_SIZE",
    "IOKA_ENABLED",
    "IOKA_API_KEY",
    "IOKA_BASE_URL",
    "IOKA_WEBHOOK_SECRET",
    "IOKA_WEBHOOK_DIALECTS",
    "GATEWAY_TIMEOUT_MS",
    "PAYMENT_TTL_MINUTES",
    "RECONCILE_FIRST_AFTER_SECONDS",
    "RECONCILE_EVERY_SECONDS",
    "AUTO_REFUND_DUPLICATES",
    "SMTP_URL",
    "MAIL_FROM",
    "MAIL_FOLDER",
    "ALERT_EMAILS",
    "ALERT_LANGUAGE",
    "DAILY_SUMMARY_AT",
    "GATEWAY_ALERT_AFTER_MINUTES",
    "WEBHOOK_SILENCE_ALERT_AFTER_MINUTES",
    "DONATION_MIN",
    "DONATION_MAX",
    "JWT_SECRET",
    "CERTIFICATE_SIGNING_KEY",
    "CERTIFICATE_URL",
    "ACCESS_TOKEN_MINUTES",
    "SESSION_DAYS",
    "CORS_ORIGINS",
    "TRUSTED_PROXIES",
    "RATE_LIMIT_ENABLED",
    "RATE_LIMIT_AUTH_PER_MINUTE",
    "RATE_LIMIT_DONATIONS_PER_MINUTE",
    "RATE_LIMIT_PAYMENTS_PER_MINUTE",
    "RATE_LIMIT_PAYMENTS_PER_DONATION",
    "DECLINES_PER_ADDRESS",
    "DECLINES_PER_EMAIL",
    "DECLINES_PER_DONATION",
    "DECLINES_PER_SITE",
    "DECLINES_WINDOW_MINUTES",
    "DECLINES_PAUSE_SECONDS",
    "LOG_FORMAT",
    "LOG_LEVEL",
    "METRICS_ADDR",
    "OTEL_EXPORTER_OTLP_ENDPOINT",
];

/// Names that only files can set, because they are lists or tables.
const FILE_KEYS: &[&str] = &["donation_presets", "campaigns"];

const DEFAULTS: &str = include_str!("../../../../config/default.toml");
const PRODUCTION: &str = include_str!("../../../../config/production.toml");

/// Everything outside the program that settings are read from.
#[derive(Clone, Default)]
pub struct Sources {
    /// Names and values from the environment and `.env`.
    pub environment: BTreeMap<String, String>,
    /// The folder whose `*.toml` files change the built-in ones; need not be there.
    pub folder: Option<PathBuf>,
}

/// Names only: the values are not checked yet, and some are secrets.
impl fmt::Debug for Sources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.environment.keys().collect();
        f.debug_struct("Sources").field("environment", &names).field("folder", &self.folder).finish()
    }
}

impl Sources {
    /// The process's environment, `.env` and `config/` of the working directory.
    ///
    /// # Errors
    /// If `.env` is there and cannot be read; the text names the line.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    pub fn of_process() -> Result<Self, String> {
        let mut environment = BTreeMap::new();
        match dotenvy::from_path_iter(".env") {
            Ok(lines) => {
                for line in lines {
                    // The error's own text quotes the line, which may hold a secret.
                    let (name, value) = line.map_err(|_| ".env has a line that is not NAME=value".to_owned())?;
                    environment.insert(name, value);
                }
            }
            Err(error) if error.not_found() => {}
            Err(_) => return Err(".env is there, but cannot be read".to_owned()),
        }
        environment.extend(KEYS.iter().filter_map(|key| Some(((*key).to_owned(), std::env::var(key).ok()?))));
        Ok(Self { environment, folder: Some(PathBuf::from("config")) })
    }

    /// These settings over the built-in ones, and nothing else; for tests.
    pub fn of(settings: &[(&str, &str)]) -> Self {
        let environment = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        Self { environment, folder: None }
    }

    /// The value of an environment name; an empty one counts as not set.
    fn env(&self, key: &str) -> Option<&str> {
        self.environment.get(key).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    /// All layers as one.
    pub(super) fn merge(&self) -> Result<Config, Vec<ConfigError>> {
        let base = self.layers(None).map_err(|error| vec![error])?;
        let app_env = base.get_string("app_env").unwrap_or_default();
        let merged = self.layers(Some(&app_env)).map_err(|error| vec![error])?;
        let unknown = unknown_keys(&merged);
        if unknown.is_empty() { Ok(merged) } else { Err(unknown) }
    }

    fn layers(&self, app_env: Option<&str>) -> Result<Config, ConfigError> {
        let mut builder = Config::builder().add_source(File::from_str(DEFAULTS, FileFormat::Toml));
        if app_env == Some("production") {
            builder = builder.add_source(File::from_str(PRODUCTION, FileFormat::Toml));
        }
        let names = ["default", app_env.unwrap_or("default"), "local"];
        let names = names.iter().filter(|name| name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        for path in self.folder.iter().flat_map(|folder| names.clone().map(|name| folder.join(format!("{name}.toml"))))
        {
            builder = add_file(builder, &path)?;
        }
        for key in KEYS {
            if let Some(value) = self.env(key) {
                builder =
                    builder.set_override(key.to_lowercase(), value.trim()).map_err(|error| wrong_file(key, &error))?;
            }
        }
        builder.build().map_err(|error| wrong_file("config/*.toml", &error))
    }
}

fn add_file(
    builder: config::ConfigBuilder<config::builder::DefaultState>,
    path: &Path,
) -> Result<config::ConfigBuilder<config::builder::DefaultState>, ConfigError> {
    let source = File::from(path).format(FileFormat::Toml).required(false);
    Ok(builder.add_source(source))
}

fn wrong_file(key: &str, error: &config::ConfigError) -> ConfigError {
    let problem = match error {
        config::ConfigError::FileParse { uri, .. } => {
            format!("{} is not TOML", uri.as_deref().unwrap_or("a file"))
        }
        _ => "cannot be read".to_owned(),
    };
    ConfigError { key: key.to_owned(), problem }
}

fn unknown_keys(config: &Config) -> Vec<ConfigError> {
    let Ok(table) = config.clone().try_deserialize::<BTreeMap<String, Value>>() else { return Vec::new() };
    let known = |key: &str| KEYS.iter().any(|known| known.to_lowercase() == key) || FILE_KEYS.contains(&key);
    let problem = "there is no such setting; .env.example lists them".to_owned();
    table.into_keys().filter(|key| !known(key)).map(|key| ConfigError { key, problem: problem.clone() }).collect()
}
