//! Numbers for whoever watches over the server.

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool};
use domain::donation::DonationStatus;
use domain::ports::{Backlog, ComparedDay, GatewayMode, JobStatus, Tallies};
use domain::reconciliation::{Day, ReportStatus};
use domain::{Instant, Review};

use super::{Conn, read};
use crate::error::QueryError;
use crate::schema::{donation_reviews, donations, jobs, reconciliation_differences, reconciliations};
use crate::types::At;

/// Written out, for a database uses an index of some of the rows only if the query has that index's own condition in it.
const QUEUED: &str = "status = 'queued'";

macro_rules! queued {
    () => {
        jobs::table.filter(sql::<Bool>(QUEUED)).select(count_star())
    };
}

macro_rules! due {
    ($now:expr) => {
        jobs::table.filter(sql::<Bool>(QUEUED)).filter(jobs::run_at.le(At($now))).select(count_star())
    };
}

macro_rules! oldest_due {
    ($now:expr) => {
        jobs::table
            .filter(sql::<Bool>(QUEUED))
            .filter(jobs::run_at.le(At($now)))
            .order(jobs::run_at)
            .select(jobs::run_at)
    };
}

macro_rules! open_reviews {
    () => {
        donation_reviews::table
            .filter(donation_reviews::resolved_at.is_null())
            .group_by(donation_reviews::review)
            .select((donation_reviews::review, count_star()))
    };
}

pub(crate) fn tallies(conn: &mut Conn) -> Result<Tallies, QueryError> {
    let (donations, parked): (Vec<(String, bool, i64)>, i64) = read(conn, |conn| {
        let by_state = donations::table
            .group_by((donations::status, donations::test_mode))
            .select((donations::status, donations::test_mode, sql::<BigInt>("COUNT(*)")))
            .load(conn)?;
        let parked = jobs::table.filter(jobs::status.eq(JobStatus::Parked.word())).count().get_result(conn)?;
        Ok::<_, QueryError>((by_state, parked))
    })?;
    let donation = |(word, test_mode, number): (String, bool, i64)| {
        let status = DonationStatus::from_word(&word).ok_or_else(|| QueryError::broken("an unknown state"))?;
        let mode = if test_mode { GatewayMode::Test } else { GatewayMode::Real };
        Ok((status, mode, count(number)))
    };
    let donations = donations.into_iter().map(donation).collect::<Result<_, QueryError>>()?;
    Ok(Tallies { donations, jobs_parked: count(parked) })
}

pub(crate) fn backlog(conn: &mut Conn, now: Instant) -> Result<Backlog, QueryError> {
    read(conn, |conn| {
        let queued: i64 = queued!().get_result(conn)?;
        let due: i64 = due!(now).get_result(conn)?;
        let oldest: Option<At> = oldest_due!(now).first(conn).optional()?;
        let reviews: Vec<(String, i64)> = open_reviews!().load(conn)?;
        let review = |(word, number): (String, i64)| {
            let review = Review::from_word(&word).ok_or_else(|| QueryError::broken("an unknown review"))?;
            Ok::<_, QueryError>((review, count(number)))
        };
        Ok(Backlog {
            jobs_queued: count(queued),
            jobs_due: count(due),
            oldest_due_at: oldest.map(|at| at.0),
            open_reviews: reviews.into_iter().map(review).collect::<Result<_, _>>()?,
            compared: compared(conn)?,
        })
    })
}

/// The days' names sort as the days do; there is one a day, so that the table stays small.
fn compared(conn: &mut Conn) -> Result<Option<ComparedDay>, QueryError> {
    let last: Option<String> = reconciliations::table
        .filter(reconciliations::status.eq(ReportStatus::Done.word()))
        .order(reconciliations::day.desc())
        .select(reconciliations::day)
        .first(conn)
        .optional()?;
    let Some(last) = last else { return Ok(None) };
    let differences: i64 = reconciliation_differences::table
        .filter(reconciliation_differences::day.eq(&last))
        .filter(reconciliation_differences::settled.eq(false))
        .count()
        .get_result(conn)?;
    let day = Day::parse(&last).ok_or_else(|| QueryError::broken("a day that is none"))?;
    Ok(Some(ComparedDay { day, differences: count(differences) }))
}

/// A database counts from 0 upwards.
fn count(number: i64) -> u64 {
    u64::try_from(number).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::super::plan_of;
    use super::*;

    #[tokio::test]
    async fn what_waits_comes_from_indexes_of_what_waits() {
        let now = chrono::DateTime::from_timestamp(1_795_521_600, 0).unwrap();
        // Those that wait are in either of two indexes.
        let queued = plan_of(queued!()).await;
        assert!(queued.contains("jobs_to_run") || queued.contains("jobs_queued_by_age"), "{queued}");
        for (plan, index) in [
            (plan_of(due!(now)).await, "jobs_to_run"),
            (plan_of(oldest_due!(now)).await, "jobs_to_run"),
            (plan_of(open_reviews!()).await, "donation_reviews_open"),
        ] {
            assert!(plan.contains(index), "{plan}");
        }
    }
}
