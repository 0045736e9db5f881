//! A timeline entry's row.

use diesel::prelude::*;
use domain::donation::{Actor, Cause, TimelineEntry, TimelineKind};
use domain::{Donation, DonationStatus};

use super::{damaged, known};
use crate::error::QueryError;
use crate::schema::timeline_entries;
use crate::types::{At, Id, Json};

/// A row of `timeline_entries`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = timeline_entries, treat_none_as_default_value = false)]
pub(crate) struct TimelineRow {
    donation_id: Id,
    donation_version: i64,
    step: i64,
    at: At,
    kind: String,
    actor: String,
    request_id: Option<String>,
    from_status: String,
    to_status: String,
    details: Json,
}

impl TimelineRow {
    /// The rows of the steps that led to `donation`'s version.
    pub(crate) fn all_of(donation: &Donation, entries: &[TimelineEntry]) -> Vec<Self> {
        let row = |(step, entry): (i64, &TimelineEntry)| Self {
            donation_id: Id(donation.id.0),
            donation_version: donation.version,
            step,
            at: At(entry.at),
            kind: entry.kind.word().to_owned(),
            actor: entry.cause.actor.word(),
            request_id: entry.cause.request_id.clone(),
            from_status: entry.from.word().to_owned(),
            to_status: entry.to.word().to_owned(),
            details: Json(serde_json::json!(entry.details)),
        };
        (0..).zip(entries).map(row).collect()
    }

    pub(crate) fn into_entry(self) -> Result<TimelineEntry, QueryError> {
        let status = |column, word: &str| known(column, word, DonationStatus::from_word);
        Ok(TimelineEntry {
            at: self.at.0,
            kind: known("timeline_entries.kind", &self.kind, TimelineKind::from_word)?,
            cause: Cause {
                actor: known("timeline_entries.actor", &self.actor, Actor::from_word)?,
                request_id: self.request_id,
            },
            from: status("timeline_entries.from_status", &self.from_status)?,
            to: status("timeline_entries.to_status", &self.to_status)?,
            details: serde_json::from_value(self.details.0).map_err(|_| damaged("timeline_entries.details"))?,
        })
    }
}
