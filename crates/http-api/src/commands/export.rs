//! `donations export`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use application::books::{ExportDonations, Pieces, export_donations};
use application::{Act, FilterError, Origin, audit, campaign_is_known, donation_filter};
use domain::Language;
use domain::audit::{AuditAction, AuditActor, AuditOutcome};
use domain::ports::{DonationScope, FileFormat, StoreHealth as _};
use futures_util::TryStreamExt as _;

use crate::app::{Adapters, state};
use crate::config::ServerConfig;

/// What an export is asked for at the command line.
#[derive(Debug)]
pub struct ExportWish {
    /// Which kind of file.
    pub format: FileFormat,
    /// The filters, by the names that the API has for them.
    pub filters: Vec<(String, String)>,
    /// The language of the headings.
    pub language: Language,
    /// Where it goes; to standard output if nowhere.
    pub output: Option<PathBuf>,
}

/// Writes the donations into a file, or to standard output. A file of this name is replaced once the new one is whole, and not before.
///
/// # Errors
/// If a filter is none, or it cannot be written to its end.
pub async fn export(config: &ServerConfig, wish: ExportWish) -> Result<(), String> {
    let filter = donation_filter(&wish.filters).map_err(|errors| unusable(&errors))?;
    let adapters = Adapters::from_config(config).await.map_err(|error| error.to_string())?;
    let pending = adapters.store.pending_migrations().await.map_err(|error| format!("DATABASE_URL: {error}"))?;
    if !pending.is_empty() {
        return Err(format!("{} migrations have to be run first: `donations migrate`", pending.len()));
    }
    let house = state(config, &adapters).house;
    if !campaign_is_known(&house, &filter).await.map_err(|error| error.to_string())? {
        return Err("--campaign: there is no such campaign".to_owned());
    }
    let mut act = Act::by(AuditActor::CommandLine, AuditAction::ExportDonations).with("format", wish.format.word());
    for (name, value) in &wish.filters {
        act = act.with(name, value);
    }
    // On record before anything is shown.
    let begun = audit(&house, &act, (AuditOutcome::Begun, None), &Origin::default()).await;
    begun.map_err(|error| format!("it could not be put on record: {error}"))?;
    let export = ExportDonations { format: wish.format, scope: DonationScope::All, filter, language: wish.language };
    let written = match export_donations(&house, export).await {
        Ok(pieces) => write_out(pieces, wish.output.as_deref()).await,
        Err(error) => Err(error.to_string()),
    };
    let outcome = if written.is_ok() { AuditOutcome::Done } else { AuditOutcome::Failed };
    let ended = audit(&house, &act, (outcome, None), &Origin::default()).await;
    written?;
    ended.map_err(|error| format!("it could not be put on record: {error}"))
}

fn unusable(errors: &[FilterError]) -> String {
    let each = errors.iter().map(|error| format!("--{}: {}", error.field.replace('_', "-"), error.code));
    each.collect::<Vec<_>>().join(", ")
}

async fn write_out(pieces: Pieces, output: Option<&Path>) -> Result<(), String> {
    let Some(path) = output else {
        return pour(pieces, &mut io::stdout().lock()).await;
    };
    // Beside it, so that it can take its place in one step.
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = PathBuf::from(beside);
    let wrong = |error: io::Error| format!("{}: {error}", beside.display());
    let mut file = std::fs::File::create(&beside).map_err(wrong)?;
    let written = pour(pieces, &mut file).await;
    if written.is_err() {
        // It is half a file; whether it can be taken away or not, the error is told.
        let _ = std::fs::remove_file(&beside);
        return written;
    }
    file.sync_all().map_err(wrong)?;
    std::fs::rename(&beside, path).map_err(|error| format!("{}: {error}", path.display()))
}

async fn pour(mut pieces: Pieces, out: &mut impl Write) -> Result<(), String> {
    while let Some(piece) = pieces.try_next().await.map_err(|error| error.to_string())? {
        out.write_all(&piece).map_err(|error| format!("it cannot be written: {error}"))?;
    }
    out.flush().map_err(|error| format!("it cannot be written: {error}"))
}
