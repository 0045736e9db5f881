//! How each part is, for `GET /health/ready`. Nobody is called for it: it tells what was last seen.

use chrono::TimeDelta;
use domain::Instant;
use domain::ports::{Backlog, StoreError};
use serde::Serialize;

use super::Monitoring;
use super::last_seen::{LastSeen, Seen};

/// A job that has been due for longer waits for something other than its turn.
const QUEUE_IS_OLD: TimeDelta = TimeDelta::minutes(10);

/// A day is compared soon after it closed, and the next one a day later; this is half a day more.
const COMPARISON_IS_LATE: TimeDelta = TimeDelta::hours(36);

/// How a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Condition {
    /// As it should be, as far as was seen.
    Ok,
    /// The server works, and somebody should look.
    Degraded,
    /// What the server cannot work without.
    Down,
}

/// Every part.
#[derive(Debug, Serialize)]
pub struct ComponentViews {
    database: ComponentView,
    migrations: ComponentView,
    gateway: OutsideView,
    mail: OutsideView,
    job_queue: QueueView,
    reconciliation: ReconciliationView,
}

#[derive(Debug, Serialize)]
struct ComponentView {
    status: Condition,
}

/// Somebody outside.
#[derive(Debug, Serialize)]
struct OutsideView {
    status: Condition,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_ok_at: Option<Instant>,
    #[serde(skip_serializing_if = "Option::is_none")]
    failing_since: Option<Instant>,
}

#[derive(Debug, Serialize)]
struct QueueView {
    status: Condition,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    oldest_due_at: Option<Instant>,
}

#[derive(Debug, Serialize)]
struct ReconciliationView {
    status: Condition,
    #[serde(skip_serializing_if = "Option::is_none")]
    day: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    differences: Option<u64>,
}

/// How each part is. `migrations` is what the database has just said of its schema: which are pending.
pub async fn components(monitoring: &Monitoring, migrations: &Result<Vec<String>, StoreError>) -> ComponentViews {
    let now = monitoring.clock.now();
    let answers = migrations.as_ref().is_ok_and(Vec::is_empty);
    let backlog = if answers { monitoring.figures.backlog().await.ok() } else { None };
    let down_unless = |holds| ComponentView { status: if holds { Condition::Ok } else { Condition::Down } };
    ComponentViews {
        database: down_unless(migrations.is_ok()),
        migrations: down_unless(answers),
        gateway: outside(&monitoring.gateway),
        mail: outside(&monitoring.mail),
        job_queue: queue(backlog.as_ref(), now),
        reconciliation: reconciliation(backlog.as_ref(), now),
    }
}

/// Nothing seen yet is nothing wrong.
fn outside(last: &LastSeen) -> OutsideView {
    let Seen { ok_at, failing_since } = last.seen();
    let status = if failing_since.is_some() { Condition::Degraded } else { Condition::Ok };
    OutsideView { status, last_ok_at: ok_at, failing_since }
}

fn queue(backlog: Option<&Backlog>, now: Instant) -> QueueView {
    let Some(backlog) = backlog else { return QueueView { status: Condition::Down, due: None, oldest_due_at: None } };
    let oldest_due_at = backlog.oldest_due_at;
    let is_old = oldest_due_at.is_some_and(|due_at| now - due_at > QUEUE_IS_OLD);
    let status = if is_old { Condition::Degraded } else { Condition::Ok };
    QueueView { status, due: Some(backlog.jobs_due), oldest_due_at }
}

/// A server that has never compared a day is new.
fn reconciliation(backlog: Option<&Backlog>, now: Instant) -> ReconciliationView {
    let unknown = |status| ReconciliationView { status, day: None, differences: None };
    let Some(backlog) = backlog else { return unknown(Condition::Down) };
    let Some(compared) = backlog.compared else { return unknown(Condition::Ok) };
    let is_late = now - compared.day.closes_at() > COMPARISON_IS_LATE;
    let status = if is_late || compared.differences > 0 { Condition::Degraded } else { Condition::Ok };
    ReconciliationView { status, day: Some(compared.day.to_string()), differences: Some(compared.differences) }
}
