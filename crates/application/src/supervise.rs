//! Nobody does anything in the administration unless they may, and it is on record: the API's calls and the pages alike.
//!
//! 1. Transaction: the entry that it was refused, or that something is about to be done. If it fails, nothing is done.
//! 2. It is done.
//! 3. Transaction: the entry of what came of it, before the answer goes out.

use domain::audit::{AuditAction, AuditOutcome};
use domain::ports::StoreError;
use domain::{Account, Role};

use crate::House;
use crate::audit::{Act, Origin, audit};

/// Whether something is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Duty {
    /// It is shown.
    Look,
    /// It is changed, or something is done.
    Change,
}

impl Duty {
    /// Whether this role may.
    pub const fn is_given_to(self, role: Role) -> bool {
        match (role, self) {
            (Role::Admin, Self::Look | Self::Change) | (Role::Viewer, Self::Look) => true,
            (Role::Viewer, Self::Change) | (Role::Donor, Self::Look | Self::Change) => false,
        }
    }
}

/// Why somebody is not let in.
#[derive(Debug, thiserror::Error)]
pub enum EnterError {
    /// They may not. That is on record.
    #[error("forbidden")]
    Forbidden,
    /// It could not be put on record, and so must not be done.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What somebody who may is about to do. Only [`enter`] makes one.
#[derive(Debug)]
pub struct Supervised {
    duty: Duty,
    act: Act,
    origin: Origin,
}

impl Supervised {
    /// What was made or changed, where that was not known before: the entry of what came of it will name it.
    #[must_use]
    pub fn naming(mut self, target: Option<String>) -> Self {
        self.act.target = self.act.target.or(target);
        self
    }
}

/// Lets the account in if it may, and leaves an entry if it may not, or if something is about to be changed.
///
/// # Errors
/// [`EnterError`]; then it must not be done.
pub async fn enter(
    house: &House,
    account: &Account,
    (duty, action, target): (Duty, AuditAction, Option<&str>),
    origin: Origin,
) -> Result<Supervised, EnterError> {
    let act = Act { target: target.map(str::to_owned), ..Act::of(account, action) };
    if !duty.is_given_to(account.role) {
        audit(house, &act, (AuditOutcome::Refused, Some(403)), &origin).await?;
        return Err(EnterError::Forbidden);
    }
    if duty == Duty::Change {
        audit(house, &act, (AuditOutcome::Begun, None), &origin).await?;
    }
    Ok(Supervised { duty, act, origin })
}

/// Parameters that say nothing of a person.
const TOLD: [&str; 14] = [
    "format",
    "status",
    "flagged",
    "date",
    "month",
    "bucket",
    "actor",
    "action",
    "from",
    "to",
    "campaign",
    "min_amount",
    "max_amount",
    "outcome",
];

/// Leaves the entry of what came of it. Of the query's pairs those are kept that say nothing of a person, once they have been found to
/// be sound. If the entry of a change cannot be kept, that is no error: it is done and on record as begun; its answer is true, and
/// hiding it would have it done again.
///
/// # Errors
/// [`StoreError`]; then the answer must not go out.
pub async fn leave(
    house: &House,
    supervised: Supervised,
    status: u16,
    query: impl IntoIterator<Item = (String, String)>,
) -> Result<(), StoreError> {
    let Supervised { duty, mut act, origin } = supervised;
    let outcome = AuditOutcome::of_status(status);
    if outcome == AuditOutcome::Done {
        let told = |(name, value): &(String, String)| TOLD.contains(&name.as_str()) && !value.is_empty();
        act.details.extend(query.into_iter().filter(told));
    }
    match audit(house, &act, (outcome, Some(status)), &origin).await {
        Err(error) if duty == Duty::Look => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}
