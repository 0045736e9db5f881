//! The record of who did what.

use uuid::Uuid;

use super::Stores;
use super::samples::at;
use crate::audit::{AuditAction, AuditActor, AuditEntry, AuditOutcome};
use crate::ports::AuditQuery;
use crate::{AccountId, AuditId, Role};

const ALL: AuditQuery = AuditQuery { account: None, action: None, from: None, to: None, after: None, limit: 100 };

const fn somebody(number: u128) -> AccountId {
    AccountId(Uuid::from_u128(number))
}

fn entry(number: u128, minute: i64) -> AuditEntry {
    AuditEntry {
        id: AuditId(Uuid::from_u128(number)),
        at: at(minute),
        actor: AuditActor::Account(somebody(1), Role::Admin),
        action: AuditAction::ListDonations,
        target: None,
        outcome: AuditOutcome::Done,
        status: Some(200),
        address: Some("2001:db8::1".to_owned()),
        request_id: Some("request-1".to_owned()),
        details: [("status".to_owned(), "completed".to_owned())].into(),
    }
}

async fn kept(stores: Stores<'_>, entry: AuditEntry) -> AuditEntry {
    stores.audit.append(&entry).await.unwrap();
    entry
}

async fn listed(stores: Stores<'_>, query: AuditQuery) -> Vec<u128> {
    let entries = stores.audit.list(&query).await.unwrap();
    entries.iter().map(|entry| entry.id.0.as_u128()).collect()
}

/// Whatever it tells, whoever did it, also of an account that is not there any longer.
pub async fn an_entry_is_found_as_it_was_kept(stores: Stores<'_>) {
    let actors = [AuditActor::Account(somebody(7), Role::Viewer), AuditActor::Nobody, AuditActor::CommandLine];
    let actors = actors.into_iter().cycle();
    let outcomes = AuditOutcome::ALL.into_iter().cycle();
    let mut expected = Vec::new();
    for (number, ((action, outcome), actor)) in (1_u8..).zip(AuditAction::ALL.into_iter().zip(outcomes).zip(actors)) {
        let even = number % 2 == 0;
        let full = entry(number.into(), i64::from(number));
        let entry = AuditEntry {
            actor,
            action,
            outcome,
            target: even.then(|| "donation".to_owned()),
            status: full.status.filter(|_| even),
            address: full.address.filter(|_| even),
            request_id: full.request_id.filter(|_| even),
            details: if even { full.details } else { [].into() },
            ..entry(number.into(), i64::from(number))
        };
        expected.insert(0, kept(stores, entry).await);
    }
    assert_eq!(stores.audit.list(&ALL).await, Ok(expected));
}

/// Of one instant, by id; pages stay where they are while entries are added.
pub async fn the_newest_entry_is_listed_first(stores: Stores<'_>) {
    for number in 1..=9_u8 {
        kept(stores, entry(number.into(), i64::from(number / 3))).await;
    }
    let mut seen = Vec::new();
    let mut query = AuditQuery { limit: 2, ..ALL };
    for number in 100.. {
        let page = stores.audit.list(&query).await.unwrap();
        let Some(last) = page.last() else { break };
        query.after = Some((last.at, last.id));
        seen.extend(page.iter().map(|entry| entry.id.0.as_u128()));
        kept(stores, entry(number, 1_000)).await;
    }
    assert_eq!(seen, (1..=9).rev().collect::<Vec<_>>());
}

/// The first instant counts, the last one does not.
pub async fn entries_can_be_of_one_account_action_or_span(stores: Stores<'_>) {
    kept(stores, entry(1, 1)).await;
    let other = AuditActor::Account(somebody(2), Role::Viewer);
    kept(stores, AuditEntry { actor: other, action: AuditAction::Refund, ..entry(2, 2) }).await;
    kept(stores, AuditEntry { actor: AuditActor::Nobody, ..entry(3, 3) }).await;
    kept(stores, AuditEntry { actor: other, ..entry(4, 4) }).await;
    let of_two = AuditQuery { account: Some(somebody(2)), ..ALL };
    assert_eq!(listed(stores, of_two).await, [4, 2]);
    let refunds = AuditQuery { action: Some(AuditAction::Refund), ..ALL };
    assert_eq!(listed(stores, refunds).await, [2]);
    assert_eq!(listed(stores, AuditQuery { action: Some(AuditAction::ListDonations), ..of_two }).await, [4]);
    assert_eq!(listed(stores, AuditQuery { from: Some(at(2)), to: Some(at(4)), ..ALL }).await, [3, 2]);
    assert_eq!(listed(stores, AuditQuery { account: Some(somebody(9)), ..ALL }).await, []);
}
