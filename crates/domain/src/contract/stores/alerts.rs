//! What operators are told of, once per cause.

use chrono::TimeDelta;
use futures_util::future::join_all;

use super::Stores;
use super::samples::{account, at, email};
use crate::alert::{Alert, AlertKind, AlertPhase, GatewayFailure};
use crate::ports::{AlertStore, DueJobs, GatewayAnswer, GatewayHealth, Job, Notice, Recipient, Task, Telling, Told};
use crate::{Account, Instant, JobId, Role};

/// One mail a kind in so long.
const GATHERED: TimeDelta = TimeDelta::minutes(10);

fn operator() -> Recipient {
    Recipient::Address(email("operator@example.com"))
}

fn telling(minute: i64) -> Telling {
    Telling { recipients: vec![operator()], now: at(minute), gathered_since: at(minute) - GATHERED }
}

pub(super) async fn told(alerts: &dyn AlertStore, minute: i64) -> Vec<Told> {
    alerts.tell(&telling(minute)).await.unwrap()
}

pub(super) fn one(kind: AlertKind, phase: AlertPhase) -> Vec<Told> {
    vec![Told { kind, phase, alerts: 1 }]
}

pub(super) fn down(minute: i64) -> Alert {
    Alert::of(AlertKind::GatewayDown, "gateway", at(minute)).with(GatewayFailure::Unreachable.word())
}

/// The mails to operators that are due, taken.
pub(super) async fn mails(stores: Stores<'_>, now: Instant) -> Vec<Job> {
    let due = DueJobs { now, lease_until: now + TimeDelta::minutes(5), limit: 100 };
    let mut jobs = stores.jobs.take_due(&due).await.unwrap();
    jobs.retain(|job| matches!(job.task, Task::Operators(_)));
    jobs
}

/// The first caller, and nobody else until so long after.
pub async fn a_turn_is_taken_once_in_a_while(stores: Stores<'_>) {
    let every = TimeDelta::minutes(1);
    let turns = join_all((0..20).map(|_| stores.alerts.take_turn(at(0), every))).await;
    assert_eq!(turns.into_iter().filter(|turn| *turn == Ok(true)).count(), 1);
    assert_eq!(stores.alerts.take_turn(at(1) - TimeDelta::microseconds(1), every).await, Ok(false));
    assert_eq!(stores.alerts.take_turn(at(1), every).await, Ok(true));
}

/// However often and by however many it is begun and told.
pub async fn a_cause_is_told_in_one_mail_to_each(stores: Stores<'_>) {
    let admin = Account { role: Role::Admin, ..account(7, "admin@example.com") };
    stores.accounts.create(&admin, None).await.unwrap();
    let both = Telling { recipients: vec![operator(), Recipient::Account(admin.id)], ..telling(5) };
    let rounds = (0..20).map(|_| async {
        stores.alerts.begin(&down(0), at(5)).await.unwrap();
        stores.alerts.tell(&both).await.unwrap()
    });
    let told: Vec<Told> = join_all(rounds).await.into_iter().flatten().collect();
    assert_eq!(told, one(AlertKind::GatewayDown, AlertPhase::Begun));
    let mut jobs = mails(stores, at(5)).await;
    jobs.sort_by_key(|job| job.task.account());
    assert_eq!(jobs.iter().map(|job| job.task.account()).collect::<Vec<_>>(), [None, Some(admin.id)]);
    let (named, own) = (notice(stores, jobs[0].id).await, notice(stores, jobs[1].id).await);
    assert_eq!((named.address, own.address), (Some(email("operator@example.com")), None));
    assert_eq!(named.id, own.id);
    assert_eq!((own.kind, own.phase, own.total), (AlertKind::GatewayDown, AlertPhase::Begun, 1));
    assert_eq!(own.alerts, [(down(0), None)]);
    assert_eq!(stores.alerts.notice(JobId(uuid::Uuid::from_u128(1)), 9).await, Ok(None));
}

pub(super) async fn notice(stores: Stores<'_>, job: JobId) -> Notice {
    stores.alerts.notice(job, 9).await.unwrap().expect("a mail to operators has a notice")
}

