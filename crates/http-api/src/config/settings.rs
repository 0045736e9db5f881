//! What the settings must be.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use application::{AlertSettings, CampaignSeed, DonationLimits, Duplicates, PageAddresses, ReturnAddresses};
use chrono::TimeDelta;
use domain::{CertificateSeed, Tenge};
use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretString};
use url::Url;

use super::alerts::alerts;
use super::campaigns::campaigns;
use super::errors::ConfigErrors;
use super::limits::{AbuseSettings, abuse};
use super::mail::{MailSettings, mail};
use super::production::{self, DEVELOPMENT_JWT_SECRET, DEVELOPMENT_WEBHOOK_SECRET};
use super::reader::{Reader, Switch};
use super::sources::Sources;

/// How strict the server is with its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AppEnv {
    /// Everything has a default; the fake gateway serves.
    Development,
    /// Real secrets and the real gateway, or no start.
    Production,
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Pretty,
    /// One JSON object a line.
    Json,
}

/// How Ioka is reached.
#[derive(Debug, Clone)]
pub struct IokaSettings {
    /// The shop's key.
    pub api_key: SecretString,
    /// The address without a path.
    pub base_url: Url,
}

/// Every setting, checked.
#[derive(Debug, Clone)]
pub struct ServerConfig {
    /// How strict the server is with its settings.
    pub app_env: AppEnv,
    /// The address to listen on.
    pub host: String,
    /// The port to listen on; 0 takes any free one.
    pub port: u16,
    /// The site that donors come back to; without one the server's own pages serve.
    pub frontend_url: Option<Url>,
    /// The address under which the server itself is reached from outside, without a slash at its end.
    pub backend_url: String,
    /// Where the gateway sends donors back to.
    pub return_to: ReturnAddresses,
    /// Pages that mails point to.
    pub pages: PageAddresses,
    /// How mail goes out.
    pub mail: MailSettings,
    /// Who is told what by mail of those who answer for the money.
    pub alerts: AlertSettings,
    /// What becomes of a payment that was made twice.
    pub duplicates: Duplicates,
    /// The database; a secret, because it may hold a password.
    pub database_url: SecretString,
    /// How many connections at most.
    pub database_pool_size: u32,
    /// Ioka; `None` for the fake gateway.
    pub ioka: Option<IokaSettings>,
    /// What webhooks are signed with.
    pub webhook_secret: SecretString,
    /// Which webhooks are believed: `ioka`, `guide`, or both.
    pub webhook_dialects: Vec<String>,
    /// How long an answer of the gateway is waited for.
    pub gateway_timeout: Duration,
    /// How long an order can be paid.
    pub payment_ttl: TimeDelta,
    /// How old an open order is when the gateway is first asked about it.
    pub reconcile_first_after: TimeDelta,
    /// How often the server looks for such orders.
    pub reconcile_every: Duration,
    /// How little and how much can be given.
    pub limits: DonationLimits,
    /// Amounts to offer, in tenge.
    pub presets: Vec<Tenge>,
    /// What can be given for, as long as the database knows nothing else of it.
    pub campaigns: Vec<CampaignSeed>,
    /// What access tokens are signed with.
    pub jwt_secret: SecretString,
    /// What the key that signs certificates is made from; `None` for the one that the database keeps.
    pub certificate_seed: Option<CertificateSeed>,
    /// How long an access token counts.
    pub access_ttl: TimeDelta,
    /// How long a session lasts without being renewed.
    pub session_ttl: TimeDelta,
    /// Origins whose pages may call the API; `*` for all.
    pub cors_origins: Vec<String>,
    /// What keeps abuse away.
    pub abuse: AbuseSettings,
    /// Whose `X-Forwarded-For` counts.
    pub trusted_proxies: Vec<IpNet>,
    /// How log lines are written.
    pub log_format: LogFormat,
    /// Which log lines are written, in `tracing`'s filter language.
    pub log_level: String,
    /// Where Prometheus asks; `None` for nowhere.
    pub metrics_addr: Option<SocketAddr>,
    /// Where spans are sent; `None` for nowhere.
    pub otlp_endpoint: Option<Url>,
    /// What is allowed but should be known, for the log.
    pub warnings: Vec<String>,
}

