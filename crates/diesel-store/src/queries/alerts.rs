//! What operators are told of. Whoever writes holds the row of `gateway_health`, so that of several servers one does it at a time:
//! each sees what the others have noted and told.

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Text};
use domain::alert::{Alert, AlertKind, AlertPhase};
use domain::ports::{Notice, Recipient, Telling, Told};
use domain::{AccountId, DonationId, DonorEmail, Instant, JobId, NoticeId};
use uuid::Uuid;

use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::{AlertRow, JobRow};
use crate::schema::{alert_mails, alert_notices, alerts, gateway_health as health, jobs};
use crate::types::{At, DbTimestamp, DbUuid, Id};

/// The only row's name.
pub(super) const THE_ONE: &str = "gateway";

/// What one look notes of a kind at most; the next one goes on.
const AT_ONCE: &str = "500";

/// Makes the row if need be, and holds it until the end of the transaction.
pub(super) fn hold(conn: &mut Conn) -> Result<(), QueryError> {
    diesel::insert_into(health::table)
        .values(health::name.eq(THE_ONE))
        .on_conflict(health::name)
        .do_nothing()
        .execute(conn)?;
    let held: String = held!(health::table.find(THE_ONE).select(health::name)).first(conn)?;
    debug_assert_eq!(held, THE_ONE);
    Ok(())
}

/// The causes that wait somewhere and were not noted yet. Each is looked up by the name that its alert would have.
const REVIEWS: &str = "
    SELECT CAST(r.donation_id AS text) || ':' || r.review || ':' || r.subject AS subject, r.raised_at AS since,
        r.donation_id AS donation_id, NULL AS job_id, r.review AS detail
    FROM donation_reviews r
    WHERE r.resolved_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM alerts a WHERE a.kind = 'review' AND a.since = r.raised_at
            AND a.subject = CAST(r.donation_id AS text) || ':' || r.review || ':' || r.subject
    )
    ORDER BY r.raised_at LIMIT ";

const DAYS: &str = "
    SELECT r.day AS subject, r.finished_at AS since, NULL AS donation_id, NULL AS job_id,
        CAST(count(*) AS text) AS detail
    FROM reconciliation_differences d JOIN reconciliations r ON r.day = d.day
    WHERE NOT d.settled AND r.status = 'done' AND NOT EXISTS (
        SELECT 1 FROM alerts a WHERE a.kind = 'day_differs' AND a.subject = r.day
            AND (a.since = r.finished_at OR a.ended_at IS NULL)
    )
    GROUP BY r.day, r.finished_at ORDER BY r.day LIMIT ";

const JOBS: &str = "
    SELECT CAST(j.id AS text) AS subject, j.run_at AS since, j.donation_id AS donation_id, j.id AS job_id, j.kind AS detail
    FROM jobs j
    WHERE j.status = 'parked' AND j.kind <> 'tell_operators' AND NOT EXISTS (
        SELECT 1 FROM alerts a WHERE a.kind = 'job_parked' AND a.since = j.run_at AND a.subject = CAST(j.id AS text)
    )
    ORDER BY j.run_at LIMIT ";

/// The alerts that go on though their cause is gone.
const GONE: [&str; 3] = [
    "kind = 'review' AND ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM donation_reviews r WHERE r.donation_id = alerts.donation_id AND r.resolved_at IS NULL
            AND r.raised_at = alerts.since
            AND alerts.subject = CAST(r.donation_id AS text) || ':' || r.review || ':' || r.subject
    )",
    "kind = 'day_differs' AND ended_at IS NULL
        AND EXISTS (SELECT 1 FROM reconciliations r WHERE r.day = alerts.subject AND r.status = 'done')
        AND NOT EXISTS (
            SELECT 1 FROM reconciliation_differences d WHERE d.day = alerts.subject AND NOT d.settled
        )",
    "kind = 'job_parked' AND ended_at IS NULL AND NOT EXISTS (
        SELECT 1 FROM jobs j WHERE j.id = alerts.job_id AND j.status = 'parked' AND j.run_at = alerts.since
    )",
];

/// What goes on of a kind.
macro_rules! open {
    ($kind:expr) => {
        alerts::table.filter(alerts::kind.eq($kind.word())).filter(alerts::ended_at.is_null())
    };
}

/// How many alerts a notice tells of, and the first of them.
macro_rules! told_in {
    ($conn:expr, $of_notice:expr, $limit:expr) => {{
        let total: i64 = alerts::table.filter($of_notice).count().get_result($conn)?;
        let first: Vec<AlertRow> = alerts::table
            .filter($of_notice)
            .order((alerts::since, alerts::id))
            .limit($limit.into())
            .select(AlertRow::as_select())
            .load($conn)?;
        (total, first)
    }};
}

