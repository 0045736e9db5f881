//! Connections, and the one place where queries leave the async threads.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use diesel::r2d2::{
    self, ConnectionManager, CustomizeConnection, ManageConnection as _, NopErrorHandler, R2D2Connection,
};
use domain::ports::{ConnectionUse, StoreError};
use tokio::sync::Semaphore;
use tokio::task;

use crate::error::QueryError;

/// Where and how to connect. No `Debug`: a PostgreSQL address holds a password.
pub(crate) struct PoolOptions {
    /// What Diesel connects to.
    pub(crate) address: String,
    /// How many connections at most.
    pub(crate) size: u32,
    /// How long a caller waits for one.
    pub(crate) wait: Duration,
    /// Statements that each new connection begins with.
    pub(crate) greeting: String,
}

/// Connections to one database.
pub(crate) struct Pool<C: R2D2Connection + Send + 'static> {
    connections: r2d2::Pool<ConnectionManager<C>>,
    alone: Arc<(ConnectionManager<C>, Greeting)>,
    /// One a connection. Callers wait here, first come, first served, and not on a blocking thread each: those are
    /// shared with the password hashes, and a burst of requests must not use them up.
    turns: Arc<Semaphore>,
    waiting: Arc<AtomicU32>,
    size: u32,
    wait: Duration,
}

/// Counts a caller for as long as it waits, also when it goes away.
struct InLine(Arc<AtomicU32>);

impl InLine {
    fn join(waiting: &Arc<AtomicU32>) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(Arc::clone(waiting))
    }
}

impl Drop for InLine {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl<C: R2D2Connection + Send + 'static> Pool<C> {
    /// A pool that connects when it is first asked to, and again whenever a connection turns out to be dead: each is
    /// tried out before it is lent.
    pub(crate) fn new(options: PoolOptions) -> Self {
        let size = options.size.max(1);
        let wait = options.wait.max(Duration::from_millis(1));
        let greeting = Greeting(options.greeting);
        let connections = r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(wait)
            .test_on_check_out(true)
            // What went wrong comes back from `get()`, to be logged once.
            .error_handler(Box::new(NopErrorHandler))
            .connection_customizer(Box::new(greeting.clone()))
            .build_unchecked(ConnectionManager::new(options.address.clone()));
        Self {
            connections,
            alone: Arc::new((ConnectionManager::new(options.address), greeting)),
            turns: Arc::new(Semaphore::new(size as usize)),
            waiting: Arc::default(),
            size,
            wait,
        }
    }

    /// How busy it is, under this name.
    pub(crate) fn usage(&self, pool: &'static str) -> ConnectionUse {
        let free = u32::try_from(self.turns.available_permits()).unwrap_or(u32::MAX);
        ConnectionUse {
            pool,
            size: self.size,
            in_use: self.size.saturating_sub(free),
            idle: self.connections.state().idle_connections,
            waiting: self.waiting.load(Ordering::Relaxed),
        }
    }

    /// Runs `work` on a pooled connection. Once begun it is carried through, even if nobody waits for it any longer.
    pub(crate) async fn run<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut C) -> Result<T, QueryError> + Send + 'static,
    {
        let in_line = InLine::join(&self.waiting);
        let turn = tokio::time::timeout(self.wait, Arc::clone(&self.turns).acquire_owned())
            .await
            .map_err(|_| unavailable("no connection came free in time"))?
            .map_err(unavailable)?;
        drop(in_line);
        let connections = self.connections.clone();
        blocking(move || {
            // Declared first, so dropped last: after the connection is back in the pool.
            let _turn = turn;
            let mut connection = connections.get().map_err(unavailable)?;
            work(&mut connection).map_err(StoreError::from)
        })
        .await
    }

    /// Runs `work` on a connection of its own, made now and closed afterwards: what the session holds ends with it.
    pub(crate) async fn run_alone<T, F>(&self, work: F) -> Result<T, StoreError>
    where
        T: Send + 'static,
        F: FnOnce(&mut C) -> Result<T, QueryError> + Send + 'static,
    {
        let alone = Arc::clone(&self.alone);
        blocking(move || {
            let (manager, greeting) = &*alone;
            let mut connection = manager.connect().map_err(unavailable)?;
            greeting.say_to(&mut connection).map_err(unavailable)?;
            work(&mut connection).map_err(StoreError::from)
        })
        .await
    }
}