/// Reads and checks every setting.
///
/// # Errors
/// [`ConfigErrors`]: all that is wrong, not only the first.
pub fn load(sources: &Sources) -> Result<ServerConfig, ConfigErrors> {
    let mut read = Reader::new(sources.merge().map_err(ConfigErrors)?);
    let app_env = read.parsed("APP_ENV", "development or production", AppEnv::Production, |text| match text {
        "development" => Some(AppEnv::Development),
        "production" => Some(AppEnv::Production),
        _ => None,
    });
    let mut warnings = Vec::new();
    let (ioka, webhook_secret) = ioka(&mut read, app_env, &mut warnings);
    let jwt_secret = jwt_secret(&mut read, app_env, &mut warnings);
    let webhook_dialects = dialects(&mut read);
    production::warn(app_env, ioka.as_ref(), &webhook_dialects, &mut warnings);
    let port = read.parsed("PORT", "a port from 0 to 65535", 0, |text| text.parse().ok());
    let frontend_url = read.url("FRONTEND_URL");
    let backend_url = read.url("BACKEND_URL").map_or_else(|| format!("http://localhost:{port}"), |url| trimmed(&url));
    if app_env == AppEnv::Production && backend_url.starts_with("http://localhost") {
        warnings.push("BACKEND_URL is this machine: links in answers lead nowhere for anybody else".to_owned());
    }
    let site = frontend_url.as_ref().map_or_else(|| backend_url.clone(), trimmed);
    let presets = presets(&mut read);
    let config = ServerConfig {
        app_env,
        mail: mail(&mut read, app_env, &mut warnings),
        alerts: alerts(&mut read, &backend_url),
        duplicates: duplicates(&mut read),
        pages: PageAddresses {
            donation: format!("{site}/donations/{{donation_id}}"),
            certificate: certificate_page(&mut read, &backend_url),
            certificate_card: format!("{backend_url}/certificates/{{number}}.png"),
            confirm_email: format!("{site}/confirm-email?token={{token}}"),
            reset_password: format!("{site}/reset-password?token={{token}}"),
        },
        host: read.parsed("HOST", "an address to listen on", String::new(), |text| Some(text.to_owned())),
        port,
        return_to: return_addresses(&mut read, site),
        database_url: database_url(&mut read),
        database_pool_size: read.number("DATABASE_POOL_SIZE", 1..=200),
        ioka,
        webhook_secret,
        webhook_dialects,
        gateway_timeout: Duration::from_millis(read.number("GATEWAY_TIMEOUT_MS", 100..=120_000).into()),
        payment_ttl: TimeDelta::minutes(read.number("PAYMENT_TTL_MINUTES", 1..=10_080).into()),
        reconcile_first_after: TimeDelta::seconds(read.number("RECONCILE_FIRST_AFTER_SECONDS", 1..=86_400).into()),
        reconcile_every: Duration::from_secs(read.number("RECONCILE_EVERY_SECONDS", 1..=86_400).into()),
        limits: limits(&mut read),
        campaigns: campaigns(&mut read, sources.folder.as_deref(), &presets),
        presets,
        jwt_secret,
        certificate_seed: certificate_seed(&mut read),
        access_ttl: TimeDelta::minutes(read.number("ACCESS_TOKEN_MINUTES", 1..=1_440).into()),
        session_ttl: TimeDelta::days(read.number("SESSION_DAYS", 1..=365).into()),
        cors_origins: cors_origins(&mut read, frontend_url.as_ref(), app_env),
        abuse: abuse(&mut read),
        trusted_proxies: trusted_proxies(&mut read),
        log_format: read.parsed("LOG_FORMAT", "pretty or json", LogFormat::Pretty, |text| match text {
            "pretty" => Some(LogFormat::Pretty),
            "json" => Some(LogFormat::Json),
            _ => None,
        }),
        log_level: log_level(&mut read),
        metrics_addr: metrics_addr(&mut read),
        otlp_endpoint: read.url("OTEL_EXPORTER_OTLP_ENDPOINT"),
        frontend_url,
        backend_url,
        warnings,
    };
    if read.errors.is_empty() { Ok(config) } else { Err(ConfigErrors(read.errors)) }
}

