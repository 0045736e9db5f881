//! The whole sandbox in one process: the server, and Ioka's twin beside it on a port of its own, with keys and webhook
//! wired, so that a person clicks through a checkout with a test card and nothing but this program.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use domain::ports::IdGenerator as _;
use ioka_simulator::{Options, RunningSimulator, Simulator, WebhookTarget};
use secrecy::SecretString;
use url::Url;

use crate::config::{AppEnv, IokaSettings, ServerConfig, Sources};
use crate::security::SystemIds;

/// Where the sandbox's donations are kept.
const DATABASE: &str = "sqlite://data/sandbox.db";

/// The twin, and the settings that make the server speak to it.
pub struct Sandbox {
    /// The running twin; it stops when this is dropped.
    pub twin: RunningSimulator,
    /// The settings, with the twin in Ioka's place.
    pub config: ServerConfig,
}

/// Starts the twin on `port` (0 takes any free one) and puts it in Ioka's place.
///
/// # Errors
/// A message for the operator; in production always.
pub async fn start(config: &ServerConfig, port: u16) -> Result<Sandbox, String> {
    if config.app_env == AppEnv::Production {
        return Err("--sandbox: not in production, where donors must not meet a gateway that only pretends".to_owned());
    }
    let mut config = config.clone();
    let webhook_key = random_text();
    let options = Options {
        listen: SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        api_key: Some(random_text()),
        webhook: Some(WebhookTarget {
            url: format!("http://127.0.0.1:{}/api/webhooks/ioka", config.port),
            key: Some(webhook_key.clone()),
        }),
        workers: 1,
        ..Options::default()
    };
    let twin = Simulator::start(options).await.map_err(|error| format!("--sandbox-port: {error}"))?;
    let base_url = Url::parse(twin.base_url()).map_err(|error| format!("--sandbox-port: {error}"))?;
    config.ioka = Some(IokaSettings { api_key: SecretString::from(twin.api_key()), base_url });
    config.webhook_secret = SecretString::from(webhook_key);
    config.warnings.retain(|warning| !warning.starts_with("IOKA_ENABLED"));
    config.warnings.push(format!("sandbox: Ioka's twin is at {}; no money moves", twin.base_url()));
    Ok(Sandbox { twin, config })
}

/// The settings for a sandbox: a file of its own unless a database is named, so that play money stays out of the real
/// books; and a port in place of 0, because the twin has to know where to send its webhooks before the server listens.
/// The port is free now; if another program takes it in the moment until the server does, the server says so.
///
/// # Errors
/// A message for the operator.
pub fn prepare(mut sources: Sources) -> Result<Sources, String> {
    sources.environment.entry("DATABASE_URL".to_owned()).or_insert_with(|| DATABASE.to_owned());
    let any = sources.environment.get("PORT").is_some_and(|port| port.trim() == "0");
    if !any {
        return Ok(sources);
    }
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|listener| listener.local_addr());
    let port = free.map_err(|error| format!("PORT: {error}"))?.port();
    sources.environment.insert("PORT".to_owned(), port.to_string());
    Ok(sources)
}

fn random_text() -> String {
    let bytes = SystemIds.secret();
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
