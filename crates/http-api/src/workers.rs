//! What the server does by itself, beside answering requests.

use std::time::Duration;

use application::{
    House, Nobody, Onward, Progress, compare_due_days, forget_old_payers, look_after_alerts, reconcile_open_orders,
    settle_pending_refunds, work_off_jobs,
};
use futures_util::future::BoxFuture;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;

/// How often the outbox is looked into: so long a mail waits at most before it is on its way.
const JOBS_EVERY: Duration = Duration::from_secs(2);

/// How often a server offers to look for what operators have to know; of all servers one does, and once a minute at most.
const ALERTS_EVERY: Duration = Duration::from_secs(15);

/// How often old traces of who began to pay are looked for.
const FORGET_EVERY: Duration = Duration::from_secs(3600);

/// How long the rounds that are under way may take to end. What they have taken and not begun they give back.
const GIVE_BACK_WITHIN: Duration = Duration::from_secs(20);

/// The server's workers. They stop when this is dropped.
#[derive(Debug)]
pub struct Workers {
    tasks: JoinSet<()>,
    stop: watch::Sender<bool>,
}

/// Tells a round whether to begin anything more.
type Stopping = watch::Receiver<bool>;

impl Workers {
    /// Starts them. Each begins at once, and never a second time before it is done with the first.
    pub fn start(house: House, reconcile_every: Duration) -> Self {
        let mut workers = Self::none();
        let of = |house: &House| house.clone();
        let orders = of(&house);
        workers.add("reconcile", reconcile_every, move |_| reconcile(orders.clone()));
        let refunds = of(&house);
        workers.add("refunds", reconcile_every, move |_| settle_refunds(refunds.clone()));
        let days = of(&house);
        workers.add("daily", reconcile_every, move |stopping| compare(days.clone(), stopping));
        let payers = of(&house);
        workers.add("payers", FORGET_EVERY, move |_| forget(payers.clone()));
        let alerts = of(&house);
        workers.add("alerts", ALERTS_EVERY, move |_| tell(alerts.clone()));
        workers.add("jobs", JOBS_EVERY, move |stopping| work_off(house.clone(), stopping));
        workers
    }

    /// Tells them to stop, and waits for the rounds that are under way, but not for ever. Nothing is lost by ending one in the
    /// middle: whatever it had taken on is leased, and taken on again when the lease ends.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(GIVE_BACK_WITHIN, ended).await.is_err() {
            tracing::warn!("workers.stopped_in_the_middle");
        }
        self.tasks.shutdown().await;
    }

    fn none() -> Self {
        Self { tasks: JoinSet::new(), stop: watch::Sender::new(false) }
    }

    fn add<F>(&mut self, worker: &'static str, every: Duration, round: impl Fn(Stopping) -> F + Send + 'static)
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.tasks.spawn(repeat(worker, every, self.stop.subscribe(), round));
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

async fn settle_refunds(house: House) {
    match settle_pending_refunds(&house).await {
        Ok(round) if round.asked == 0 => {}
        Ok(round) => {
            tracing::info!(asked = round.asked, settled = round.settled, failed = round.failed, "refunds.round")
        }
        Err(error) => tracing::error!(worker = "refunds", error = %error, "the store failed"),
    }
}

async fn forget(house: House) {
    match forget_old_payers(&house).await {
        Ok(0) => {}
        Ok(rows) => tracing::info!(rows, "payers.forgotten"),
        Err(error) => tracing::error!(worker = "payers", error = %error, "the store failed"),
    }
}

async fn tell(house: House) {
    match look_after_alerts(&house).await {
        Ok(round) => {
            if round.nobody_to_tell == Nobody::Yes {
                tracing::debug!("alerts.nobody_to_tell");
            }
            for told in round.told {
                let (kind, phase) = (told.kind.word(), told.phase.word());
                tracing::warn!({ alert.kind = kind, alert.phase = phase, alerts = told.alerts }, "alerts.told");
            }
        }
        Err(error) => tracing::error!(worker = "alerts", error = %error, "the store failed"),
    }
}

async fn work_off(house: House, stopping: Stopping) {
    if let Err(error) = work_off_jobs(&house, &|| *stopping.borrow()).await {
        tracing::error!(worker = "jobs", error = %error, "the store failed");
    }
}

/// How long the daily comparison waits before each question, so that it never is what the gateway is busy with.
pub(crate) const PAUSE: Duration = Duration::from_millis(500);

async fn compare(house: House, stopping: Stopping) {
    let pace = move |_: Progress| -> BoxFuture<'static, Onward> {
        let mut stopping = stopping.clone();
        Box::pin(async move {
            let stopped = async move { stopping.wait_for(|stop| *stop).await.is_ok() };
            match tokio::time::timeout(PAUSE, stopped).await {
                Ok(_) => Onward::Stop,
                Err(_) => Onward::GoOn,
            }
        })
    };
    if let Err(error) = compare_due_days(&house, &pace).await {
        tracing::error!(worker = "daily", error = %error, "the store failed");
    }
}

/// Does `round` again and again, `every` so often at most, until it is told to stop. A round that panics ends alone: the next one
/// comes.
async fn repeat<F>(worker: &'static str, every: Duration, mut stopping: Stopping, round: impl Fn(Stopping) -> F)
where
    F: Future<Output = ()> + Send + 'static,
{
    let mut times = tokio::time::interval(every);
    times.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            _ = stopping.wait_for(|stop| *stop) => return,
            _ = times.tick() => {}
        }
        // A set, because a task that nobody holds would outlive its worker.
        let mut one = JoinSet::new();
        one.spawn(round(stopping.clone()));
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
        let mut workers = Workers::none();
        workers.add("test", EVERY, move |_| {
            let (begun, done) = rounds.clone();
            async move {
                assert!(begun.fetch_add(1, Ordering::SeqCst) > 0, "the first round is a bug");
                done.add_permits(1);
            }
        });
        done.acquire_many(2).await.unwrap().forget();
        workers.stop().await;
        assert!(begun.load(Ordering::SeqCst) >= 3);
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_round_is_not_overtaken_and_ends_with_its_worker() {
        let running = Arc::new(AtomicU32::new(0));
        let (begun, held) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let rounds = (running.clone(), begun.clone(), held.clone());
        let mut workers = Workers::none();
        workers.add("test", EVERY, move |_| {
            let (running, begun, held) = rounds.clone();
            async move {
                assert_eq!(running.fetch_add(1, Ordering::SeqCst), 0, "two rounds at once");
                begun.add_permits(1);
                let _held = held.acquire().await;
                running.fetch_sub(1, Ordering::SeqCst);
            }
        });
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

    #[tokio::test(start_paused = true)]
    async fn a_round_that_is_told_to_stop_ends_by_itself() {
        let (begun, ended) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let rounds = (begun.clone(), ended.clone());
        let mut workers = Workers::none();
        workers.add("test", EVERY, move |mut stopping| {
            let (begun, ended) = rounds.clone();
            async move {
                begun.add_permits(1);
                stopping.wait_for(|stop| *stop).await.unwrap();
                ended.add_permits(1);
            }
        });
        begun.acquire().await.unwrap().forget();
        workers.stop().await;
        assert_eq!((begun.available_permits(), ended.available_permits()), (0, 1));
    }
}
