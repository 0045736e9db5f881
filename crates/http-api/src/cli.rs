//! The command line. Exit codes: 0 done, 1 it failed, 2 wrong usage.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use domain::ports::FileFormat;
use domain::reconciliation::Day;
use domain::{CertificateKey, Language, Role};

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
    /// Certificates: check one, and see the keys that they are checked with.
    Certificate {
        #[command(subcommand)]
        command: CertificateCommand,
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
    /// Write donations into a file: semicolons between cells, or a workbook.
    Export(ExportOptions),
}

#[derive(Debug, Args)]
struct ExportOptions {
    /// `csv` or `xlsx`.
    #[arg(long, value_parser = format)]
    format: FileFormat,
    /// Only donations made at this instant or later: a day in Kazakhstan (2026-11-24) or an instant (2026-11-24T05:00:00Z).
    #[arg(long)]
    from: Option<String>,
    /// Only donations made before this day or instant; what was made that day is not in the file.
    #[arg(long)]
    to: Option<String>,
    /// Only donations in this state: completed, refunded, …
    #[arg(long)]
    status: Option<String>,
    /// Only donations for this campaign, by its slug.
    #[arg(long)]
    campaign: Option<String>,
    /// The language of the headings: kk, ru or en.
    #[arg(long, default_value = "ru", value_parser = language)]
    lang: Language,
    /// The file to write. It is there once it is whole. Without it the export goes to standard output.
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

impl ExportOptions {
    fn wish(self) -> commands::ExportWish {
        let named = [("from", self.from), ("to", self.to), ("status", self.status), ("campaign", self.campaign)];
        let given = named.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
        commands::ExportWish { format: self.format, filters: given.collect(), language: self.lang, output: self.output }
    }
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
        /// `viewer` may look at everything that an administrator sees, and change nothing.
        #[arg(long, default_value = "admin", value_parser = operator)]
        role: Role,
    },
}

#[derive(Debug, Subcommand)]
enum CertificateCommand {
    /// Check a certificate's file, or look a number up. Exit code 1 if it does not stand as it is shown.
    ///
    /// Prints each field that the certificate shows, then a line for each check: ✓ it holds, ✗ it does not, ? it cannot be
    /// known here. A file is checked to its last bit, with the database's keys or those given, and works without a
    /// database; whether a certificate was replaced or withdrawn since, only the database knows.
    Verify {
        /// A certificate as PDF, as it was downloaded; or a number such as TREE-2026-000042.
        #[arg(value_name = "FILE|NUMBER")]
        what: String,
        /// A public key to trust in place of the database's, as `donations certificate key` or GET /api/certificates/keys
        /// shows it. May be given several times.
        #[arg(long = "public-key", value_name = "KEY", value_parser = public_key)]
        public_keys: Vec<CertificateKey>,
    },
    /// Print every public key that certificates were ever signed with, the present one first.
    Key,
    /// Make a secret key for CERTIFICATE_SIGNING_KEY and print it. It is kept nowhere.
    NewKey,
}

/// Runs what the command line says.
pub async fn run() -> ExitCode {
    // Wrong usage ends here, with exit code 2.
    let cli = Cli::parse();
    let command = cli.command.unwrap_or(Command::Serve { migrate: false, sandbox: false, sandbox_port: 0 });
    if let Command::Certificate { command } = command {
        return ended(certificate(command).await);
    }
    let config = match settings(&command) {
        Ok(config) => config,
        Err(message) => return fail(&message),
    };
    ended(run_with(&config, command).await)
}

async fn run_with(config: &ServerConfig, command: Command) -> Result<(), String> {
    match command {
        Command::Serve { migrate, sandbox, sandbox_port } => {
            let migrate = if migrate { commands::Migrate::Always } else { commands::Migrate::OwnFileOnly };
            commands::serve(config, migrate, sandbox.then_some(sandbox_port)).await
        }
        Command::Admin { command: AdminCommand::Create { email, name, role } } => {
            commands::create_admin(config, (&email, &name), role).await
        }
        Command::Certificate { command } => certificate(command).await,
        Command::Migrate => commands::migrate(config).await,
        Command::Check { create_order } => {
            let orders = if create_order { commands::Orders::MakeOne } else { commands::Orders::MakeNone };
            commands::check(config, orders).await
        }
        Command::Reconcile { date } => commands::reconcile(config, date).await,
        Command::Export(options) => commands::export(config, options.wish()).await,
    }
}

/// Without usable settings a file can still be checked with a public key.
async fn certificate(command: CertificateCommand) -> Result<(), String> {
    let config = Sources::of_process().and_then(|sources| load(&sources).map_err(|errors| errors.to_string()));
    match command {
        CertificateCommand::Verify { what, public_keys } => commands::verify(config, &what, &public_keys).await,
        CertificateCommand::Key => commands::keys_known(config).await,
        CertificateCommand::NewKey => {
            commands::new_key();
            Ok(())
        }
    }
}

fn ended(done: Result<(), String>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn public_key(text: &str) -> Result<CertificateKey, &'static str> {
    CertificateKey::parse(text).ok_or("not a public key: 43 letters of base64url")
}

fn operator(text: &str) -> Result<Role, &'static str> {
    Role::from_word(text).filter(|role| *role != Role::Donor).ok_or("viewer or admin")
}

fn day(text: &str) -> Result<Day, &'static str> {
    Day::parse(text).ok_or("not a date like 2026-11-24")
}

fn format(text: &str) -> Result<FileFormat, &'static str> {
    FileFormat::from_word(text).ok_or("csv or xlsx")
}

fn language(text: &str) -> Result<Language, &'static str> {
    Language::from_code(text).ok_or("kk, ru or en")
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