fn ioka(read: &mut Reader, app_env: AppEnv, warnings: &mut Vec<String>) -> (Option<IokaSettings>, SecretString) {
    let enabled = read.switch("IOKA_ENABLED");
    let base_url = read.url("IOKA_BASE_URL");
    let api_key = read.secret("IOKA_API_KEY");
    let secret = read.secret("IOKA_WEBHOOK_SECRET");
    let development = SecretString::from(DEVELOPMENT_WEBHOOK_SECRET);
    if app_env == AppEnv::Production {
        if enabled == Switch::Off {
            read.wrong("IOKA_ENABLED", "must be true in production: the fake gateway takes no money");
        }
        production::check_base_url(read, base_url.as_ref());
    }
    if enabled == Switch::Off && app_env == AppEnv::Development {
        warnings.push("IOKA_ENABLED is false: the fake gateway completes every payment and no money moves".to_owned());
        return (None, secret.unwrap_or(development));
    }
    production::check_secret(read, "IOKA_API_KEY", api_key.as_ref(), (app_env, 8));
    production::check_secret(read, "IOKA_WEBHOOK_SECRET", secret.as_ref(), (app_env, 16));
    let settings = api_key.zip(base_url).map(|(api_key, base_url)| IokaSettings { api_key, base_url });
    (settings, secret.unwrap_or(development))
}

fn jwt_secret(read: &mut Reader, app_env: AppEnv, warnings: &mut Vec<String>) -> SecretString {
    let secret = read.secret("JWT_SECRET");
    if app_env == AppEnv::Production || secret.is_some() {
        production::check_secret(read, "JWT_SECRET", secret.as_ref(), (app_env, 32));
    }
    secret.unwrap_or_else(|| {
        warnings
            .push("JWT_SECRET is not set: anybody can sign in as anybody; fine on your own machine only".to_owned());
        SecretString::from(DEVELOPMENT_JWT_SECRET)
    })
}

/// The address without the slash that `Url` puts at the end of an empty path.
fn trimmed(url: &Url) -> String {
    url.as_str().trim_end_matches('/').to_owned()
}

fn return_addresses(read: &mut Reader, site: String) -> ReturnAddresses {
    let mut address = |key: &str, result: &str| {
        let Some(template) = read.text(key) else { return format!("{site}/donations/{{donation_id}}?result={result}") };
        let filled = template.replace("{donation_id}", "0");
        let usable = Url::parse(&filled).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        if !usable || !template.contains("{donation_id}") {
            read.wrong(key, "must be an address with {donation_id} in it");
        }
        template
    };
    ReturnAddresses {
        success: address("RETURN_URL_SUCCESS", "success"),
        failure: address("RETURN_URL_FAILURE", "failure"),
        back: address("RETURN_URL_BACK", "back"),
    }
}

/// A frontend need not build a page that checks certificates: the server's own does it.
fn certificate_page(read: &mut Reader, backend_url: &str) -> String {
    let Some(template) = read.text("CERTIFICATE_URL") else {
        return format!("{backend_url}/certificates/{{number}}");
    };
    let usable = |url: &Url| matches!(url.scheme(), "http" | "https");
    if !Url::parse(&template.replace("{number}", "0")).is_ok_and(|url| usable(&url)) || !template.contains("{number}") {
        read.wrong("CERTIFICATE_URL", "must be an address with {number} in it");
    }
    template
}

fn certificate_seed(read: &mut Reader) -> Option<CertificateSeed> {
    let text = read.text("CERTIFICATE_SIGNING_KEY")?;
    let seed = CertificateSeed::parse(&text).filter(|seed| seed.0.iter().any(|byte| *byte != seed.0[0]));
    if seed.is_none() {
        read.wrong(
            "CERTIFICATE_SIGNING_KEY",
            "must be 32 random bytes in base64url: `donations certificate new-key` makes one",
        );
    }
    seed
}

