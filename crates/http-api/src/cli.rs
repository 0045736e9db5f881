//! The command line. Exit codes: 0 done, 1 it failed, 2 wrong usage.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use domain::reconciliation::Day;

use crate::commands;
use crate::config::{ServerConfig, Sources, load};
use crate::sandbox;

/// The donation backend: takes donations, has them paid through Ioka, and keeps the books.
#[derive(Debug, Parser)]
#[command(name = "donations", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve until SIGTERM (what happens without a command). An SQLite file is migrated by itself.
    Serve {
        /// Migrate a PostgreSQL database first.
        #[arg(long)]
        migrate: bool,
        /// Serve Ioka's twin beside the server, and take payments there: a whole checkout with test cards.
        #[arg(long)]
        sandbox: bool,
        /// The twin's port; 0 takes any free one.
        #[arg(long, default_value_t = 5050, requires = "sandbox")]
        sandbox_port: u16,
    },
    /// Bring the database's schema up to date.
    Migrate,
    /// Administrators.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Check the settings, the database and Ioka's answer to the key; changes nothing.
    Check {
        /// Also make an order of the smallest amount at the gateway, to see a checkout page.
        #[arg(long)]
        create_order: bool,
    },
    /// Compare a day's books with Ioka's, and mend what can be mended. Exit code 1 if anything still differs.
    Reconcile {
        /// The day, from midnight to midnight in Kazakhstan: 2026-11-24.
        #[arg(long, value_parser = day)]
        date: Day,
    },
}

#[derive(Debug, Subcommand)]
enum AdminCommand {
    /// Make an administrator's account. The password is read from standard input, or asked for.
    Create {
        /// The address to sign in with.
        #[arg(long)]
        email: String,
        /// The administrator's name.
        #[arg(long)]
        name: String,
    },
}

/// Runs what the command line says.
pub async fn run() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Serve { migrate: false, sandbox: false, sandbox_port: 0 });
    let config = match settings(&command) {
        Ok(config) => config,
        Err(message) => return fail(&message),
    };
    let done = match command {
        Command::Serve { migrate, sandbox, sandbox_port } => {
            let migrate = if migrate { commands::Migrate::Always } else { commands::Migrate::OwnFileOnly };
            commands::serve(&config, migrate, sandbox.then_some(sandbox_port)).await
        }
        Command::Admin { command: AdminCommand::Create { email, name } } => {
            commands::create_admin(&config, &email, &name).await
        }
        Command::Migrate => commands::migrate(&config).await,
        Command::Check { create_order } => {
            let orders = if create_order { commands::Orders::MakeOne } else { commands::Orders::MakeNone };
            commands::check(&config, orders).await
        }
        Command::Reconcile { date } => commands::reconcile(&config, date).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::parse(text).ok_or("not a date like 2026-11-24")
}

fn settings(command: &Command) -> Result<ServerConfig, String> {
    let mut sources = Sources::of_process()?;
    if matches!(command, Command::Serve { sandbox: true, .. }) {
        sources = sandbox::prepare(sources)?;
    }
    load(&sources).map_err(|errors| errors.to_string())
}

#[expect(clippy::print_stderr, reason = "what a person at the command line reads")]
fn fail(message: &str) -> ExitCode {
    eprintln!("donations: {message}");
    ExitCode::FAILURE
}

/// Whether the database belongs to this server alone, so that it may migrate it without being told.
pub(crate) fn is_own_file(config: &ServerConfig) -> bool {
    config.database_address().starts_with("sqlite://")
}
