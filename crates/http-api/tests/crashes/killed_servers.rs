//! `kill -9` of servers, the database goes on.

use diesel_store::testing::TestDatabase;

use crate::agreement;
use crate::load::Load;
use crate::operator;
use crate::site::Site;

const KILLS: u32 = 100;

/// With two servers each kill is awaited by the other's going on alone for a while, so that fewer take as long.
const KILLS_OF_TWO: u32 = 30;

async fn a_server_killed_a_hundred_times_loses_and_doubles_nothing(database: TestDatabase) {
    let site = Site::prepare(database.url()).await;
    let mut dice = site.dice(0);
    let mut server = site.serve().await;
    let operator = operator::hire(&site, database.store()).await;
    let mut load = Load::begin(&site);
    for kill in 1..=KILLS {
        // A refund that nobody answered for is asked for again after a minute, by one server for ten. So that few are when
        // servers are still being killed, they begin late.
        if kill == KILLS * 3 / 5 {
            load.add_operators(&site, &operator);
        }
        site.moment(&mut dice).await;
        site.kill(&mut server).await;
        if kill % 5 == 0 {
            site.serve_for_a_moment(&mut dice).await;
        }
        server = site.serve().await;
        if kill % 20 == 0 {
            agreement::none(&site, agreement::one_payable_order_each(&site).await);
        }
    }
    load.stop().await;
    agreement::comes_about(&site, database.store()).await;
}

#[tokio::test]
async fn a_server_killed_a_hundred_times_loses_and_doubles_nothing_on_sqlite() {
    a_server_killed_a_hundred_times_loses_and_doubles_nothing(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn a_server_killed_a_hundred_times_loses_and_doubles_nothing_on_postgres() {
    a_server_killed_a_hundred_times_loses_and_doubles_nothing(TestDatabase::postgres().await).await;
}

async fn two_servers_killed_in_turn_lose_and_double_nothing(database: TestDatabase) {
    let site = Site::prepare(database.url()).await;
    let mut dice = site.dice(0);
    let mut servers = std::collections::VecDeque::from([site.serve().await, site.serve().await]);
    let operator = operator::hire(&site, database.store()).await;
    let mut load = Load::begin(&site);
    load.add_operators(&site, &operator);
    for _ in 0..KILLS_OF_TWO {
        site.moment(&mut dice).await;
        let mut server = servers.pop_front().unwrap();
        site.kill(&mut server).await;
        site.moment(&mut dice).await;
        servers.push_back(site.serve().await);
    }
    load.stop().await;
    agreement::comes_about(&site, database.store()).await;
}

#[tokio::test]
async fn two_servers_killed_in_turn_lose_and_double_nothing_on_sqlite() {
    two_servers_killed_in_turn_lose_and_double_nothing(TestDatabase::sqlite().await).await;
}

#[tokio::test]
async fn two_servers_killed_in_turn_lose_and_double_nothing_on_postgres() {
    two_servers_killed_in_turn_lose_and_double_nothing(TestDatabase::postgres().await).await;
}
