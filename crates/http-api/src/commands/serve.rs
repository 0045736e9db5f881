//! `donations serve`.

use tokio::signal::unix::{SignalKind, signal};

use crate::app::{Adapters, state};
use crate::cli::is_own_file;
use crate::config::ServerConfig;
use crate::logging;
use crate::sandbox;
use crate::seeding::seed;
use crate::server::{Server, Stopper};
use crate::telemetry::Telemetry;
use crate::workers::Workers;

/// Which databases are migrated at the start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Migrate {
    /// Only an SQLite file, which belongs to this server alone.
    OwnFileOnly,
    /// Any.
    Always,
}

/// Serves until SIGTERM or Ctrl-C; with `sandbox_port`, Ioka's twin beside it.
///
/// # Errors
/// A message for the operator.
pub async fn serve(config: &ServerConfig, migrate: Migrate, sandbox_port: Option<u16>) -> Result<(), String> {
    let telemetry = config.otlp_endpoint.as_ref().map(Telemetry::to).transpose();
    let telemetry = telemetry.map_err(|error| format!("OTEL_EXPORTER_OTLP_ENDPOINT: {error}"))?;
    logging::init(config.log_format, &config.log_level, telemetry.as_ref());
    let served = serve_here(config, migrate, sandbox_port).await;
    if let Some(telemetry) = telemetry {
        // It waits for the collector, which may be slow.
        let _panicked = tokio::task::spawn_blocking(move || telemetry.stop()).await;
    }
    served
}

async fn serve_here(config: &ServerConfig, migrate: Migrate, sandbox_port: Option<u16>) -> Result<(), String> {
    let Some(port) = sandbox_port else { return serve_alone(config, migrate).await };
    let sandbox = sandbox::start(config, port).await?;
    let served = serve_alone(&sandbox.config, migrate).await;
    sandbox.twin.stop().await;
    served
}

async fn serve_alone(config: &ServerConfig, migrate: Migrate) -> Result<(), String> {
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let adapters = Adapters::from_config(config).await.map_err(|error| error.to_string())?;
    if migrate == Migrate::Always || is_own_file(config) {
        let run =
            adapters.store.migrate().await.map_err(|error| format!("the database could not be migrated: {error}"))?;
        for name in run {
            tracing::info!(migration = name, "database.migrated");
        }
    }
    let state = state(config, &adapters);
    seed(&state.house, &state.health, &config.campaigns).await?;
    let (house, mails) = (state.house.clone(), state.mail_archive.is_some());
    match house.seals.signer().await {
        Ok(signer) => tracing::info!(key_id = signer.key().id(), "certificates.key_ready"),
        // The schema may be behind; the key is asked for again whenever something has to be signed.
        Err(error) => tracing::warn!(%error, "the key that signs certificates cannot be had yet"),
    }
    let server = Server::bind(config, state).map_err(|error| error.to_string())?;
    if let Some(address) = server.metrics_address() {
        tracing::info!(%address, "metrics.listening");
    }
    tracing::info!(address = %server.address(), payments_are_real = config.takes_real_payments(), "server.listening");
    if mails {
        tracing::info!(page = %format!("http://{}/dev/mail", server.address()), "mail.kept_in_a_folder");
    }
    let stopper = server.stopper();
    let workers = Workers::start(house, config.reconcile_every);
    let stopping = actix_web::rt::spawn(stop_on_signal(stopper, workers));
    server.run().await.map_err(|error| format!("the server failed: {error}"))?;
    stopping.abort();
    Ok(())
}

async fn stop_on_signal(stopper: Stopper, workers: Workers) {
    told_to_stop().await;
    tokio::join!(stopper.stop(), workers.stop());
}

/// Returns on SIGTERM or Ctrl-C; never, if they cannot be listened for.
async fn told_to_stop() {
    let (Ok(mut terminate), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt()))
    else {
        tracing::error!("signals cannot be listened for; the server stops only by being killed");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}
