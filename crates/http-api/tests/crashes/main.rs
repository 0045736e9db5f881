//! Servers and databases killed under load. Donors give, pay, are declined, turn back and pay in two tabs, at Ioka's twin;
//! meanwhile something is killed again and again. Then the load stops, nobody lifts a finger, and everything that donors
//! were told, everything in the twin's books and everything in ours must come to agree.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test reports by panicking, and says what its load was"
)]

mod agreement;
mod books;
mod call;
mod certificates;
mod donor;
mod failover;
mod killed_databases;
mod killed_servers;
mod load;
mod operator;
mod outbox;
#[expect(dead_code, reason = "the donors of this load call for themselves")]
#[path = "../processes/server.rs"]
mod server;
mod site;
mod told;
mod way_in;
