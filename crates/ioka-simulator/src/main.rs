//! The command line program: a simulator behind a few options, each also as `IOKA_SIM_…`.

use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use ioka_simulator::{
    CancelSpelling, ListMiss, Options, RunningSimulator, SignatureForm, Simulator, WebhookDialect, WebhookTarget,
};

/// A stand-in for the payment gateway Ioka: API, hosted checkout, webhooks, and faults on request.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, env = "IOKA_SIM_LISTEN", default_value = "127.0.0.1:5050")]
    listen: SocketAddr,
    /// Address under which browsers and clients reach it, if not the one listened on.
    #[arg(long, env = "IOKA_SIM_PUBLIC_URL")]
    public_url: Option<String>,
    /// The shop's API-KEY; made up and printed if absent.
    #[arg(long, env = "IOKA_SIM_API_KEY")]
    api_key: Option<String>,
    /// Client id for POST /v2/auth/token.
    #[arg(long, env = "IOKA_SIM_CLIENT_ID", default_value = "simulator")]
    client_id: String,
    /// Client secret for POST /v2/auth/token; the API key if absent.
    #[arg(long, env = "IOKA_SIM_CLIENT_SECRET")]
    client_secret: Option<String>,
    /// How long a key from POST /v2/auth/token lives.
    #[arg(long, env = "IOKA_SIM_KEY_LIFETIME_SECONDS", default_value_t = 86_400)]
    key_lifetime_seconds: u64,
    /// Receiver of all webhooks.
    #[arg(long, env = "IOKA_SIM_WEBHOOK_URL")]
    webhook_url: Option<String>,
    /// Its signing key; made up and printed if absent.
    #[arg(long, env = "IOKA_SIM_WEBHOOK_KEY", requires = "webhook_url")]
    webhook_key: Option<String>,
    /// Which webhooks are sent: Ioka's, or those of the simplified guide.
    #[arg(long, env = "IOKA_SIM_WEBHOOK_DIALECT", value_enum, default_value_t)]
    webhook_dialect: WebhookDialect,
    /// What Ioka's webhooks are signed over.
    #[arg(long, env = "IOKA_SIM_WEBHOOK_SIGNATURE", value_enum, default_value_t)]
    webhook_signature: SignatureForm,
    /// How the event of a released hold is spelt.
    #[arg(long, env = "IOKA_SIM_CANCEL_SPELLING", value_enum, default_value_t)]
    cancel_spelling: CancelSpelling,
    /// Pause between two tries of a webhook.
    #[arg(long, env = "IOKA_SIM_WEBHOOK_RETRY_PAUSE_MS", default_value_t = 5_000)]
    webhook_retry_pause_ms: u64,
    /// How long a receiver of webhooks may take.
    #[arg(long, env = "IOKA_SIM_WEBHOOK_TIMEOUT_MS", default_value_t = 10_000)]
    webhook_timeout_ms: u64,
    /// What a list says about an unknown external_id.
    #[arg(long, env = "IOKA_SIM_LIST_MISS", value_enum, default_value_t)]
    list_miss: ListMiss,
    /// Seed of all ids and tokens; random if absent.
    #[arg(long, env = "IOKA_SIM_SEED")]
    seed: Option<u64>,
    /// Time (UTC) at which the clock stands still until it is moved; without it the clock runs.
    #[arg(long, env = "IOKA_SIM_START_TIME")]
    start_time: Option<String>,
    /// Scenario file, JSON or TOML.
    #[arg(long, env = "IOKA_SIM_SCENARIO")]
    scenario: Option<PathBuf>,
    /// File that keeps the state between runs.
    #[arg(long, env = "IOKA_SIM_DATA")]
    data: Option<PathBuf>,
    /// HTTP worker threads; 0 takes one per processor.
    #[arg(long, env = "IOKA_SIM_WORKERS", default_value_t = 0)]
    workers: usize,
}

impl From<Arguments> for Options {
    fn from(given: Arguments) -> Self {
        Self {
            listen: given.listen,
            public_url: given.public_url,
            api_key: given.api_key,
            client_id: given.client_id,
            client_secret: given.client_secret,
            key_lifetime: Duration::from_secs(given.key_lifetime_seconds),
            webhook: given.webhook_url.map(|url| WebhookTarget { url, key: given.webhook_key }),
            dialect: given.webhook_dialect,
            signature: given.webhook_signature,
            cancel_spelling: given.cancel_spelling,
            webhook_retry_pause: Duration::from_millis(given.webhook_retry_pause_ms),
            webhook_timeout: Duration::from_millis(given.webhook_timeout_ms),
            list_miss: given.list_miss,
            seed: given.seed,
            start_time: given.start_time,
            scenario: given.scenario,
            data: given.data,
            workers: given.workers,
        }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    tracing_subscriber::fmt().with_max_level(tracing::Level::WARN).with_writer(std::io::stderr).init();
    let simulator = match Simulator::start(Arguments::parse().into()).await {
        Ok(simulator) => simulator,
        Err(error) => {
            tracing::error!("{error}");
            return ExitCode::FAILURE;
        }
    };
    // Somebody may have closed our output; that is no reason not to serve.
    if let Err(error) = std::io::stdout().write_all(greeting(&simulator).as_bytes()) {
        tracing::warn!(%error, "the greeting could not be printed");
    }
    tokio::select! {
        () = simulator.wait() => return ExitCode::FAILURE,
        () = asked_to_stop() => {}
    }
    simulator.stop().await;
    ExitCode::SUCCESS
}

/// What a person needs to start.
fn greeting(simulator: &RunningSimulator) -> String {
    let base_url = simulator.base_url();
    let webhook_key = simulator.webhook_key().map(|key| format!("  webhook key  {key}\n")).unwrap_or_default();
    format!(
        "Ioka simulator: no money moves here\n  dashboard    {base_url}/\n  API          {base_url}/v2\n  API-KEY      \
         {}\n{webhook_key}  seed         {}\n",
        simulator.api_key(),
        simulator.seed(),
    )
}

/// Ctrl-C, or the signal that containers are stopped with.
async fn asked_to_stop() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminated.recv() => {}
                _ = tokio::signal::ctrl_c() => {}
            }
            return;
        }
    }
    // Without a way to hear signals the program runs until it is killed.
    let _ = tokio::signal::ctrl_c().await;
}
