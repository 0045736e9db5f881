//! What the watch over the house looks at: how the gateway stands, whether webhooks come, and what a day came to.

use chrono::TimeDelta;
use diesel::dsl::{count_star, max, min, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};
use domain::alert::GatewayFailure;
use domain::donation::{Actor, TimelineKind};
use domain::ports::{DaySummary, GatewayAnswer, GatewayHealth, JobStatus, Silence, Sum, SummaryOf};
use domain::reconciliation::ReportStatus;
use domain::{Account, Instant, RefundStatus, Role, Tenge};

use super::alerts::{THE_ONE, hold};
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::AccountRow;
use crate::schema::{
    accounts, deliveries, donation_reviews, donations, gateway_health as health, jobs, reconciliation_differences,
    reconciliations, refunds, timeline_entries as timeline,
};
use crate::types::At;

pub(crate) fn take_turn(conn: &mut Conn, now: Instant, every: TimeDelta) -> Result<bool, QueryError> {
    write(conn, |conn| {
        hold(conn)?;
        let overdue = health::looked_at.is_null().or(health::looked_at.le(At(now - every)));
        let taken = diesel::update(health::table.find(THE_ONE))
            .filter(overdue)
            .set(health::looked_at.eq(At(now)))
            .execute(conn)?;
        Ok(taken == 1)
    })
}

/// When the gateway last answered, since when it has failed, when it last did, and how.
type HealthRow = (Option<At>, Option<At>, Option<At>, Option<String>);

pub(crate) fn gateway_answered(conn: &mut Conn, answer: &GatewayAnswer) -> Result<GatewayHealth, QueryError> {
    write(conn, |conn| {
        hold(conn)?;
        let columns = (health::ok_at, health::failing_since, health::failed_at, health::failure);
        let (ok_at, failing_since, failed_at, failure): HealthRow =
            health::table.find(THE_ONE).select(columns).first(conn)?;
        let known = failure.as_deref().map(|word| GatewayFailure::from_word(word).ok_or_else(damaged)).transpose()?;
        let before = GatewayHealth {
            ok_at: ok_at.map(|at| at.0),
            failing: failing_since.zip(known).map(|(since, failure)| (since.0, failure)),
        };
        let last = ok_at.max_of(failed_at);
        if last.is_some_and(|last| answer.at < last) {
            return Ok(before);
        }
        let after = match answer.failure {
            None => GatewayHealth { ok_at: Some(answer.at), failing: None },
            Some(failure) => {
                let since = before.failing.map_or(answer.at, |(since, _)| since);
                GatewayHealth { failing: Some((since, failure)), ..before }
            }
        };
        let failed_at = answer.failure.map(|_| At(answer.at));
        diesel::update(health::table.find(THE_ONE))
            .set((
                health::ok_at.eq(after.ok_at.map(At)),
                health::failing_since.eq(after.failing.map(|(since, _)| At(since))),
                health::failed_at.eq(failed_at),
                health::failure.eq(after.failing.map(|(_, failure)| failure.word())),
            ))
            .execute(conn)?;
        Ok(after)
    })
}

fn damaged() -> QueryError {
    QueryError::broken("gateway_health.failure holds what no failure is")
}

trait Later {
    fn max_of(self, other: Self) -> Option<Instant>;
}

impl Later for Option<At> {
    fn max_of(self, other: Self) -> Option<Instant> {
        self.map(|at| at.0).max(other.map(|at| at.0))
    }
}

/// Orders that turned out to be paid when the gateway was asked.
macro_rules! found_by_asking {
    () => {
        timeline::table
            .filter(timeline::kind.eq(TimelineKind::PaymentCaptured.word()))
            .filter(timeline::actor.eq(Actor::System.word()))
    };
}

macro_rules! last_webhook {
    () => {
        deliveries::table.select(max(deliveries::last_received_at))
    };
}

macro_rules! those_who_see_all {
    () => {
        accounts::table
            // Written out, because the index of those who are no donors has that condition.
            .filter(sql::<Bool>("role <> 'donor'"))
            .filter(accounts::role.eq(Role::Admin.word()))
            .order((accounts::created_at, accounts::id))
            .select(AccountRow::as_select())
    };
}

pub(crate) fn silence(conn: &mut Conn) -> Result<Option<Silence>, QueryError> {
    let (first, number): (Option<At>, i64) = read(conn, |conn| {
        let last: Option<At> = last_webhook!().first(conn)?;
        let of_them = (min(timeline::at), count_star());
        Ok::<_, QueryError>(match last {
            Some(last) => found_by_asking!().filter(timeline::at.gt(last)).select(of_them).first(conn)?,
            None => found_by_asking!().select(of_them).first(conn)?,
        })
    })?;
    Ok(first.map(|first| Silence { since: first.0, orders: u32::try_from(number).unwrap_or(u32::MAX) }))
}

