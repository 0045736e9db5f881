//! What stands around the servers: Ioka's twin, the one address that leads in, and the beat of the load.

use std::sync::Arc;
use std::time::Duration;

use ioka_simulator::{Options, RunningSimulator, Simulator, WebhookTarget};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::sync::watch;

use crate::server::{PATIENCE, ServerProcess};
use crate::told::Told;
use crate::way_in::WayIn;

const WEBHOOK_KEY: &str = "0123456789abcdef0123456789abcdef";

pub struct Site {
    pub twin: RunningSimulator,
    pub way_in: WayIn,
    pub told: Told,
    pub seed: u64,
    database_url: String,
    /// How many calls the donors have begun.
    calls: watch::Sender<u64>,
}

impl Site {
    /// No server yet.
    pub async fn prepare(database_url: &str) -> Arc<Self> {
        let seed = seed();
        println!("to do it again, as far as processes can be made to: CRASH_SEED={seed}");
        let way_in = WayIn::open().await;
        let webhook =
            WebhookTarget { url: format!("{}/api/webhooks/ioka", way_in.url()), key: Some(WEBHOOK_KEY.to_owned()) };
        // Ioka repeats ten times, every five seconds. What is down for longer is another test's matter.
        let options = Options {
            workers: 1,
            webhook: Some(webhook),
            webhook_retry_pause: Duration::from_secs(2),
            seed: Some(seed),
            ..Options::default()
        };
        let twin = Simulator::start(options).await.unwrap();
        let (calls, _) = watch::channel(0);
        Arc::new(Self { twin, way_in, told: Told::default(), seed, database_url: database_url.to_owned(), calls })
    }

    /// Starts a server, which the way in leads to from then on.
    pub async fn serve(&self) -> ServerProcess {
        let settings = [
            ("DATABASE_URL", self.database_url.as_str()),
            ("IOKA_ENABLED", "true"),
            ("IOKA_API_KEY", self.twin.api_key()),
            ("IOKA_WEBHOOK_SECRET", WEBHOOK_KEY),
            ("IOKA_BASE_URL", self.twin.base_url()),
            ("GATEWAY_TIMEOUT_MS", "2000"),
            ("RECONCILE_FIRST_AFTER_SECONDS", "1"),
            ("RECONCILE_EVERY_SECONDS", "1"),
        ];
        let server = ServerProcess::start(&settings, &["serve", "--migrate"]).await;
        self.way_in.lead_to(&server.url);
        server
    }

    /// A server that is killed before anybody could call it, or hardly later.
    pub async fn serve_for_a_moment(&self, dice: &mut StdRng) {
        let moment = Duration::from_micros(dice.random_range(0..100_000));
        // One that has not come up by then is killed by being dropped.
        if let Ok(mut server) = tokio::time::timeout(moment, self.serve()).await {
            self.kill(&mut server).await;
        }
    }

    /// `kill -9`.
    pub async fn kill(&self, server: &mut ServerProcess) {
        server.kill().await;
        self.way_in.forget(&server.url);
    }

    /// Randomness of its own for each part of the test.
    pub fn dice(&self, part: u64) -> StdRng {
        StdRng::seed_from_u64(self.seed.wrapping_add(part))
    }

    /// A donor begins a call.
    pub fn count_call(&self) {
        self.calls.send_modify(|calls| *calls += 1);
    }

    /// A moment that nothing leads up to: some calls later, and somewhere in the middle of what they set off.
    pub async fn moment(&self, dice: &mut StdRng) {
        self.calls_later(dice.random_range(1..40)).await;
        pause(Duration::from_micros(dice.random_range(0..30_000))).await;
    }

    /// Returns when the donors have begun so many calls more.
    pub async fn calls_later(&self, count: u64) {
        let mut calls = self.calls.subscribe();
        let wanted = *calls.borrow() + count;
        let seen = tokio::time::timeout(PATIENCE, calls.wait_for(|calls| *calls >= wanted)).await;
        assert!(seen.is_ok(), "the donors' calls hang, with CRASH_SEED={}", self.seed);
    }

    /// Returns when donors have been told of so many donations more: it serves again.
    pub async fn donations_later(&self, count: usize) {
        let wanted = self.told.donations() + count;
        let seen = async {
            while self.told.donations() < wanted {
                pause(Duration::from_millis(20)).await;
            }
        };
        let seen = tokio::time::timeout(PATIENCE, seen).await;
        assert!(seen.is_ok(), "no donations are taken any longer, with CRASH_SEED={}", self.seed);
    }
}

/// Lets a time pass in which others work: a donor waits before trying again, a killer for the middle of something.
pub async fn pause(time: Duration) {
    let _ = tokio::time::timeout(time, std::future::pending::<()>()).await;
}

#[expect(clippy::disallowed_methods, reason = "which seed to take is no setting of the product")]
fn seed() -> u64 {
    std::env::var("CRASH_SEED").ok().map_or_else(rand::random, |seed| seed.parse().unwrap())
}
