//! A queued job's row.

use diesel::prelude::*;
use domain::donation::Work;
use domain::{Donation, Instant};

use crate::schema::jobs;
use crate::types::{At, Id};

/// A row of `jobs`.
#[derive(Clone, Insertable)]
#[diesel(table_name = jobs)]
pub(crate) struct JobRow {
    id: Id,
    donation_id: Id,
    kind: &'static str,
    status: &'static str,
    run_at: At,
    attempts: i64,
    created_at: At,
}

impl JobRow {
    pub(crate) fn queued(work: Work, donation: &Donation, now: Instant) -> Self {
        Self {
            id: Id(work.job_id(donation).0),
            donation_id: Id(donation.id.0),
            kind: work.word(),
            status: "queued",
            run_at: At(now),
            attempts: 0,
            created_at: At(now),
        }
    }
}
