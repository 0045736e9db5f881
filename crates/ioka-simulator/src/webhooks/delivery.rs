//! The delivery worker.
//!
//! A receiver has 10 s to answer; only HTTP 200 counts; a failed delivery is repeated after 5 s, 10 times at most, then
//! dropped for good. \[DOC\] First tries about one order keep their order; repeats do not. \[GUESS\]

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use reqwest::{Client, StatusCode};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;

use crate::sim::Sim;
use crate::world::{DeliveryState, Dispatch, Try};

/// Repeats after the first try. \[DOC\]
const REPEATS: usize = 10;

/// A webhook that waits for the next one goes out after this time if none comes.
const LONGEST_HOLD: Duration = Duration::from_secs(2);

/// Lanes are looked through for finished ones when there are this many.
const MANY_LANES: usize = 1_024;

/// Delivers what comes through `queue` until it is closed.
pub(crate) async fn deliver_all(sim: Arc<Sim>, client: Client, mut queue: mpsc::UnboundedReceiver<Dispatch>) {
    let mut worker = Worker { sim, client, lanes: HashMap::new(), running: JoinSet::new() };
    let mut held_back: Option<Dispatch> = None;
    loop {
        let next = match &held_back {
            None => queue.recv().await,
            // Whatever comes within the time overtakes; after it, or at the end, the held one goes.
            Some(_) => tokio::time::timeout(LONGEST_HOLD, queue.recv()).await.ok().flatten(),
        };
        match (next, held_back.take()) {
            (Some(next), None) if next.is_held_back => held_back = Some(next),
            (Some(next), held) => {
                worker.start(next);
                held.into_iter().for_each(|held| worker.start(held));
            }
            (None, Some(held)) => worker.start(held),
            (None, None) => return,
        }
    }
}

struct Worker {
    sim: Arc<Sim>,
    client: Client,
    /// The end of the last first try of each lane.
    lanes: HashMap<String, oneshot::Receiver<()>>,
    /// Deliveries under way; they end with the worker.
    running: JoinSet<()>,
}

impl Worker {
    fn start(&mut self, dispatch: Dispatch) {
        while self.running.try_join_next().is_some() {}
        if self.lanes.len() > MANY_LANES {
            self.lanes.retain(|_, tried| matches!(tried.try_recv(), Err(oneshot::error::TryRecvError::Empty)));
        }
        let (tried, after_me) = oneshot::channel();
        // A late webhook does not hold up the ones behind it.
        let before_me = match dispatch.not_before {
            None => self.lanes.insert(dispatch.lane.clone(), after_me),
            Some(_) => None,
        };
        let (sim, client) = (Arc::clone(&self.sim), self.client.clone());
        self.running.spawn(async move {
            if let Some(before_me) = before_me {
                // An error means that the one before is gone, which is just as well.
                let _ = before_me.await;
            }
            deliver(&sim, &client, &dispatch, tried).await;
        });
    }
}

async fn deliver(sim: &Sim, client: &Client, dispatch: &Dispatch, tried: oneshot::Sender<()>) {
    if let Some(not_before) = dispatch.not_before {
        sim.clock.wait_until(not_before).await;
    }
    let mut tried = Some(tried);
    for repeat in 0..=REPEATS {
        if repeat > 0 {
            tokio::time::sleep(sim.settings.webhook_retry_pause).await;
        }
        let outcome = try_once(sim, client, dispatch).await;
        let is_done = outcome == Ok(StatusCode::OK);
        let state = match (is_done, repeat) {
            (true, _) => DeliveryState::Delivered,
            (false, REPEATS) => DeliveryState::GivenUp,
            (false, _) => DeliveryState::Waiting,
        };
        note(sim, dispatch.number, outcome, state);
        drop(tried.take());
        if is_done {
            return;
        }
    }
}

async fn try_once(sim: &Sim, client: &Client, dispatch: &Dispatch) -> Result<StatusCode, String> {
    let request = client
        .post(&dispatch.url)
        .header("Content-Type", "application/json")
        .header(dispatch.header, &dispatch.signature)
        .timeout(sim.settings.webhook_timeout)
        .body(dispatch.body.clone());
    match request.send().await {
        Ok(answer) => Ok(answer.status()),
        Err(error) if error.is_timeout() => Err("no answer in time".to_owned()),
        Err(error) if error.is_connect() => Err("no connection".to_owned()),
        Err(error) => Err(error.without_url().to_string()),
    }
}

fn note(sim: &Sim, number: u64, outcome: Result<StatusCode, String>, state: DeliveryState) {
    let at = sim.clock.now();
    sim.with(|world| {
        let Some(record) = world.deliveries.get_mut(number) else {
            return;
        };
        let (status, error) = match outcome {
            Ok(status) => (Some(status.as_u16()), None),
            Err(error) => (None, Some(error)),
        };
        record.tries.push(Try { at, status, error });
        record.state = state;
    });
}
