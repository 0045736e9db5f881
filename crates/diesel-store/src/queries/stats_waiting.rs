//! What waits for a person, in numbers.

use std::collections::{BTreeMap, BTreeSet};

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::ports::{AskWaiting, DeliveryOutcome, JobStatus, Waiting};
use domain::reconciliation::{Day, ReportStatus};
use domain::{DonationId, Review};

use super::{Conn, read};
use crate::error::QueryError;
use crate::schema::{deliveries, donation_reviews, jobs, reconciliation_differences, reconciliations, refunds};
use crate::types::{At, Id};

/// Written out, for a database uses an index of some of the rows only if the query has that index's own condition in it.
const PENDING: &str = "status = 'pending'";

/// More are no list that anybody reads.
const MOST_REFUNDS: i64 = 100;

macro_rules! open_reviews {
    () => {
        donation_reviews::table
            .filter(donation_reviews::resolved_at.is_null())
            .select((donation_reviews::donation_id, donation_reviews::review))
    };
}

macro_rules! parked {
    () => {
        jobs::table.filter(jobs::status.eq(JobStatus::Parked.word())).select(count_star())
    };
}

macro_rules! stuck_refunds {
    ($before:expr) => {
        refunds::table
            .filter(sql::<Bool>(PENDING))
            .filter(refunds::created_at.lt(At($before)))
            .order((refunds::created_at, refunds::id))
            .limit(MOST_REFUNDS)
            .select(refunds::donation_id)
    };
}

macro_rules! unmatched {
    ($since:expr) => {
        deliveries::table
            .filter(deliveries::outcome.eq(DeliveryOutcome::Unmatched.word()))
            .filter(deliveries::received_at.ge(At($since)))
            .select(count_star())
    };
}

pub(crate) fn waiting(conn: &mut Conn, asked: &AskWaiting) -> Result<Waiting, QueryError> {
    read(conn, |conn| {
        let (flagged, reviews) = reviews(conn)?;
        let stuck: Vec<Id> = stuck_refunds!(asked.refunds_before).load(conn)?;
        Ok(Waiting {
            flagged,
            reviews,
            parked_jobs: count(parked!().first(conn)?),
            differences: differences(conn)?,
            compared: compared(conn, asked.days)?,
            stuck_refunds: stuck.into_iter().map(|id| DonationId(id.0)).collect(),
            unmatched: count(unmatched!(asked.deliveries_since).first(conn)?),
        })
    })
}

/// How many donations, and how many for each reason. What is open is little, and counted here: a database would go through what was
/// resolved, too, to count donations once.
fn reviews(conn: &mut Conn) -> Result<(u64, Vec<(Review, u64)>), QueryError> {
    let open: Vec<(Id, String)> = open_reviews!().load(conn)?;
    let (mut donations, mut by_reason) = (BTreeSet::new(), BTreeMap::<_, BTreeSet<_>>::new());
    for (donation, word) in open {
        let review = Review::from_word(&word).ok_or_else(|| QueryError::broken("an unknown review"))?;
        donations.insert(donation);
        by_reason.entry(review).or_default().insert(donation);
    }
    let size = |donations: &BTreeSet<Id>| u64::try_from(donations.len()).unwrap_or(u64::MAX);
    Ok((size(&donations), by_reason.iter().map(|(review, donations)| (*review, size(donations))).collect()))
}

/// There are few differences, or there is nothing more pressing than to find out why.
fn differences(conn: &mut Conn) -> Result<Vec<(Day, u64)>, QueryError> {
    let by_day: Vec<(String, i64)> = reconciliation_differences::table
        .filter(reconciliation_differences::settled.eq(false))
        .group_by(reconciliation_differences::day)
        .select((reconciliation_differences::day, count_star()))
        .order(reconciliation_differences::day.desc())
        .load(conn)?;
    by_day.into_iter().map(|(word, number)| Ok((day(&word)?, count(number)))).collect()
}

fn compared(conn: &mut Conn, (first, last): (Day, Day)) -> Result<Vec<Day>, QueryError> {
    let ended: Vec<(String, Option<At>)> = reconciliations::table
        .filter(reconciliations::day.between(first.to_string(), last.to_string()))
        .filter(reconciliations::status.eq(ReportStatus::Done.word()))
        .order(reconciliations::day)
        .select((reconciliations::day, reconciliations::finished_at))
        .load(conn)?;
    let mut days = Vec::new();
    for (word, finished_at) in ended {
        let day = day(&word)?;
        if finished_at.is_some_and(|at| day.closes_at() <= at.0) {
            days.push(day);
        }
    }
    Ok(days)
}

fn day(word: &str) -> Result<Day, QueryError> {
    Day::parse(word).ok_or_else(|| QueryError::broken("a day that is none"))
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
    async fn what_waits_is_counted_from_indexes_of_what_waits() {
        let now = chrono::DateTime::from_timestamp(1_795_521_600, 0).unwrap();
        for (plan, index) in [
            (plan_of(open_reviews!()).await, "donation_reviews_open"),
            (plan_of(parked!()).await, "jobs_parked_"),
            (plan_of(stuck_refunds!(now)).await, "refunds_pending"),
            (plan_of(unmatched!(now)).await, "deliveries_by_outcome"),
        ] {
            assert!(plan.contains(index), "{plan}");
        }
    }
}
