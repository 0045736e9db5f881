//! Many donations with their stories at once, as the ports would have written them one transaction at a time. For
//! databases that are made up: behind a feature that the server is built without.

use domain::audit::AuditEntry;
use domain::donation::{Change, TimelineEntry};
use domain::ports::{Delivery, JobStatus, StoreError};
use domain::reconciliation::DayReport;
use domain::{
    Account, AccountId, AccountMail, CertificateDraft, CertificateStatus, Donation, DonationId, Instant, JobId,
};

use crate::Store;
use crate::store::Database;
use crate::{postgres, sqlite};

/// What is written together, in one transaction.
#[derive(Debug, Default)]
pub struct Bulk {
    /// People who can sign in.
    pub accounts: Vec<Account>,
    /// New donations with all that has happened to them. An account that is named is in the database already, or among these.
    pub stories: Vec<Story>,
    /// Certificates of donations that are in the database already, or among these, in the order of their numbers.
    pub certificates: Vec<Certified>,
    /// Mails to accounts.
    pub mails: Vec<Mailed>,
    /// Webhooks, each under a key of its own.
    pub deliveries: Vec<Delivery>,
    /// Daily comparisons that are complete.
    pub days: Vec<DayReport>,
    /// Who did what.
    pub audit: Vec<AuditEntry>,
}

/// A donation from its first version to its last one. Each change follows from the version before it, as
/// [`DonationStore::save`](domain::ports::DonationStore::save) demands; what its certificates are is said apart, because their
/// numbers follow the order of all of them.
#[derive(Debug)]
pub struct Story {
    /// As it was made.
    pub created: Donation,
    /// The first entry of its timeline.
    pub entry: TimelineEntry,
    /// What happened, and for each piece of work that was queued, what became of it.
    pub changes: Vec<(Change, Vec<WorkEnd>)>,
    /// When the gateway is asked next about what is still open; `None` if never again.
    pub next_check_at: Option<Instant>,
}

/// Where a piece of work stands.
#[derive(Debug, Clone)]
pub struct WorkEnd {
    /// Queued, done, or given up.
    pub status: JobStatus,
    /// How often it was tried.
    pub tries: u32,
    /// When it ended, or is due.
    pub at: Instant,
    /// What the last try came to, if there is anything to say.
    pub note: Option<String>,
}

/// A certificate that is to have the next number of its series and year.
#[derive(Debug, Clone)]
pub struct Certified {
    /// Whose it is.
    pub donation: DonationId,
    /// The donation's version that brought it about.
    pub version: i64,
    /// What it says.
    pub draft: CertificateDraft,
    /// Whether it still is true.
    pub status: CertificateStatus,
}

/// A mail to an account, or to nobody.
#[derive(Debug, Clone)]
pub struct Mailed {
    /// The job's id.
    pub id: JobId,
    /// To whom, and which.
    pub mail: (Option<AccountId>, AccountMail),
    /// When it was queued.
    pub queued_at: Instant,
    /// What became of it.
    pub end: WorkEnd,
}

impl Store {
    /// Writes all of it, or nothing.
    ///
    /// # Errors
    /// [`StoreError`]; then nothing was written.
    pub async fn write_bulk(&self, bulk: Bulk) -> Result<(), StoreError> {
        match &*self.database {
            Database::Postgres(pool) => pool.run(move |conn| postgres::queries::bulk::write_all(conn, &bulk)).await,
            Database::Sqlite { writer, .. } => {
                writer.run(move |conn| sqlite::queries::bulk::write_all(conn, &bulk)).await
            }
        }
    }

    /// Brings up to date what the database knows of its own tables, by which it chooses its indexes. A server's database does
    /// so by itself in time.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn analyze(&self) -> Result<(), StoreError> {
        match &*self.database {
            Database::Postgres(pool) => pool.run(postgres::queries::bulk::analyze).await,
            Database::Sqlite { writer, .. } => writer.run(sqlite::queries::bulk::analyze).await,
        }
    }
}
