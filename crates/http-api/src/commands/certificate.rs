//! `donations certificate …`: checking certificates, and the keys that they are checked with.

use std::path::Path;

use application::{House, PublicCertificate, ReadError, read_certificate, sign_certificate};
use domain::ports::{CertificateReader as _, IdGenerator as _, SealedFile, StoreHealth as _};
use domain::seal::{encoded, file_message};
use domain::{CertificateKey, CertificateNumber, CertificateSeed, CertificateStatement, CertificateStatus};

use crate::app::{Adapters, certificate_reader, state};
use crate::config::ServerConfig;
use crate::security::{Ed25519Seals, SystemIds};

/// The house, if its database can be asked; otherwise why not. Nothing is made and nothing migrated.
async fn house(config: Result<ServerConfig, String>) -> Result<House, String> {
    let config = config?;
    let file = config.database_address().strip_prefix("sqlite://").map(Path::new);
    if file.is_some_and(|file| !file.exists()) {
        return Err("DATABASE_URL: its file is not there".to_owned());
    }
    let adapters = Adapters::from_config(&config).await.map_err(|error| error.to_string())?;
    let pending = adapters.store.pending_migrations().await.map_err(|error| format!("DATABASE_URL: {error}"))?;
    if !pending.is_empty() {
        return Err("the database has to be migrated first: `donations migrate`".to_owned());
    }
    Ok(state(&config, &adapters).house)
}

/// Prints what a certificate says, and whether that is true. `what` is a file, or a number to look up.
///
/// # Errors
/// If anything is wrong with it, or it cannot be checked.
pub async fn verify(
    config: Result<ServerConfig, String>,
    what: &str,
    public_keys: &[CertificateKey],
) -> Result<(), String> {
    let house = house(config).await;
    let path = Path::new(what);
    if path.exists() {
        let file = std::fs::read(path).map_err(|error| format!("{what} cannot be read: {error}"))?;
        return verify_file(house.as_ref().map_err(String::as_str), &file, public_keys).await;
    }
    let number = CertificateNumber::typed(what).filter(|number| number.is_well_formed());
    let number = number.ok_or_else(|| format!("{what} is neither a file nor a number such as TREE-2026-000042"))?;
    let house = house.map_err(|why| format!("only the database knows a certificate by its number. {why}"))?;
    verify_number(&house, &number).await
}

async fn verify_number(house: &House, number: &CertificateNumber) -> Result<(), String> {
    let mut report = Report::default();
    let found = match read_certificate(house, number).await {
        Ok(found) => found,
        Err(ReadError::NotFound) => return Err(format!("no certificate has the number {number}")),
        Err(ReadError::Store(error)) => return Err(format!("the database does not answer: {error}")),
    };
    let statement = found.sheet.statement();
    report.fields(&statement);
    let seal = sign_certificate(house, &statement).await.map_err(|error| error.to_string())?;
    report.plain("signature", &seal.signature.to_string());
    report.plain("key", &seal.key_id);
    report.state(&found);
    report.end()
}

async fn verify_file(house: Result<&House, &str>, file: &[u8], given: &[CertificateKey]) -> Result<(), String> {
    let Some(sealed) = certificate_reader().read(file) else {
        return Err("the file carries no whole seal: it is no certificate of ours, or it was changed".to_owned());
    };
    let keys = keys(house, given).await?;
    let mut report = Report::default();
    report.fields(&sealed.statement);
    report.plain("key", &sealed.key_id);
    let signs = |message: &[u8], signature| keys.iter().find(|key| Ed25519Seals::check(key, message, signature));
    let of_fields = signs(&sealed.statement.to_bytes(), &sealed.signature);
    report.check("signature", of_fields.map(|_| "ours, of what is written above").ok_or("not ours, or not of this"));
    let of_file = signs(&file_message(&sealed.sha256), &sealed.file_signature);
    report.check("file", of_file.map(|_| "as we made it, to the last bit").ok_or("changed since it was made"));
    live(&mut report, house, &sealed).await;
    report.end()
}