/// A cause as it waits.
#[derive(QueryableByName)]
struct WaitingRow {
    #[diesel(sql_type = Text)]
    subject: String,
    #[diesel(sql_type = DbTimestamp)]
    since: At,
    #[diesel(sql_type = diesel::sql_types::Nullable<DbUuid>)]
    donation_id: Option<Id>,
    #[diesel(sql_type = diesel::sql_types::Nullable<DbUuid>)]
    job_id: Option<Id>,
    #[diesel(sql_type = Text)]
    detail: String,
}

pub(crate) fn note_what_waits(conn: &mut Conn, now: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        hold(conn)?;
        for gone in GONE {
            let over = alerts::table.filter(sql::<Bool>(gone));
            // None of these kinds tells of its end.
            diesel::update(over).set((alerts::ended_at.eq(At(now)), alerts::tell.eq(None::<String>))).execute(conn)?;
        }
        for (kind, waiting) in
            [(AlertKind::Review, REVIEWS), (AlertKind::DayDiffers, DAYS), (AlertKind::JobParked, JOBS)]
        {
            let rows: Vec<WaitingRow> = diesel::sql_query(format!("{waiting}{AT_ONCE}")).load(conn)?;
            for row in rows {
                let alert = Alert {
                    kind,
                    subject: row.subject,
                    since: row.since.0,
                    donation: row.donation_id.map(|id| DonationId(id.0)),
                    job: row.job_id.map(|id| JobId(id.0)),
                    detail: Some(row.detail),
                };
                insert(conn, &alert, now)?;
            }
        }
        Ok(())
    })
}

fn insert(conn: &mut Conn, alert: &Alert, now: Instant) -> Result<(), QueryError> {
    diesel::insert_into(alerts::table).values(AlertRow::noted(alert, now)).on_conflict_do_nothing().execute(conn)?;
    Ok(())
}

pub(crate) fn begin(conn: &mut Conn, alert: &Alert, now: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        hold(conn)?;
        let going_on: i64 = open!(alert.kind).count().get_result(conn)?;
        if going_on == 0 { insert(conn, alert, now) } else { Ok(()) }
    })
}

pub(crate) fn end(conn: &mut Conn, kind: AlertKind, now: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        hold(conn)?;
        let over = kind.tells_of_its_end().then(|| AlertPhase::Over.word());
        // First those that nobody was told of: what was not heard to begin is not heard to end.
        diesel::update(open!(kind).filter(alerts::tell.is_not_null()))
            .set((alerts::ended_at.eq(At(now)), alerts::tell.eq(None::<String>)))
            .execute(conn)?;
        diesel::update(open!(kind)).set((alerts::ended_at.eq(At(now)), alerts::tell.eq(over))).execute(conn)?;
        Ok(())
    })
}

pub(crate) fn tell(conn: &mut Conn, telling: &Telling) -> Result<Vec<Told>, QueryError> {
    if telling.recipients.is_empty() {
        return Ok(Vec::new());
    }
    write(conn, |conn| {
        hold(conn)?;
        let mut told = Vec::new();
        for kind in AlertKind::ALL {
            for phase in AlertPhase::ALL {
                told.extend(tell_one(conn, (kind, phase), telling)?);
            }
        }
        Ok(told)
    })
}

fn tell_one(
    conn: &mut Conn,
    (kind, phase): (AlertKind, AlertPhase),
    telling: &Telling,
) -> Result<Option<Told>, QueryError> {
    let untold = || alerts::table.filter(alerts::kind.eq(kind.word())).filter(alerts::tell.eq(phase.word()));
    let first: Option<Id> = untold().order((alerts::since, alerts::id)).select(alerts::id).first(conn).optional()?;
    let Some(first) = first else { return Ok(None) };
    if kind.is_gathered() && told_lately(conn, (kind, phase), telling.gathered_since)? {
        return Ok(None);
    }
    // Of an alert each phase is told once, so that no other notice can have this name.
    let notice = Uuid::new_v5(&first.0, phase.word().as_bytes());
    diesel::insert_into(alert_notices::table)
        .values((
            alert_notices::id.eq(Id(notice)),
            alert_notices::kind.eq(kind.word()),
            alert_notices::phase.eq(phase.word()),
            alert_notices::made_at.eq(At(telling.now)),
        ))
        .execute(conn)?;
    let no_more = alerts::tell.eq(None::<String>);
    let number = match phase {
        AlertPhase::Begun => {
            diesel::update(untold()).set((no_more, alerts::begun_notice.eq(Id(notice)))).execute(conn)?
        }
        AlertPhase::Over => {
            diesel::update(untold()).set((no_more, alerts::over_notice.eq(Id(notice)))).execute(conn)?
        }
    };
    for recipient in &telling.recipients {
        queue(conn, (notice, recipient), telling.now)?;
    }
    Ok(Some(Told { kind, phase, alerts: u32::try_from(number).unwrap_or(u32::MAX) }))
}

