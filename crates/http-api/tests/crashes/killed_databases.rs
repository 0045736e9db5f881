//! `kill -9` of PostgreSQL, the server goes on.

use diesel_store::{Store, StoreOptions};
use throwaway_postgres::{Cluster, Durability};

use crate::agreement;
use crate::load::Load;
use crate::operator;
use crate::server::PATIENCE;
use crate::site::Site;

const KILLS: u32 = 8;

/// So many donations after each kill, before the next: the server serves again.
const GOING_ON: usize = 15;

/// A cluster whose commits wait for the disk.
pub async fn durable_cluster() -> Cluster {
    blocking(|| Cluster::start(Durability::Disk)).await
}

/// What a cluster does takes a while; the donors go on meanwhile.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, String> + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap().unwrap()
}

/// The database, to look into.
pub async fn store(url: &str) -> Store {
    Store::open(&StoreOptions { url: url.into(), pool_size: 2, wait: PATIENCE }).await.unwrap()
}

#[tokio::test]
async fn a_database_killed_and_restarted_loses_and_doubles_nothing() {
    let mut cluster = durable_cluster().await;
    let site = Site::prepare(&cluster.url()).await;
    let mut dice = site.dice(0);
    let _server = site.serve().await;
    let store = store(&cluster.url()).await;
    let operator = operator::hire(&site, &store).await;
    let mut load = Load::begin(&site);
    load.add_operators(&site, &operator);
    site.donations_later(GOING_ON).await;
    for _ in 0..KILLS {
        site.moment(&mut dice).await;
        cluster = blocking(move || cluster.kill().map(|()| cluster)).await;
        // Somebody has to meet the dead one.
        site.calls_later(4).await;
        cluster = blocking(move || cluster.start_again().map(|()| cluster)).await;
        site.donations_later(GOING_ON).await;
    }
    load.stop().await;
    agreement::comes_about(&site, &store).await;
}
