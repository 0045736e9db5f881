//! Who did what: written down, and looked at. Each is one transaction.

use std::collections::BTreeMap;

use domain::audit::{AuditAction, AuditActor, AuditEntry, AuditOutcome};
use domain::ports::{AuditQuery, StoreError};
use domain::{Account, AuditId, Instant};

use crate::House;

/// Where a request comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The request's id.
    pub request_id: Option<String>,
    /// The client's address.
    pub address: Option<String>,
}

/// What is to be written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Who.
    pub actor: AuditActor,
    /// What.
    pub action: AuditAction,
    /// To what.
    pub target: Option<String>,
    /// Named facts; never a secret, a card, a name or an e-mail address.
    pub details: BTreeMap<String, String>,
}

impl Act {
    /// Something that an account does.
    pub fn of(account: &Account, action: AuditAction) -> Self {
        Self::by(AuditActor::Account(account.id, account.role), action)
    }

    /// Something that `actor` does.
    pub const fn by(actor: AuditActor, action: AuditAction) -> Self {
        Self { actor, action, target: None, details: BTreeMap::new() }
    }

    /// It is done to this.
    pub fn to(self, target: impl ToString) -> Self {
        Self { target: Some(target.to_string()), ..self }
    }

    /// A fact about it.
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.details.insert(name.to_owned(), value.to_string());
        self
    }
}

/// As much of a text as an entry keeps, in characters.
const TEXT_LENGTH: usize = 64;

/// Writes down what comes of an act, or that it is about to be done.
///
/// # Errors
/// [`StoreError`]; then it must not be done, or its answer must not go out.
pub async fn audit(
    house: &House,
    act: &Act,
    (outcome, status): (AuditOutcome, Option<u16>),
    origin: &Origin,
) -> Result<(), StoreError> {
    let short = |text: &String| text.chars().take(TEXT_LENGTH).collect::<String>();
    let entry = AuditEntry {
        id: AuditId(house.ids.next()),
        at: house.clock.now(),
        actor: act.actor,
        action: act.action,
        target: act.target.as_ref().map(short).filter(|target| !target.is_empty()),
        outcome,
        status,
        address: origin.address.as_ref().map(short).filter(|address| !address.is_empty()),
        request_id: origin.request_id.clone(),
        details: act.details.iter().map(|(name, value)| (name.clone(), short(value))).collect(),
    };
    house.audit.append(&entry).await.inspect_err(|error| {
        tracing::error!({ audit.action = act.action.word(), error = %error }, "audit.not_written");
    })
}

/// Entries, newest first, and the place after which the next page begins, if there is one.
///
/// # Errors
/// [`StoreError`].
pub async fn list_audit(
    house: &House,
    query: AuditQuery,
) -> Result<(Vec<AuditEntry>, Option<(Instant, AuditId)>), StoreError> {
    let wanted = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let mut entries = house.audit.list(&AuditQuery { limit: query.limit.saturating_add(1), ..query }).await?;
    let more = entries.len() > wanted;
    entries.truncate(wanted);
    let next = entries.last().filter(|_| more).map(|last| (last.at, last.id));
    Ok((entries, next))
}
