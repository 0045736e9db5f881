//! Background work: an outbox.

use async_trait::async_trait;

use crate::donation::Work;
use crate::ports::StoreError;
use crate::{CertificateNumber, DonationId, Instant, JobId};

/// Hands out the work that changes of donations have queued. It is queued by [`DonationStore::save`] and
/// [`DeliveryStore::record`], in the change's own transaction, and due at once.
///
/// [`DonationStore::save`]: crate::ports::DonationStore::save
/// [`DeliveryStore::record`]: crate::ports::DeliveryStore::record
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait JobStore: Send + Sync {
    /// Takes jobs that are due, those first that have been so for longest, and counts a try of each. Of any number of
    /// callers at once, and of any number of servers, each job goes to one alone, until its lease ends: then it is due
    /// again. Empty if none is due.
    ///
    /// # Errors
    /// [`StoreError`]; then none was taken.
    async fn take_due(&self, due: &DueJobs) -> Result<Vec<Job>, StoreError>;

    /// Writes down what came of a try, which ends the lease. Does nothing if the lease is no longer the caller's.
    ///
    /// # Errors
    /// [`StoreError`]; then the job is due when its lease ends.
    async fn finish(&self, job: &Job, outcome: &JobOutcome, now: Instant) -> Result<(), StoreError>;

    /// Has a parked job tried anew: it is due `now`, and its tries are counted from the beginning. `None` if there is no
    /// such job; one that is not parked is given as it is.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn retry(&self, id: JobId, now: Instant) -> Result<Option<JobRecord>, StoreError>;

    /// Jobs, newest first (by `queued_at`, then id).
    ///
    /// # Errors
    /// [`StoreError`].
    async fn list(&self, query: &JobQuery) -> Result<Vec<JobRecord>, StoreError>;
}

/// Which jobs to take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueJobs {
    /// Those whose time has come by now.
    pub now: Instant,
    /// When they are due again if the caller does not come back.
    pub lease_until: Instant,
    /// At most so many.
    pub limit: u32,
}

/// A job that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id, a function of what caused it.
    pub id: JobId,
    /// Whose it is.
    pub donation: DonationId,
    /// The certificate that the change which queued it has issued, if it did.
    pub certificate: Option<CertificateNumber>,
    /// What to do.
    pub work: Work,
    /// How often it has been taken, this time included.
    pub tries: u32,
    /// When it was queued.
    pub queued_at: Instant,
    /// When the lease ends, which also tells it from every other lease of the job.
    pub lease_until: Instant,
}

/// What came of a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum JobOutcome {
    /// Done; or there was nothing left to do, and `note` says why.
    Done {
        /// Why there was nothing to do.
        note: Option<String>,
    },
    /// Not done; to be tried again.
    Again {
        /// Not before.
        at: Instant,
        /// What went wrong, for the operator; never a secret or an address.
        why: String,
    },
    /// Given back untouched: the server stops. The try does not count.
    GivenBack,
    /// Not done, and not to be tried again by itself.
    Parked {
        /// What went wrong, for the operator.
        why: String,
    },
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JobStatus {
    /// It waits, or somebody is at it.
    Queued,
    /// It was done, or turned out to be superfluous.
    Done,
    /// It was tried as often as it makes sense: somebody has to look.
    Parked,
}

impl JobStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Queued, Self::Done, Self::Parked];

    /// The stable word in the API and in the database.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Done => "done",
            Self::Parked => "parked",
        }
    }

    /// The status of a stored word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.word() == word)
    }
}

/// A job on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Its id.
    pub id: JobId,
    /// Whose it is.
    pub donation: DonationId,
    /// What to do.
    pub work: Work,
    /// Where it stands.
    pub status: JobStatus,
    /// How often it has been tried.
    pub tries: u32,
    /// When it is due, or its lease ends; of a job that has ended, when it did.
    pub due_at: Instant,
    /// When it was queued.
    pub queued_at: Instant,
    /// What the last try came to, if there is anything to say.
    pub note: Option<String>,
}

/// Which jobs to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobQuery {
    /// Only one donation's.
    pub donation: Option<DonationId>,
    /// Only those in this state.
    pub status: Option<JobStatus>,
    /// Only those that sort after this one.
    pub after: Option<(Instant, JobId)>,
    /// At most so many.
    pub limit: u32,
}
