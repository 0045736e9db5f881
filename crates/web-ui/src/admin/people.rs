//! Who acted, by name.

use std::collections::{BTreeMap, BTreeSet};

use application::{House, accounts_of};
use domain::audit::AuditActor;
use domain::donation::Actor;
use domain::ports::StoreError;
use domain::{Account, AccountId};

use super::parts::Cell;
use crate::texts::Texts;

/// The accounts of a page, looked up once.
pub(crate) struct People(BTreeMap<AccountId, Account>);

impl People {
    /// The accounts among these.
    ///
    /// # Errors
    /// [`StoreError`].
    pub(crate) async fn of(house: &House, ids: impl IntoIterator<Item = AccountId>) -> Result<Self, StoreError> {
        let ids: BTreeSet<_> = ids.into_iter().collect();
        Ok(Self(accounts_of(house, ids).await?))
    }

    /// Whoever took a step of a donation's story.
    pub(crate) fn actor(&self, actor: Actor, texts: Texts) -> Cell {
        match actor {
            Actor::Account(id) => self.account(id, texts),
            Actor::Guest => Cell::Text(texts.get("admin-actor-guest")),
            Actor::Gateway => Cell::Text(texts.get("admin-actor-gateway")),
            Actor::System => Cell::Text(texts.get("admin-actor-system")),
        }
    }

    /// Whoever stands in the record of who did what.
    pub(crate) fn auditee(&self, actor: AuditActor, texts: Texts) -> Cell {
        match actor {
            AuditActor::Account(id, _) => self.account(id, texts),
            AuditActor::Nobody => Cell::Text(texts.get("admin-actor-nobody")),
            AuditActor::CommandLine => Cell::Text(texts.get("admin-actor-command-line")),
        }
    }

    /// Name and address; of one that is gone its id.
    pub(crate) fn account(&self, id: AccountId, texts: Texts) -> Cell {
        match self.0.get(&id) {
            Some(account) => Cell::Two(account.name.to_string(), account.email.as_str().to_owned()),
            None => Cell::Two(texts.get("admin-actor-gone"), id.to_string()),
        }
    }
}

/// The account of an actor, if it is one.
pub(crate) const fn account_of(actor: Actor) -> Option<AccountId> {
    match actor {
        Actor::Account(id) => Some(id),
        Actor::Guest | Actor::Gateway | Actor::System => None,
    }
}
