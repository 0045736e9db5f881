//! Who did what, as the API shows it.

use std::collections::BTreeMap;

use domain::audit::AuditEntry;
use serde::Serialize;

use super::timestamp;

/// An entry of the record.
#[derive(Debug, Serialize)]
pub struct AuditView {
    id: String,
    at: String,
    actor: &'static str,
    account_id: Option<String>,
    role: Option<&'static str>,
    action: &'static str,
    target: Option<String>,
    outcome: &'static str,
    status: Option<u16>,
    address: Option<String>,
    request_id: Option<String>,
    details: BTreeMap<String, String>,
}

impl AuditView {
    /// The entry.
    pub fn new(entry: &AuditEntry) -> Self {
        let account = entry.actor.account();
        Self {
            id: entry.id.to_string(),
            at: timestamp(entry.at),
            actor: entry.actor.word(),
            account_id: account.map(|(account, _)| account.to_string()),
            role: account.map(|(_, role)| role.word()),
            action: entry.action.word(),
            target: entry.target.clone(),
            outcome: entry.outcome.word(),
            status: entry.status,
            address: entry.address.clone(),
            request_id: entry.request_id.clone(),
            details: entry.details.clone(),
        }
    }
}