fn database_url(read: &mut Reader) -> SecretString {
    let must_be = "sqlite:// and a path, or postgres:// and a server";
    read.parsed("DATABASE_URL", must_be, SecretString::default(), |text| {
        let known = ["sqlite://", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        known.then(|| SecretString::from(text))
    })
}

fn dialects(read: &mut Reader) -> Vec<String> {
    let dialects = read.list("IOKA_WEBHOOK_DIALECTS");
    if dialects.is_empty() || !dialects.iter().all(|name| matches!(name.as_str(), "ioka" | "guide")) {
        read.wrong("IOKA_WEBHOOK_DIALECTS", "must be ioka, guide, or both with a comma between them");
    }
    dialects
}

fn duplicates(read: &mut Reader) -> Duplicates {
    match read.switch("AUTO_REFUND_DUPLICATES") {
        Switch::On => Duplicates::Refund,
        Switch::Off => Duplicates::Flag,
    }
}

fn limits(read: &mut Reader) -> DonationLimits {
    let min = read.number("DONATION_MIN", 1..=1_000_000_000);
    let max = read.number("DONATION_MAX", 1..=1_000_000_000);
    if min > max {
        read.wrong("DONATION_MAX", "must not be less than DONATION_MIN");
    }
    DonationLimits { min: Tenge::new(min), max: Tenge::new(max) }
}

fn presets(read: &mut Reader) -> Vec<Tenge> {
    let numbers = read.structure::<Vec<u32>>("donation_presets", "a list of whole numbers of tenge");
    numbers.unwrap_or_default().into_iter().map(Tenge::new).collect()
}

/// Where a frontend usually runs while it is being written; allowed in development when nothing else is named.
const DEVELOPMENT_FRONTENDS: [&str; 2] = ["http://localhost:3000", "http://127.0.0.1:3000"];

fn cors_origins(read: &mut Reader, frontend: Option<&Url>, app_env: AppEnv) -> Vec<String> {
    let origins = read.list("CORS_ORIGINS");
    let plain = |origin: &String| {
        origin == "*" || Url::parse(origin).is_ok_and(|url| url.origin().ascii_serialization() == *origin)
    };
    if !origins.iter().all(plain) {
        read.wrong("CORS_ORIGINS", "must be origins such as https://charity.kz, with commas between them, or *");
    }
    match (frontend, app_env) {
        (_, _) if !origins.is_empty() => origins,
        (Some(url), _) => vec![url.origin().ascii_serialization()],
        (None, AppEnv::Development) => DEVELOPMENT_FRONTENDS.map(str::to_owned).to_vec(),
        (None, AppEnv::Production) => origins,
    }
}

fn log_level(read: &mut Reader) -> String {
    let must_be = "a level such as info, or a filter such as info,payments=debug";
    read.parsed("LOG_LEVEL", must_be, String::new(), |text| {
        tracing_subscriber::EnvFilter::try_new(text).is_ok().then(|| text.to_owned())
    })
}

/// A listener of its own: on the API's everybody could read it.
fn metrics_addr(read: &mut Reader) -> Option<SocketAddr> {
    let text = read.text("METRICS_ADDR")?;
    let address = text.parse().ok();
    if address.is_none() {
        read.wrong("METRICS_ADDR", "must be an IP address and a port such as 127.0.0.1:9100");
    }
    address
}

fn trusted_proxies(read: &mut Reader) -> Vec<IpNet> {
    let parse = |text: &String| text.parse::<IpNet>().ok().or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from));
    let proxies: Option<Vec<_>> = read.list("TRUSTED_PROXIES").iter().map(parse).collect();
    if proxies.is_none() {
        read.wrong("TRUSTED_PROXIES", "must be addresses or CIDR blocks, with commas between them");
    }
    proxies.unwrap_or_default()
}

impl ServerConfig {
    /// Whether real money moves.
    pub fn takes_real_payments(&self) -> bool {
        self.ioka.is_some()
    }

    /// The address's text, for connecting only.
    pub fn database_address(&self) -> &str {
        self.database_url.expose_secret()
    }
}
