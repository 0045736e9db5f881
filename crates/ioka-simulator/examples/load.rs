//! How many requests a second the simulator answers with 0, 10,000 and 100,000 orders stored.
//!
//! `cargo run --release -p ioka-simulator --example load`
//!
//! It starts a simulator in this process, talks to it over loopback only, and ends by itself: each measurement lasts
//! one second or a fixed number of requests, whichever comes first. Requests a second are those of the best of three
//! rounds and depend on what else the machine does; the processor time a request costs (client included, Linux only)
//! hardly does, so its ratios to the first row say whether it stays flat.

#![expect(clippy::print_stdout, reason = "a script that prints a table")]

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ioka_simulator::{Options, Simulator};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Connections that call at the same time.
const CONNECTIONS: usize = 32;
/// The most orders made in one measurement, few enough that the rows of the table stay apart.
const MOST_MADE: usize = 3_000;
/// The most requests of a measurement that only reads.
const MOST_READ: usize = 20_000;
/// Measurements of each kind.
const ROUNDS: usize = 3;
/// The longest time of one measurement.
const LONGEST: Duration = Duration::from_secs(1);

#[derive(Clone)]
struct Target {
    address: std::net::SocketAddr,
    api_key: String,
}

impl Target {
    fn create(&self, number: usize) -> String {
        let body = format!("{{\"amount\":500000,\"external_id\":\"don-{number}\",\"description\":\"load\"}}");
        self.request("POST /v2/orders", &body)
    }

    fn request(&self, line: &str, body: &str) -> String {
        format!(
            "{line} HTTP/1.1\r\nHost: {}\r\nAPI-KEY: {}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            self.address,
            self.api_key,
            body.len()
        )
    }
}

/// Sends requests over kept-alive connections until `most` are answered or `longest` has passed; returns how many
/// were answered in which time.
async fn drive<F>(target: &Target, most: usize, longest: Duration, request: F) -> Result<(usize, Duration), Failure>
where
    F: Fn(usize) -> String + Send + Sync + 'static,
{
    let (request, next) = (Arc::new(request), Arc::new(AtomicUsize::new(0)));
    let start = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..CONNECTIONS {
        let (request, next, address) = (Arc::clone(&request), Arc::clone(&next), target.address);
        tasks.spawn(async move {
            let mut stream = TcpStream::connect(address).await?;
            stream.set_nodelay(true)?;
            let mut done = 0;
            while start.elapsed() < longest {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= most {
                    break;
                }
                call(&mut stream, &request(number)).await?;
                done += 1;
            }
            Ok::<usize, Failure>(done)
        });
    }
    let mut done = 0;
    while let Some(finished) = tasks.join_next().await {
        done += finished??;
    }
    Ok((done, start.elapsed()))
}

/// One request and its whole answer, which must be a success.
async fn call(stream: &mut TcpStream, request: &str) -> Result<(), Failure> {
    stream.write_all(request.as_bytes()).await?;
    let mut answer = Vec::with_capacity(16 * 1024);
    loop {
        if stream.read_buf(&mut answer).await? == 0 {
            return Err("the connection was closed".into());
        }
        let Some(end) = answer.windows(4).position(|window| window == b"\r\n\r\n") else {
            continue;
        };
        let head = std::str::from_utf8(&answer[..end])?;
        if !head.starts_with("HTTP/1.1 20") {
            return Err(head.to_owned().into());
        }
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).ok_or("no length")?;
        if answer.len() >= end + 4 + length.parse::<usize>()? {
            return Ok(());
        }
    }
}

/// Requests a second.
fn rate((done, time): (usize, Duration)) -> u128 {
    done as u128 * 1_000_000 / time.as_micros().max(1)
}

/// What one kind of request came to.
#[derive(Clone, Copy, Default)]
struct Measured {
    best_rate: u128,
    requests: usize,
    cpu_ms: u64,
}

impl Measured {
    fn add(&mut self, done: (usize, Duration), cpu_ms: u64) {
        self.best_rate = self.best_rate.max(rate(done));
        self.requests += done.0;
        self.cpu_ms += cpu_ms;
    }

    /// Processor time of one request, in nanoseconds.
    fn cost(self) -> u64 {
        self.cpu_ms * 1_000_000 / self.requests.max(1) as u64
    }
}

/// Processor time of this process so far, in milliseconds; 0 where `/proc` does not tell it.
fn cpu_ms() -> u64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in parentheses; user and system time are fields 14 and 15, in hundredths of a second.
    let after_name = stat.rsplit(") ").next().unwrap_or_default();
    after_name.split(' ').skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum::<u64>() * 10
}

/// Creates, reads by `external_id` and lists by status.
async fn measure(target: &Target, made: &mut usize) -> Result<[Measured; 3], Failure> {
    let mut measured = [Measured::default(); 3];
    for _ in 0..ROUNDS {
        let (creator, offset) = (target.clone(), *made);
        let by_id = target.request(&format!("GET /v2/orders?external_id=don-{offset}"), "");
        let by_status = target.request("GET /v2/orders?order_status=UNPAID&limit=10", "");
        let start = cpu_ms();
        let create = drive(target, MOST_MADE, LONGEST, move |number| creator.create(offset + number)).await?;
        let created = cpu_ms();
        let read = drive(target, MOST_READ, LONGEST, move |_| by_id.clone()).await?;
        let been_read = cpu_ms();
        let list = drive(target, MOST_READ, LONGEST, move |_| by_status.clone()).await?;
        measured[0].add(create, created - start);
        measured[1].add(read, been_read - created);
        measured[2].add(list, cpu_ms() - been_read);
        *made += create.0;
    }
    Ok(measured)
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let data = std::env::args().nth(1).map(std::path::PathBuf::from);
    let ioka = Simulator::start(Options { data, ..Options::default() }).await?;
    let target = Target { address: ioka.address(), api_key: ioka.api_key().to_owned() };
    let mut made = 0;
    let mut first = None;
    println!(
        "| orders stored | create /s | by external_id /s | list by status /s | CPU per request, against the first row |"
    );
    println!("|--:|--:|--:|--:|---|");
    for stored in [0, 10_000, 100_000] {
        let filler = target.clone();
        let (offset, missing) = (made, stored.max(made) - made);
        drive(&target, missing, Duration::from_secs(120), move |number| filler.create(offset + number)).await?;
        made += missing;
        let now = measure(&target, &mut made).await?;
        let base = *first.get_or_insert(now);
        let cost = |kind: usize| {
            let cost = now[kind].cost();
            format!("{} µs ({} %)", cost / 1_000, cost * 100 / base[kind].cost().max(1))
        };
        println!(
            "| {stored} | {} | {} | {} | {}, {}, {} |",
            now[0].best_rate,
            now[1].best_rate,
            now[2].best_rate,
            cost(0),
            cost(1),
            cost(2)
        );
    }
    ioka.stop().await;
    Ok(())
}
