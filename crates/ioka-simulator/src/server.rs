//! Starting and stopping a simulator.

use std::any::Any;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Extensions, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::{App, HttpServer, web};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;

use crate::api::{Connection, body_config, gate};
use crate::clock::SimClock;
use crate::faults::FaultBody;
use crate::model::Stamp;
use crate::options::Options;
use crate::scenario::{Scenario, ScenarioError};
use crate::settings::Settings;
use crate::sim::Sim;
use crate::world::{Journal, JournalError, World};

/// How often timers are looked at when nobody calls.
const TICK: Duration = Duration::from_millis(100);

/// Why a simulator does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen on {address}: {cause}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// `start_time` is no date and time.
    #[error("the start time {0:?} is not like 2026-01-15T09:30:00")]
    StartTime(String),
    /// The scenario file is unusable.
    #[error(transparent)]
    Scenario(#[from] ScenarioError),
    /// A fault of the scenario is unusable.
    #[error("a fault of the scenario: {0}")]
    Fault(String),
    /// The data file is unusable.
    #[error(transparent)]
    Data(#[from] JournalError),
    /// The HTTP client that sends webhooks cannot be made.
    #[error("the client for webhooks: {0}")]
    Client(reqwest::Error),
}

/// Starts simulators.
#[derive(Clone, Copy, Debug)]
pub struct Simulator;

/// A simulator that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct RunningSimulator {
    base_url: String,
    address: SocketAddr,
    settings: Arc<Settings>,
    server: ServerHandle,
    tasks: Vec<JoinHandle<()>>,
    ended: watch::Receiver<bool>,
}

impl Simulator {
    /// Starts a simulator within the current tokio runtime, of either flavour; its HTTP workers have threads of their
    /// own.
    ///
    /// # Errors
    /// The address cannot be listened on, or the scenario, the data file or the start time is unusable.
    pub async fn start(options: Options) -> Result<RunningSimulator, StartError> {
        let scenario = options.scenario.as_deref().map(Scenario::read).transpose()?.unwrap_or_default();
        let listen_failed = |cause| StartError::Listen { address: options.listen, cause };
        let listener = std::net::TcpListener::bind(options.listen).map_err(listen_failed)?;
        let address = listener.local_addr().map_err(listen_failed)?;
        let base_url = format!("http://{address}");
        let seed = options.seed.or(scenario.seed).unwrap_or_else(rand::random);
        let settings = Arc::new(Settings::resolve(&options, seed, &base_url, &scenario.webhooks));
        let start_time = options.start_time.as_ref().or(scenario.start_time.as_ref());
        let clock = SimClock::new(start_time.map(|text| start_stamp(text)).transpose()?);
        let world = build_world(&settings, &clock, options.data.as_deref(), scenario.faults)?;
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .user_agent("ioka-simulator")
            .build()
            .map_err(StartError::Client)?;
        let (outbox, queue) = mpsc::unbounded_channel();
        let sim = Arc::new(Sim::new(clock, world, outbox));
        let data = web::Data::from(Arc::clone(&sim));
        let mut http = HttpServer::new(move || {
            App::new()
                .app_data(data.clone())
                .app_data(body_config())
                .wrap(from_fn(gate))
                .configure(crate::api::routes)
                .configure(crate::control::routes)
                .configure(crate::checkout::routes)
        })
        .on_connect(remember_socket)
        .disable_signals()
        .shutdown_timeout(1);
        if options.workers > 0 {
            http = http.workers(options.workers);
        }
        let server = http.listen(listener).map_err(listen_failed)?.run();
        let handle = server.handle();
        let (ending, ended) = watch::channel(false);
        let serving = tokio::spawn(async move {
            if let Err(error) = server.await {
                tracing::error!(%error, "the simulator's server failed");
            }
            // Nobody may be waiting.
            let _ = ending.send(true);
        });
        let delivering = tokio::spawn(crate::webhooks::deliver_all(Arc::clone(&sim), client, queue));
        let ticking = tokio::spawn(tick(sim));
        Ok(RunningSimulator {
            base_url,
            address,
            settings,
            server: handle,
            tasks: vec![delivering, ticking, serving],
            ended,
        })
    }
}

fn start_stamp(text: &str) -> Result<Stamp, StartError> {
    Stamp::parse(text).ok_or_else(|| StartError::StartTime(text.to_owned()))
}

fn build_world(
    settings: &Arc<Settings>,
    clock: &SimClock,
    data: Option<&Path>,
    faults: Vec<FaultBody>,
) -> Result<World, StartError> {
    let mut world = World::new(Arc::clone(settings), clock.now(), None);
    if let Some(path) = data {
        for entry in Journal::read(path)? {
            if let Some(offset) = world.load(entry) {
                clock.set_offset_micros(offset);
            }
        }
        let journal = Journal::rewrite(path, world.entries(&clock.offset_micros()))?;
        world.attach_journal(journal);
        world.now = clock.now();
    }
    world.add_fixed_webhooks();
    for fault in faults {
        world.install_fault(fault).map_err(|error| StartError::Fault(error.to_string()))?;
    }
    world.flush_journal();
    Ok(world)
}

/// Keeps a second handle of each connection's socket for the faults that close it.
fn remember_socket(connection: &dyn Any, extensions: &mut Extensions) {
    if let Some(stream) = connection.downcast_ref::<tokio::net::TcpStream>()
        && let Ok(socket) = socket2::SockRef::from(stream).try_clone()
    {
        extensions.insert(Connection(socket));
    }
}

/// Does what falls due while nobody calls.
async fn tick(sim: Arc<Sim>) {
    let mut interval = tokio::time::interval(TICK);
    interval.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    loop {
        interval.tick().await;
        sim.with(|_| ());
    }
}

impl RunningSimulator {
    /// The address to call, without `/v2` and without a trailing slash: `http://127.0.0.1:5050`.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The address listened on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The shop's `API-KEY`.
    #[must_use]
    pub fn api_key(&self) -> &str {
        &self.settings.api_key
    }

    /// The shop's id, as in `shop_id`.
    #[must_use]
    pub fn shop_id(&self) -> &str {
        &self.settings.shop_id
    }

    /// The seed of this run; starting with it again gives the same ids.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.settings.seed
    }

    /// The signing key of the receiver given at the start, `None` without one.
    #[must_use]
    pub fn webhook_key(&self) -> Option<&str> {
        self.settings.webhooks.first().map(|webhook| webhook.key.as_str())
    }

    /// Returns when the server has ended, by [`RunningSimulator::stop`] or by itself.
    pub async fn wait(&self) {
        let mut ended = self.ended.clone();
        // An error means that the server's task is gone, which is an end as well.
        let _ = ended.wait_for(|&has_ended| has_ended).await;
    }

    /// Stops listening, gives requests under way a second, and drops webhooks not yet delivered.
    pub async fn stop(self) {
        self.server.stop(true).await;
        self.wait().await;
    }
}

impl Drop for RunningSimulator {
    fn drop(&mut self) {
        // The command is sent by the call; nobody needs to wait for its end.
        drop(self.server.stop(false));
        for task in &self.tasks[..2] {
            task.abort();
        }
    }
}
