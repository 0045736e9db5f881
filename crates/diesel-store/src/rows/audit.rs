//! An audit entry's row.

use diesel::prelude::*;
use domain::audit::{AuditAction, AuditActor, AuditEntry, AuditOutcome};
use domain::{AccountId, AuditId, Role};

use super::{count, damaged, known};
use crate::error::QueryError;
use crate::schema::audit_entries;
use crate::types::{At, Id, Json};

/// A row of `audit_entries`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entries, treat_none_as_default_value = false)]
pub(crate) struct AuditRow {
    id: Id,
    at: At,
    actor: String,
    account_id: Option<Id>,
    role: Option<String>,
    action: String,
    target: Option<String>,
    outcome: String,
    status: Option<i64>,
    address: Option<String>,
    request_id: Option<String>,
    details: Json,
}

impl AuditRow {
    pub(crate) fn of(entry: &AuditEntry) -> Self {
        let account = entry.actor.account();
        Self {
            id: Id(entry.id.0),
            at: At(entry.at),
            actor: entry.actor.word().to_owned(),
            account_id: account.map(|(account, _)| Id(account.0)),
            role: account.map(|(_, role)| role.word().to_owned()),
            action: entry.action.word().to_owned(),
            target: entry.target.clone(),
            outcome: entry.outcome.word().to_owned(),
            status: entry.status.map(i64::from),
            address: entry.address.clone(),
            request_id: entry.request_id.clone(),
            details: Json(serde_json::json!(entry.details)),
        }
    }

    pub(crate) fn into_entry(self) -> Result<AuditEntry, QueryError> {
        let role = self.role.as_deref().map(|role| known("audit_entries.role", role, Role::from_word)).transpose()?;
        let account = self.account_id.map(|account| AccountId(account.0)).zip(role);
        Ok(AuditEntry {
            id: AuditId(self.id.0),
            at: self.at.0,
            actor: known("audit_entries.actor", &self.actor, |word| AuditActor::from_word(word, account))?,
            action: known("audit_entries.action", &self.action, AuditAction::from_word)?,
            target: self.target,
            outcome: known("audit_entries.outcome", &self.outcome, AuditOutcome::from_word)?,
            status: self.status.map(|status| count("audit_entries.status", status)).transpose()?,
            address: self.address,
            request_id: self.request_id,
            details: serde_json::from_value(self.details.0).map_err(|_| damaged("audit_entries.details"))?,
        })
    }
}
