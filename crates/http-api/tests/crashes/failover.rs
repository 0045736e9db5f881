//! A primary with a synchronous replica: the primary is killed, the replica takes its place, the server finds it.

use crate::agreement;
use crate::killed_databases::{blocking, durable_cluster, store};
use crate::load::Load;
use crate::operator;
use crate::site::Site;

const GOING_ON: usize = 30;

#[tokio::test]
async fn a_failover_to_the_synchronous_replica_loses_and_doubles_nothing() {
    let primary = durable_cluster().await;
    let (mut primary, replica) = blocking(move || primary.replica().map(|replica| (primary, replica))).await;
    let hosts = format!("{},{}", primary.address(), replica.address());
    let url = format!("postgres://postgres@{hosts}/postgres?target_session_attrs=read-write");
    let site = Site::prepare(&url).await;
    let mut dice = site.dice(0);
    let _server = site.serve().await;
    let store = store(&url).await;
    let operator = operator::hire(&site, &store).await;
    let mut load = Load::begin(&site);
    load.add_operators(&site, &operator);
    site.donations_later(GOING_ON).await;
    site.moment(&mut dice).await;
    let _primary = blocking(move || primary.kill().map(|()| primary)).await;
    site.calls_later(4).await;
    let _replica = blocking(move || replica.promote().map(|()| replica)).await;
    site.donations_later(GOING_ON).await;
    load.stop().await;
    agreement::comes_about(&site, &store).await;
}
