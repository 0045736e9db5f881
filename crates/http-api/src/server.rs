//! Listening, and stopping without dropping anything.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_cors::Cors;
use actix_web::dev::ServerHandle;
use actix_web::http::Method;
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};

use crate::config::ServerConfig;
use crate::middleware::{drain, problems, request_scope, security_headers};
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
}

/// Stops a server from elsewhere.
#[derive(Clone)]
pub struct Stopper {
    state: web::Data<AppState>,
    handle: ServerHandle,
}

impl Server {
    /// Takes the address; requests are answered from [`Server::run`] on.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub fn bind(config: &ServerConfig, state: AppState) -> io::Result<Self> {
        let listener = TcpListener::bind((config.host.as_str(), config.port))?;
        let address = listener.local_addr()?;
        let state = web::Data::new(state);
        let shared = state.clone();
        let pages = web::Data::new(Pages {
            house: state.house.clone(),
            idempotency: state.idempotency.clone(),
            backend_url: state.site.backend_url.clone(),
            request_id: crate::extract::request_id,
            client: crate::extract::client_net,
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
                .wrap(from_fn(request_scope))
        })
        .disable_signals()
        .shutdown_timeout(DRAIN_FOR.as_secs())
        .listen(listener)?
        .run();
        Ok(Self { address, state, handle: running.handle(), running })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it from elsewhere.
    pub fn stopper(&self) -> Stopper {
        Stopper { state: self.state.clone(), handle: self.handle.clone() }
    }

    /// Answers requests until it is stopped.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn run(self) -> io::Result<()> {
        self.running.await
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
