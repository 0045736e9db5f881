//! Background work: an outbox.

use async_trait::async_trait;

use crate::donation::Work;
use crate::ports::StoreError;
use crate::{AccountId, AccountMail, CertificateNumber, DonationId, Instant, JobId};

/// Hands out the work that changes of donations and of accounts have queued. It is queued by [`DonationStore::save`],
/// [`DeliveryStore::record`], [`AccountStore::create`], [`AccountStore::queue_reset`] and [`AlertStore::tell`], in the change's own
/// transaction, and due at once.
///
/// [`DonationStore::save`]: crate::ports::DonationStore::save
/// [`DeliveryStore::record`]: crate::ports::DeliveryStore::record
/// [`AccountStore::create`]: crate::ports::AccountStore::create
/// [`AccountStore::queue_reset`]: crate::ports::AccountStore::queue_reset
/// [`AlertStore::tell`]: crate::ports::AlertStore::tell
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

/// What to do, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Task {
    /// Something that a donation's change has caused.
    Donation(DonationId, Work),
    /// A mail to an account; to nobody, if no account has the address that was given, or it is gone.
    Account(Option<AccountId>, AccountMail),
    /// A mail to somebody who answers for the money; the account's, if it goes to one. What it says is under the job's name with
    /// [`AlertStore::notice`](crate::ports::AlertStore::notice).
    Operators(Option<AccountId>),
}

impl Task {
    /// The word of every mail to operators.
    pub const OPERATORS: &'static str = "tell_operators";

    /// The stable word in the API, in the database and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Donation(_, work) => work.word(),
            Self::Account(_, mail) => mail.word(),
            Self::Operators(_) => Self::OPERATORS,
        }
    }

    /// The donation, if it is one's.
    pub const fn donation(self) -> Option<DonationId> {
        match self {
            Self::Donation(id, _) => Some(id),
            Self::Account(..) | Self::Operators(_) => None,
        }
    }

    /// The work, if it is a donation's.
    pub const fn work(self) -> Option<Work> {
        match self {
            Self::Donation(_, work) => Some(work),
            Self::Account(..) | Self::Operators(_) => None,
        }
    }

    /// The account, if it is one's.
    pub const fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(account, _) | Self::Operators(account) => account,
            Self::Donation(..) => None,
        }
    }
}

/// A job that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id; of a donation's, a function of what caused it.
    pub id: JobId,
    /// What to do, and for whom.
    pub task: Task,
    /// The certificate that the change which queued it has issued, if it did.
    pub certificate: Option<CertificateNumber>,
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
    /// What to do, and for whom.
    pub task: Task,
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
