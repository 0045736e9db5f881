//! `cargo xtask`: set-up, tests and lints, the same on a developer's machine and in CI.

mod bench;
mod lint;
mod packages;
mod schemathesis;
mod seed;
mod shell;
mod simulate;
mod test;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Set-up, tests and lints.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Install what the tests need, start a throw-away PostgreSQL, and run every test.
    Test {
        /// Handed on to `cargo test`, for example `-p diesel-store`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Formatting, clippy, documentation, licences and layers.
    Lint,
    /// Play random histories of payments with faults, and compare what we believe with the gateway's own books.
    Simulate {
        /// Handed on to the simulator, for example `--histories 1000000` or `--seed 7`.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Make up requests from the OpenAPI document against the server on both databases, as `test` does, but with another seed.
    Schemathesis {
        /// What the requests are made up from; the test says which it was.
        #[arg(long)]
        seed: Option<u64>,
        /// How many requests are made up for each operation.
        #[arg(long)]
        examples: Option<u32>,
    },
    /// Fill a database with a made-up charity: donations of thirteen months, donors, campaigns, and an administrator.
    Seed {
        /// Handed on, for example `--donations 100000`; `--help` says what there is.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Measure how long things take, and fail if it is too long.
    Bench {
        #[command(subcommand)]
        what: bench::Bench,
    },
    /// Start a throw-away PostgreSQL, run a command with `TEST_POSTGRES_URL` set, and stop it again.
    WithPostgres {
        /// The command and its arguments.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

#[expect(clippy::print_stderr, reason = "what a person at the command line reads")]
fn main() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Test { arguments } => test::test(&arguments),
        Command::Lint => lint::lint(),
        Command::Simulate { arguments } => simulate::simulate(&arguments),
        Command::Schemathesis { seed, examples } => schemathesis::schemathesis(seed, examples),
        Command::Seed { arguments } => seed::seed(&arguments),
        Command::Bench { what } => bench::bench(&what),
        Command::WithPostgres { command } => test::with_postgres(&command),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("cargo xtask: {message}");
            ExitCode::FAILURE
        }
    }
}