#[derive(Debug, Clone)]
struct Greeting(String);

impl Greeting {
    fn say_to<C: R2D2Connection>(&self, connection: &mut C) -> diesel::QueryResult<()> {
        connection.batch_execute(&self.0)
    }
}

impl<C: R2D2Connection + Send + 'static> CustomizeConnection<C, r2d2::Error> for Greeting {
    fn on_acquire(&self, connection: &mut C) -> Result<(), r2d2::Error> {
        self.say_to(connection).map_err(r2d2::Error::QueryError)
    }
}

/// Runs `work` where it may block.
pub(crate) async fn blocking<T, F>(work: F) -> Result<T, StoreError>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, StoreError> + Send + 'static,
{
    match task::spawn_blocking(work).await {
        Ok(result) => result,
        Err(error) if error.is_panic() => Err(StoreError::Failed("a query panicked".to_owned())),
        Err(_) => Err(unavailable("the server is shutting down")),
    }
}

fn unavailable(reason: impl ToString) -> StoreError {
    StoreError::Unavailable(reason.to_string())
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use diesel::SqliteConnection;

    use super::*;

    fn pool(address: &str) -> Pool<SqliteConnection> {
        Pool::new(PoolOptions {
            address: address.to_owned(),
            size: 1,
            wait: Duration::from_secs(60),
            greeting: String::new(),
        })
    }

    #[tokio::test(start_paused = true)]
    async fn whoever_waits_too_long_for_a_connection_is_told_so() {
        let directory = tempfile::tempdir().unwrap();
        let pool = Arc::new(pool(directory.path().join("a.db").to_str().unwrap()));
        let (finish, finished) = mpsc::channel::<()>();
        let (begin, mut begun) = tokio::sync::mpsc::channel(1);
        let busy = tokio::spawn({
            let pool = Arc::clone(&pool);
            async move {
                pool.run(move |_| {
                    begin.blocking_send(()).unwrap();
                    finished.recv().unwrap();
                    Ok(())
                })
                .await
            }
        });
        begun.recv().await.unwrap();
        let usage = |in_use, idle, waiting| ConnectionUse { pool: "test", size: 1, in_use, idle, waiting };
        let waiting = pool.run(|_| Ok(()));
        let watched = async {
            assert_eq!(pool.usage("test"), usage(1, 0, 1));
            tokio::time::advance(Duration::from_secs(61)).await;
        };
        let (waited, ()) = tokio::join!(waiting, watched);
        assert!(matches!(waited, Err(StoreError::Unavailable(_))), "{waited:?}");
        assert_eq!(pool.usage("test"), usage(1, 0, 0), "whoever has given up waits no longer");

        finish.send(()).unwrap();
        assert_eq!(busy.await.unwrap(), Ok(()));
        assert_eq!(pool.run(|_| Ok(())).await, Ok(()), "the connection is free again");
        assert_eq!(pool.usage("test"), usage(0, 1, 0));
    }

    #[tokio::test]
    async fn a_query_that_panics_is_a_failure_and_leaves_the_pool_whole() {
        let directory = tempfile::tempdir().unwrap();
        let pool = pool(directory.path().join("a.db").to_str().unwrap());
        let panicked: Result<(), _> = pool.run(|_| panic!("a bug")).await;
        assert!(matches!(panicked, Err(StoreError::Failed(_))), "{panicked:?}");
        assert_eq!(pool.run(|_| Ok(())).await, Ok(()));
    }
}
