//! `GET /metrics`, on a listener of its own: whoever reaches the API does not reach this.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;

use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};

use super::Monitoring;

/// Prometheus' text format.
const CONTENT_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

/// How often durations are sorted into their buckets while nobody asks.
const TIDY_EVERY: Duration = Duration::from_secs(5);

/// Where Prometheus asks.
pub struct MetricsEndpoint {
    address: SocketAddr,
    monitoring: Monitoring,
    running: actix_web::dev::Server,
}

impl MetricsEndpoint {
    /// Takes the address; answered from [`MetricsEndpoint::run`] on.
    ///
    /// # Errors
    /// If the address cannot be listened on.
    pub fn bind(address: SocketAddr, monitoring: &Monitoring) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        let address = listener.local_addr()?;
        let shared = web::Data::new(monitoring.clone());
        let running = HttpServer::new(move || {
            App::new().app_data(shared.clone()).service(web::resource("/metrics").route(web::get().to(metrics)))
        })
        .workers(1)
        .disable_signals()
        .shutdown_timeout(1)
        .listen(listener)?
        .run();
        Ok(Self { address, monitoring: monitoring.clone(), running })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it from elsewhere.
    pub fn handle(&self) -> ServerHandle {
        self.running.handle()
    }

    /// Answers until it is stopped.
    ///
    /// # Errors
    /// If the listener fails.
    pub async fn run(self) -> io::Result<()> {
        let tidying = tidy(self.monitoring);
        tokio::select! {
            ended = self.running => ended,
            () = tidying => Ok(()),
        }
    }
}

async fn metrics(monitoring: web::Data<Monitoring>) -> HttpResponse {
    HttpResponse::Ok().content_type(CONTENT_TYPE).body(monitoring.written_out().await)
}

async fn tidy(monitoring: Monitoring) {
    let mut times = tokio::time::interval(TIDY_EVERY);
    loop {
        times.tick().await;
        monitoring.meter().tidy();
    }
}