fn told_lately(
    conn: &mut Conn,
    (kind, phase): (AlertKind, AlertPhase),
    gathered_since: Instant,
) -> Result<bool, QueryError> {
    let lately: i64 = alert_notices::table
        .filter(alert_notices::kind.eq(kind.word()))
        .filter(alert_notices::phase.eq(phase.word()))
        .filter(alert_notices::made_at.gt(At(gathered_since)))
        .count()
        .get_result(conn)?;
    Ok(lately > 0)
}

fn queue(conn: &mut Conn, (notice, recipient): (Uuid, &Recipient), now: Instant) -> Result<(), QueryError> {
    let (name, account, address): (String, Option<AccountId>, Option<&str>) = match recipient {
        Recipient::Account(id) => (id.to_string(), Some(*id), None),
        Recipient::Address(address) => (address.as_str().to_owned(), None, Some(address.as_str())),
    };
    let job = JobId(Uuid::new_v5(&notice, name.as_bytes()));
    let queued = diesel::insert_into(jobs::table)
        .values(JobRow::operators(job, account, now))
        .on_conflict_do_nothing()
        .execute(conn)?;
    if queued == 1 {
        diesel::insert_into(alert_mails::table)
            .values((
                alert_mails::job_id.eq(Id(job.0)),
                alert_mails::notice_id.eq(Id(notice)),
                alert_mails::address.eq(address),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// A notice's row: its id, its kind, its phase, and the address that the mail goes to.
type NoticeRow = (Id, String, String, Option<String>);

pub(crate) fn notice(conn: &mut Conn, job: JobId, limit: u32) -> Result<Option<Notice>, QueryError> {
    read(conn, |conn| {
        let row: Option<NoticeRow> = alert_mails::table
            .inner_join(alert_notices::table)
            .filter(alert_mails::job_id.eq(Id(job.0)))
            .select((alert_notices::id, alert_notices::kind, alert_notices::phase, alert_mails::address))
            .first(conn)
            .optional()?;
        let Some((id, kind, phase, address)) = row else { return Ok(None) };
        let damaged = |column: &str| QueryError::broken(format!("{column} holds what no notice can have"));
        let phase = AlertPhase::from_word(&phase).ok_or_else(|| damaged("alert_notices.phase"))?;
        let (total, rows) = match phase {
            AlertPhase::Begun => told_in!(conn, alerts::begun_notice.eq(id), limit),
            AlertPhase::Over => told_in!(conn, alerts::over_notice.eq(id), limit),
        };
        Ok(Some(Notice {
            id: NoticeId(id.0),
            kind: AlertKind::from_word(&kind).ok_or_else(|| damaged("alert_notices.kind"))?,
            phase,
            total: u32::try_from(total).unwrap_or(u32::MAX),
            alerts: rows.into_iter().map(AlertRow::into_alert).collect::<Result<_, _>>()?,
            address: address
                .map(|text| DonorEmail::parse(&text))
                .transpose()
                .map_err(|_| damaged("alert_mails.address"))?,
        }))
    })
}

#[cfg(test)]
mod tests {
    use super::super::super::plan_of;
    use super::*;

    /// Of the rows that wait, and one look-up each of the alert that they may have.
    #[tokio::test]
    async fn what_waits_is_found_in_indexes_of_what_waits() {
        for (waiting, indexes) in [
            (REVIEWS, ["donation_reviews_open", "alerts_by_cause"]),
            (DAYS, ["reconciliation_differences_open", "alerts_by_cause"]),
            (JOBS, ["jobs_parked_since", "alerts_by_cause"]),
        ] {
            let plan = plan_of(diesel::sql_query(format!("{waiting}{AT_ONCE}"))).await;
            for index in indexes {
                assert!(plan.contains(index), "{index} is not in {plan}");
            }
        }
    }

    #[tokio::test]
    async fn what_is_gone_and_what_is_to_be_told_are_found_in_indexes() {
        for gone in GONE {
            let plan = plan_of(alerts::table.filter(sql::<Bool>(gone)).select(alerts::id)).await;
            assert!(plan.contains("alerts_open"), "{plan}");
        }
        let untold = alerts::table
            .filter(alerts::kind.eq(AlertKind::Review.word()))
            .filter(alerts::tell.eq(AlertPhase::Begun.word()))
            .select(alerts::id);
        let plan = plan_of(untold).await;
        assert!(plan.contains("alerts_to_tell"), "{plan}");
    }
}
