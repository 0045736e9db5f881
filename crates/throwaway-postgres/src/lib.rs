//! A throw-away PostgreSQL: its own folder, its own port, gone when it is dropped, also when a test panics.
//!
//! It uses the programs that a Debian package brings to `/usr/lib/postgresql`, and needs no right but to run them. As root,
//! whom PostgreSQL refuses to serve, it runs as Debian's user `postgres`. Everything here blocks: in async code call it
//! where that is allowed.

mod cluster;
mod port;
mod process;
mod programs;
mod replica;

pub use cluster::{Cluster, Durability};
