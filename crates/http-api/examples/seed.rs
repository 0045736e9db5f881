//! Fills a database with a made-up charity: `cargo xtask seed`. The server is built without it.

use std::fmt::Display;
use std::io::{IsTerminal as _, stderr};
use std::process::ExitCode;

use charity_seed::{ADMIN, DONOR, FillError, Filled, Passwords, Plan, VIEWER, fill};
use clap::Parser;
use domain::Instant;
use domain::ports::{Clock as _, PasswordHasher as _};
use http_api::app::open_store;
use http_api::config::{AppEnv, ServerConfig, Sources, load};
use http_api::security::{Argon2Passwords, SystemClock};
use secrecy::{ExposeSecret as _, SecretString};

/// A made-up charity with thirteen months of donations.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask seed")]
struct Arguments {
    /// How many donations.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..=2_000_000))]
    donations: u32,
    /// The database, in place of the one that the settings name (`cargo run` uses the same one).
    #[arg(long)]
    database_url: Option<String>,
    /// What everything is made from: the same seed and the same end make the same charity.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The moment up to which everything happens, such as 2026-11-24T10:00:00Z; now, if nothing is said.
    #[arg(long)]
    until: Option<Instant>,
}

/// What those who are made up sign in with.
const PASSWORDS: [(&str, &str); 3] =
    [(ADMIN, "made-up-admin-password"), (VIEWER, "made-up-viewer-password"), (DONOR, "made-up-donor-password")];

#[actix_web::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(format_args!("cargo xtask seed: {message}"));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let config = settings(&arguments)?;
    let shown = shown(&config);
    let store = open_store(&config).await.map_err(|error| format!("DATABASE_URL: {error}"))?;
    store.migrate().await.map_err(|error| format!("the database could not be migrated: {error}"))?;
    let mut hashes = Vec::new();
    for (_, password) in PASSWORDS {
        hashes.push(Argon2Passwords.hash(password).await.map_err(|error| error.to_string())?);
    }
    let [admin, viewer, donors] = hashes.try_into().map_err(|_| "three passwords make three hashes".to_owned())?;
    let plan = Plan {
        donations: arguments.donations,
        seed: arguments.seed,
        now: arguments.until.unwrap_or_else(|| SystemClock.now()),
        passwords: Passwords { admin, viewer, donors },
    };
    let filled =
        fill(&store, &plan, |done| progress(done, arguments.donations)).await.map_err(|error| match error {
            FillError::NotEmpty => format!(
                "{shown} has donations or operators in it, and is left as it is. Name another one with --database-url \
             (sqlite://data/seeded.db, for example), or take that one away first"
            ),
            FillError::Store(error) => format!("{error}. What was written so far is still in {shown}"),
            FillError::Unexpected(what) => what.to_owned(),
        })?;
    report(&filled, &shown);
    Ok(())
}

/// The server's own settings, which are refused if they are those of production: nobody's books may get made-up donations.
fn settings(arguments: &Arguments) -> Result<ServerConfig, String> {
    let sources = Sources::of_process()?;
    let mut config = load(&sources).map_err(|errors| errors.to_string())?;
    if config.app_env == AppEnv::Production {
        return Err("APP_ENV is production: no donations are made up there".to_owned());
    }
    if let Some(url) = &arguments.database_url {
        config.database_url = SecretString::from(url.clone());
    }
    Ok(config)
}

/// The database's address, without what may be a password.
fn shown(config: &ServerConfig) -> String {
    let url = config.database_url.expose_secret();
    if url.starts_with("sqlite://") { url.to_owned() } else { "the PostgreSQL database".to_owned() }
}

fn progress(done: u32, all: u32) {
    if stderr().is_terminal() && (done.is_multiple_of(5_000) || done == all) {
        say(format_args!("{done} of {all} donations"));
    }
}

fn report(filled: &Filled, database: &str) {
    let Filled { donations, accounts, deliveries, certificates, days, audit } = filled;
    say(format_args!(
        "✓ {database}: {donations} donations, {accounts} accounts, {deliveries} webhooks, {certificates} certificates, \
         {days} days compared, {audit} entries of the record"
    ));
    for (email, password) in PASSWORDS {
        say(format_args!("  {email}  {password}"));
    }
}

#[expect(clippy::print_stderr, reason = "what a person at the command line reads")]
fn say(line: impl Display) {
    eprintln!("{line}");
}
