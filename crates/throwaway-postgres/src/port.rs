//! A port for a server that goes down and comes back.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU32, Ordering};

/// Below the ports that systems give to outgoing connections. Among those, a client that calls again and again while the
/// server is down would sooner or later get the server's own port, connect to itself, and keep the server from coming back.
const FIRST: u32 = 20_000;
const MANY: u32 = 12_000;

/// How many have been given out by this process.
static GIVEN: AtomicU32 = AtomicU32::new(0);

/// A port that nobody listens on, and that this process has not given out before.
pub(crate) fn free_port() -> Result<u16, String> {
    // Processes that run beside each other begin at different places.
    let start = std::process::id().wrapping_mul(97) % MANY;
    for _ in 0..MANY {
        let step = GIVEN.fetch_add(1, Ordering::Relaxed);
        let port = u16::try_from(FIRST + (start + step) % MANY).map_err(|error| error.to_string())?;
        if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok() {
            return Ok(port);
        }
    }
    Err("no port is free".to_owned())
}