/// Its end is told too, and what begins later is another cause.
pub async fn what_ends_is_told_to_be_over_and_may_begin_anew(stores: Stores<'_>) {
    let alerts = stores.alerts;
    alerts.begin(&down(0), at(5)).await.unwrap();
    assert_eq!(told(alerts, 5).await, one(AlertKind::GatewayDown, AlertPhase::Begun));
    alerts.begin(&down(3), at(6)).await.unwrap();
    assert_eq!(told(alerts, 6).await, [], "it goes on");
    alerts.end(AlertKind::GatewayDown, at(7)).await.unwrap();
    alerts.end(AlertKind::GatewayDown, at(8)).await.unwrap();
    assert_eq!(told(alerts, 8).await, one(AlertKind::GatewayDown, AlertPhase::Over));
    assert_eq!(told(alerts, 8).await, []);
    let over = mails(stores, at(8)).await.pop().expect("two mails were queued");
    assert_eq!(mails(stores, at(8)).await, []);
    let over = notice(stores, over.id).await;
    assert_eq!(over.alerts.len(), 1);
    alerts.begin(&down(0), at(9)).await.unwrap();
    assert_eq!(told(alerts, 9).await, [], "it was told before");
    alerts.begin(&down(9), at(10)).await.unwrap();
    assert_eq!(told(alerts, 10).await, one(AlertKind::GatewayDown, AlertPhase::Begun));
}

/// Neither its beginning nor its end.
pub async fn what_ended_before_it_was_told_is_not_told(stores: Stores<'_>) {
    stores.alerts.begin(&down(0), at(5)).await.unwrap();
    stores.alerts.end(AlertKind::GatewayDown, at(6)).await.unwrap();
    assert_eq!(told(stores.alerts, 6).await, []);
}

/// It is told as soon as there is somebody.
pub async fn without_recipients_nothing_is_told(stores: Stores<'_>) {
    stores.alerts.begin(&down(0), at(5)).await.unwrap();
    let nobody = Telling { recipients: Vec::new(), ..telling(5) };
    assert_eq!(stores.alerts.tell(&nobody).await, Ok(Vec::new()));
    assert_eq!(told(stores.alerts, 6).await, one(AlertKind::GatewayDown, AlertPhase::Begun));
}

/// A day after the other, each in one mail.
pub async fn a_day_is_summed_up_once(stores: Stores<'_>) {
    for minute in [1, 2] {
        let day = |subject: &str| Alert::of(AlertKind::DailySummary, subject, at(0));
        stores.alerts.begin(&day("2026-11-24"), at(minute)).await.unwrap();
        let expected = if minute == 1 { one(AlertKind::DailySummary, AlertPhase::Begun) } else { Vec::new() };
        assert_eq!(told(stores.alerts, minute).await, expected);
    }
    let next = Alert::of(AlertKind::DailySummary, "2026-11-25", at(1_440));
    stores.alerts.begin(&next, at(1_441)).await.unwrap();
    assert_eq!(told(stores.alerts, 1_441).await, one(AlertKind::DailySummary, AlertPhase::Begun));
}

/// From the first failure to the next answer, whichever server asked.
pub async fn the_gateway_fails_from_its_first_failure_to_its_next_answer(stores: Stores<'_>) {
    let answered = |minute, failure| async move {
        stores.alerts.gateway_answered(&GatewayAnswer { at: at(minute), failure }).await.unwrap()
    };
    let (unreachable, refused) = (GatewayFailure::Unreachable, GatewayFailure::KeyRefused);
    let health = |ok: Option<i64>, failing: Option<(i64, GatewayFailure)>| GatewayHealth {
        ok_at: ok.map(at),
        failing: failing.map(|(since, failure)| (at(since), failure)),
    };
    assert_eq!(answered(1, Some(unreachable)).await, health(None, Some((1, unreachable))));
    assert_eq!(answered(2, None).await, health(Some(2), None));
    assert_eq!(answered(3, Some(unreachable)).await, health(Some(2), Some((3, unreachable))));
    assert_eq!(answered(5, Some(refused)).await, health(Some(2), Some((3, refused))));
    let late = answered(4, None).await;
    assert_eq!(late, health(Some(2), Some((3, refused))), "what was asked earlier says nothing of now");
    assert_eq!(answered(6, None).await, health(Some(6), None));
    assert_eq!(answered(4, Some(unreachable)).await, health(Some(6), None));
}

/// Neither those who only look nor donors.
pub async fn those_who_answer_for_the_money_are_the_administrators(stores: Stores<'_>) {
    for (number, role) in (1..).zip([Role::Donor, Role::Admin, Role::Viewer, Role::Admin]) {
        let one = Account { role, ..account(number, &format!("{number}@example.com")) };
        stores.accounts.create(&one, None).await.unwrap();
    }
    let administrators = stores.alerts.administrators().await.unwrap();
    assert_eq!(
        administrators.iter().map(|one| one.email.as_str()).collect::<Vec<_>>(),
        ["2@example.com", "4@example.com"]
    );
}
