//! A row of `alerts`.

use diesel::prelude::*;
use domain::alert::{Alert, AlertKind, AlertPhase};
use domain::{DonationId, Instant, JobId};

use super::known;
use crate::error::QueryError;
use crate::schema::alerts;
use crate::types::{At, Id};

/// What is kept of a detail, in characters.
const DETAIL_LENGTH: usize = 500;

/// A row of `alerts`.
#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = alerts)]
pub(crate) struct AlertRow {
    id: Id,
    kind: String,
    subject: String,
    since: At,
    donation_id: Option<Id>,
    job_id: Option<Id>,
    detail: Option<String>,
    noted_at: At,
    ended_at: Option<At>,
    tell: Option<String>,
}

impl AlertRow {
    /// A cause that has just been noted.
    pub(crate) fn noted(alert: &Alert, now: Instant) -> Self {
        let detail = alert.detail.as_deref().filter(|detail| !detail.is_empty());
        Self {
            id: Id(alert.id().0),
            kind: alert.kind.word().to_owned(),
            subject: alert.subject.clone(),
            since: At(alert.since),
            donation_id: alert.donation.map(|id| Id(id.0)),
            job_id: alert.job.map(|id| Id(id.0)),
            detail: detail.map(|detail| detail.chars().take(DETAIL_LENGTH).collect()),
            noted_at: At(now),
            ended_at: alert.kind.is_a_moment().then_some(At(now)),
            tell: Some(AlertPhase::Begun.word().to_owned()),
        }
    }

    /// The cause, and when it ended.
    pub(crate) fn into_alert(self) -> Result<(Alert, Option<Instant>), QueryError> {
        let alert = Alert {
            kind: known("alerts.kind", &self.kind, AlertKind::from_word)?,
            subject: self.subject,
            since: self.since.0,
            donation: self.donation_id.map(|id| DonationId(id.0)),
            job: self.job_id.map(|id| JobId(id.0)),
            detail: self.detail,
        };
        Ok((alert, self.ended_at.map(|at| at.0)))
    }
}
