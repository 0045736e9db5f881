//! How long each list of the administration takes at a size: `cargo xtask bench lists`. A server of its own is started on each
//! database, filled with a made-up charity, and asked over HTTP, one question after the other.

mod database;
mod questions;
mod server;
mod table;

use std::process::ExitCode;

use clap::Parser;

use crate::database::Databases;
use crate::questions::questions;
use crate::server::Server;
use crate::table::Row;

/// A question may take so long, in microseconds, at the 99th percentile.
const MOST_MICROS: u128 = 50_000;

/// Measures every list of the administration over HTTP.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask bench lists")]
struct Arguments {
    /// How many donations the charity has.
    #[arg(long, default_value_t = 100_000)]
    donations: u32,
    /// How often each question is asked.
    #[arg(long, default_value_t = 300)]
    times: u32,
    /// Only the questions whose name has this in it.
    #[arg(long, default_value = "")]
    only: String,
}

#[actix_web::main]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(slow) => {
            say(&format!("{slow} of the lists took longer than 50 ms at the 99th percentile"));
            ExitCode::FAILURE
        }
        Err(message) => {
            say(&message);
            ExitCode::FAILURE
        }
    }
}

/// The number of lists that were too slow.
async fn run(arguments: &Arguments) -> Result<usize, String> {
    let databases = Databases::start()?;
    let mut slow = 0;
    for (name, url) in databases.urls() {
        say(&format!("{name}: {} donations are made up", arguments.donations));
        database::fill_up(&url, arguments.donations).await?;
        let server = Server::start(&url).await?;
        let asked = questions(&server).await?;
        table::head(name, arguments.donations);
        for question in asked.iter().filter(|question| question.name.contains(&arguments.only)) {
            let row = Row::of(question.name.clone(), server.measure(&question.path, arguments.times).await?);
            slow += usize::from(row.is_slower_than(MOST_MICROS));
            table::line(&row);
        }
        server.stop().await;
    }
    Ok(slow)
}

#[expect(clippy::print_stderr, reason = "what a person at the command line reads")]
fn say(line: &str) {
    eprintln!("{line}");
}