/// The keys to check with: those that were given, else all that the database knows.
async fn keys(house: Result<&House, &str>, given: &[CertificateKey]) -> Result<Vec<CertificateKey>, String> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    let house = house.map_err(|why| {
        format!(
            "no key to check it with: give the published one with --public-key, or let the database be asked. {why}"
        )
    })?;
    house.seals.keys().await.map_err(|error| format!("the database does not answer: {error}"))
}

/// What has become of it since, if the database can be asked.
async fn live(report: &mut Report, house: Result<&House, &str>, sealed: &SealedFile) {
    let unknown = "cannot be known without the database: it may have been replaced or withdrawn since";
    let Ok(house) = house else {
        report.unknown("state", unknown);
        return;
    };
    match read_certificate(house, &sealed.statement.number).await {
        Ok(found) => report.state(&found),
        Err(ReadError::NotFound) => report.check("state", Err("the database has no such number")),
        Err(ReadError::Store(error)) => report.unknown("state", &format!("{unknown} ({error})")),
    }
}

/// Prints every public key that ever signed, the present one first.
///
/// # Errors
/// If the database cannot be asked.
pub async fn keys_known(config: Result<ServerConfig, String>) -> Result<(), String> {
    let house = house(config).await?;
    let keys = house.seals.keys().await.map_err(|error| format!("the database does not answer: {error}"))?;
    for (place, key) in keys.iter().enumerate() {
        line(&format!("{key}  {}", if place == 0 { "signs now" } else { "signed before" }));
    }
    Ok(())
}

/// Prints a new secret for `CERTIFICATE_SIGNING_KEY`, and its public key. Keeps neither.
pub fn new_key() {
    let seed = CertificateSeed(SystemIds.secret());
    line(&format!("CERTIFICATE_SIGNING_KEY={}", encoded(&seed.0)));
    line(&format!("# its public key: {}", Ed25519Seals::key_of(&seed)));
}

#[expect(clippy::print_stdout, reason = "what a person at the command line reads")]
fn line(text: &str) {
    println!("{text}");
}

/// A line for each field and each check.
#[derive(Default)]
struct Report {
    failed: u32,
}

impl Report {
    fn fields(&self, statement: &CertificateStatement) {
        let trees = statement.trees.to_string();
        let payment = if statement.test_mode { "a test: no money was given" } else { "real" };
        for (name, value) in [
            ("number", statement.number.as_str()),
            ("name", &statement.name),
            ("trees", &trees),
            ("campaign", &statement.campaign),
            ("date", &statement.issued_on.to_string()),
            ("language", statement.language.code()),
            ("payment", payment),
        ] {
            self.plain(name, value);
        }
    }

    fn plain(&self, name: &str, value: &str) {
        // What a file carries may be anybody's: no character of it may steer the terminal.
        let shown: String = value.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect();
        line(&format!("  {name:<9}  {shown}"));
    }

    fn check(&mut self, name: &str, result: Result<&str, &str>) {
        match result {
            Ok(text) => line(&format!("✓ {name:<9}  {text}")),
            Err(text) => {
                self.failed += 1;
                line(&format!("✗ {name:<9}  {text}"));
            }
        }
    }

    fn unknown(&self, name: &str, text: &str) {
        line(&format!("? {name:<9}  {text}"));
    }

    fn state(&mut self, found: &PublicCertificate) {
        let by = found.replaced_by.as_ref().map(ToString::to_string).unwrap_or_default();
        let replaced = format!("replaced by {by}: a part of the money went back");
        match found.status {
            CertificateStatus::Valid => self.check("state", Ok("valid now")),
            CertificateStatus::Replaced => self.check("state", Err(&replaced)),
            CertificateStatus::Withdrawn => self.check("state", Err("withdrawn: all of the money went back")),
        }
    }

    fn end(self) -> Result<(), String> {
        if self.failed == 0 { Ok(()) } else { Err("this certificate does not stand as it is shown".to_owned()) }
    }
}
