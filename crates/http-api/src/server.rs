//! Listening, and stopping without dropping anything.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_cors::Cors;
use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};

use crate::config::ServerConfig;
use crate::handlers::admin::reconciliation::pace;
use crate::middleware::{drain, problems, request_scope, security_headers};
use crate::monitoring::{MetricsEndpoint, measured};
use crate::routes::routes;
use crate::state::AppState;
use web_ui::Pages;

/// How long requests in flight may take to finish.
const DRAIN_FOR: Duration = Duration::from_secs(30);

/// A server that listens.
pub struct Server {
    address: SocketAddr,
    state: web::Data<AppState>,
    handle: ServerHandle,
    running: actix_web::dev::Server,
    metrics: Option<MetricsEndpoint>,
}

/// Why a server cannot listen.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Not where the API is to be.
    #[error("HOST, PORT: {address} cannot be listened on: {cause}")]
    Api {
        /// Where it was to be.
        address: String,
        /// Why not.
        cause: io::Error,
    },
    /// Not where the metrics are to be.
    #[error("METRICS_ADDR: {address} cannot be listened on: {cause}")]
    Metrics {
        /// Where they were to be.
        address: SocketAddr,
        /// Why not.
        cause: io::Error,
    },
}

/// Stops a server from elsewhere.
#[derive(Clone)]
pub struct Stopper {
    state: web::Data<AppState>,
    handle: ServerHandle,
    metrics: Option<ServerHandle>,
}

impl Server {
    /// Takes the address; requests are answered from [`Server::run`] on.
    ///
    /// # Errors
    /// [`BindError`].
    pub fn bind(config: &ServerConfig, state: AppState) -> Result<Self, BindError> {
        let metrics_at = |address| {
            MetricsEndpoint::bind(address, &state.monitoring).map_err(|cause| BindError::Metrics { address, cause })
        };
        let metrics = config.metrics_addr.map(metrics_at).transpose()?;
        Self::bind_api(config, state, metrics)
            .map_err(|cause| BindError::Api { address: format!("{}:{}", config.host, config.port), cause })
    }

    fn bind_api(config: &ServerConfig, state: AppState, metrics: Option<MetricsEndpoint>) -> io::Result<Self> {
        let listener = TcpListener::bind((config.host.as_str(), config.port))?;
        let address = listener.local_addr()?;
        let state = web::Data::new(state);
        let shared = state.clone();
        let paced = state.clone();
        let pages = web::Data::new(Pages {
            house: state.house.clone(),
            idempotency: state.idempotency.clone(),
            backend_url: state.site.backend_url.clone(),
            request_id: crate::extract::request_id,
            client: crate::extract::client_net,
            client_address: crate::extract::client_address,
            pace: Arc::new(move || pace(&paced)),
            mail_archive: state.mail_archive.clone(),
        });
        let origins = config.cors_origins.clone();
        let running = HttpServer::new(move || {
            // The last one is the outermost.
            App::new()
                .app_data(shared.clone())
                .app_data(pages.clone())
                .configure(routes)
                .configure(web_ui::pages)
                .wrap(from_fn(drain))
                .wrap(from_fn(problems))
                .wrap(cors(&origins))
                // Once more, for the preflights that `cors` itself turns away.
                .wrap(from_fn(problems))
                .wrap(security_headers())
                .wrap(from_fn(measured))
                .wrap(from_fn(request_scope))
        })
        .disable_signals()
        .shutdown_timeout(DRAIN_FOR.as_secs())
        .listen(listener)?
        .run();
        Ok(Self { address, state, handle: running.handle(), running, metrics })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where metrics are asked for; `None` if nowhere.
    pub fn metrics_address(&self) -> Option<SocketAddr> {
        self.metrics.as_ref().map(MetricsEndpoint::address)
    }

    /// Stops it from elsewhere.
    pub fn stopper(&self) -> Stopper {
        let metrics = self.metrics.as_ref().map(MetricsEndpoint::handle);
        Stopper { state: self.state.clone(), handle: self.handle.clone(), metrics }
    }

    /// Answers requests until it is stopped.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn run(self) -> io::Result<()> {
        let Some(metrics) = self.metrics else { return self.running.await };
        tokio::try_join!(self.running, metrics.run()).map(|((), ())| ())
    }
}

impl Stopper {
    /// Not ready from now on; finishes what is in flight, 30 seconds at most; then stops listening.
    pub async fn stop(&self) {
        self.state.drain.begin();
        tracing::info!(in_flight = self.state.drain.in_flight(), "server.draining");
        let finished = async {
            while self.state.drain.in_flight() > 0 {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        if tokio::time::timeout(DRAIN_FOR, finished).await.is_err() {
            tracing::warn!(in_flight = self.state.drain.in_flight(), "server.drain_timed_out");
        }
        self.handle.stop(true).await;
        // Last, so that the end can be watched.
        if let Some(metrics) = &self.metrics {
            metrics.stop(false).await;
        }
        tracing::info!("server.stopped");
    }
}

/// Which pages of other origins may call the API. Callers are known by a token in a header, never by a cookie, so an
/// open API gives nothing away that curl would not.
fn cors(origins: &[String]) -> Cors {
    let cors = Cors::default()
        .allowed_methods([Method::GET, Method::POST, Method::PUT, Method::DELETE])
        .allowed_headers(["Authorization", "Content-Type", "Accept-Language", "Idempotency-Key", "X-Request-Id"])
        .expose_headers(["X-Request-Id", "Location", "Idempotency-Replayed", "Retry-After"])
        .block_on_origin_mismatch(false)
        .max_age(3600);
    if origins.iter().any(|origin| origin == "*") {
        return cors.allow_any_origin().send_wildcard();
    }
    origins.iter().fold(cors, |cors, origin| cors.allowed_origin(origin))
}