pub(crate) fn administrators(conn: &mut Conn) -> Result<Vec<Account>, QueryError> {
    let rows: Vec<AccountRow> = read(conn, |conn| those_who_see_all!().load(conn))?;
    rows.into_iter().map(AccountRow::into_account).collect()
}

/// How many entries of a kind a day's timeline has, of donations with real money.
macro_rules! steps {
    ($span:expr, $kind:expr) => {
        timeline::table
            .filter(timeline::kind.eq($kind.word()))
            .filter(timeline::at.ge(At($span.from)))
            .filter(timeline::at.lt(At($span.until)))
            .filter(sql::<Bool>(
                "EXISTS (SELECT 1 FROM donations d WHERE d.id = timeline_entries.donation_id AND NOT d.test_mode)",
            ))
            .count()
    };
}

pub(crate) fn summary(conn: &mut Conn, wanted: &SummaryOf) -> Result<DaySummary, QueryError> {
    read(conn, |conn| {
        let span = wanted.day.span();
        let paid: (i64, Option<i64>) = donations::table
            .filter(donations::completed_at.ge(At(span.from)))
            .filter(donations::completed_at.lt(At(span.until)))
            .filter(donations::test_mode.eq(false))
            .select((count_star(), sql::<Nullable<BigInt>>("CAST(sum(amount) AS bigint)")))
            .first(conn)?;
        let refunded: (i64, Option<i64>) = refunds::table
            .filter(refunds::created_at.ge(At(span.from)))
            .filter(refunds::created_at.lt(At(span.until)))
            .filter(refunds::status.eq(RefundStatus::Succeeded.word()))
            .select((count_star(), sql::<Nullable<BigInt>>("CAST(sum(amount) AS bigint)")))
            .first(conn)?;
        let compared: i64 = reconciliations::table
            .filter(reconciliations::day.ge(wanted.compared_from.to_string()))
            .filter(reconciliations::day.le(wanted.compared_to.to_string()))
            .filter(reconciliations::status.eq(ReportStatus::Done.word()))
            .count()
            .get_result(conn)?;
        let days: i64 = reconciliation_differences::table
            .filter(sql::<Bool>("NOT settled"))
            .select(sql::<BigInt>("count(DISTINCT day)"))
            .first(conn)?;
        let reviews: i64 =
            donation_reviews::table.filter(donation_reviews::resolved_at.is_null()).count().get_result(conn)?;
        let parked: i64 = jobs::table.filter(jobs::status.eq(JobStatus::Parked.word())).count().get_result(conn)?;
        let expected = wanted.compared_to.days_since(wanted.compared_from);
        Ok(DaySummary {
            begun: number(steps!(span, TimelineKind::DonationCreated).get_result(conn)?),
            paid: total(paid)?,
            refunded: total(refunded)?,
            declined: number(steps!(span, TimelineKind::PaymentDeclined).get_result(conn)?),
            open_reviews: number(reviews),
            jobs_parked: number(parked),
            days_differ: number(days),
            days_not_compared: expected.saturating_sub(number(compared)),
        })
    })
}

fn number(counted: i64) -> u64 {
    u64::try_from(counted).unwrap_or_default()
}

fn total((counted, amount): (i64, Option<i64>)) -> Result<Sum, QueryError> {
    let amount = Tenge::from_i64(amount.unwrap_or_default());
    let amount = amount.map_err(|_| QueryError::broken("a sum that no amount can hold"))?;
    Ok(Sum { number: number(counted), amount })
}

#[cfg(test)]
mod tests {
    use super::super::super::plan_of;
    use super::*;

    #[tokio::test]
    async fn whether_webhooks_come_is_seen_in_indexes() {
        let now = At(chrono::DateTime::from_timestamp(1_795_521_600, 0).unwrap());
        let found = || found_by_asking!().filter(timeline::at.gt(now));
        for (plan, index) in [
            (plan_of(last_webhook!()).await, "deliveries_by_last_copy"),
            (plan_of(found().select((min(timeline::at), count_star()))).await, "timeline_entries_by_kind"),
            (plan_of(those_who_see_all!()).await, "accounts_that_see_all"),
        ] {
            assert!(plan.contains(index), "{plan}");
        }
    }
}
