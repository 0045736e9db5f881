//! What the server does by itself, beside answering requests.

use std::time::Duration;

use application::{House, reconcile_open_orders};
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// The server's workers. They stop when this is dropped.
#[derive(Debug)]
pub struct Workers {
    tasks: JoinSet<()>,
}

impl Workers {
    /// Starts them. Each begins at once, and never a second time before it is done with the first.
    pub fn start(house: House, reconcile_every: Duration) -> Self {
        let mut tasks = JoinSet::new();
        tasks.spawn(repeat("reconcile", reconcile_every, move || reconcile(house.clone())));
        Self { tasks }
    }

    /// Stops them at once. Nothing is lost by that: whatever they had taken on is leased, and taken on again when the
    /// lease ends.
    pub async fn stop(mut self) {
        self.tasks.shutdown().await;
    }
}

async fn reconcile(house: House) {
    match reconcile_open_orders(&house).await {
        Ok(round) if round.asked == 0 => {}
        Ok(round) => {
            tracing::info!(asked = round.asked, settled = round.settled, failed = round.failed, "reconcile.round")
        }
        Err(error) => tracing::error!(worker = "reconcile", error = %error, "the store failed"),
    }
}

/// Does `round` again and again, `every` so often at most. A round that panics ends alone: the next one comes.
async fn repeat<F>(worker: &'static str, every: Duration, round: impl Fn() -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut times = tokio::time::interval(every);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        times.tick().await;
        // A set, because a task that nobody holds would outlive its worker.
        let mut one = JoinSet::new();
        one.spawn(round());
        if let Some(Err(_)) = one.join_next().await {
            tracing::error!(worker, "worker.panicked");
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use tokio::sync::Semaphore;

    use super::*;

    const EVERY: Duration = Duration::from_secs(30);

    #[tokio::test(start_paused = true)]
    async fn a_round_that_panics_is_followed_by_the_next() {
        let begun = Arc::new(AtomicU32::new(0));
        let done = Arc::new(Semaphore::new(0));
        let rounds = (begun.clone(), done.clone());
        let worker = tokio::spawn(repeat("test", EVERY, move || {
            let (begun, done) = rounds.clone();
            async move {
                assert!(begun.fetch_add(1, Ordering::SeqCst) > 0, "the first round is a bug");
                done.add_permits(1);
            }
        }));
        done.acquire_many(2).await.unwrap().forget();
        worker.abort();
        assert!(begun.load(Ordering::SeqCst) >= 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_round_is_not_overtaken_and_ends_with_its_worker() {
        let running = Arc::new(AtomicU32::new(0));
        let (begun, held) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let rounds = (running.clone(), begun.clone(), held.clone());
        let mut workers = Workers { tasks: JoinSet::new() };
        workers.tasks.spawn(repeat("test", EVERY, move || {
            let (running, begun, held) = rounds.clone();
            async move {
                assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "two rounds at once");
                begun.add_permits(1);
                let _held = held.acquire().await;
                running.fetch_sub(1, Ordering::SeqCst);
            }
        }));
        begun.acquire().await.unwrap().forget();
        tokio::time::advance(EVERY * 3).await;
        assert_eq!((begun.available_permits(), running.load(Ordering::SeqCst)), (0, 1));
        held.add_permits(1);
        begun.acquire().await.unwrap().forget();

        workers.stop().await;
        tokio::time::advance(EVERY * 3).await;
        assert_eq!(begun.available_permits(), 0);
        assert_eq!(Arc::strong_count(&held), 1, "nobody is left to hold it");
    }
}
