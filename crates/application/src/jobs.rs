//! Background work: mails, and superfluous payments that go back by themselves.
//!
//! 1. Transaction: a few jobs are taken, each with a lease, so that no other server does them.
//! 2. Each is done: a mail is handed over, or a refund is written down and asked for.
//! 3. Transaction: what came of it is written down, which ends the lease.
//!
//! Whoever dies between 2 and 3 leaves a lease behind that runs out; then the job is done again. That is harmless: a mail's id is
//! the job's, so that both copies are one mail, and a refund's id follows from the job's. (A mail to an account carries a token,
//! another one each time: `jobs/account_mails.rs`.)

mod account_mails;
mod mails;

use chrono::TimeDelta;
use domain::donation::{Actor, Cause, RefundWish, Work};
use domain::ports::{DueJobs, Job, JobOutcome, MailError, Save, StoreError, Task};
use domain::{Donation, LineText, Refund, RefundId};
use futures_util::future::join_all;

use crate::House;
use crate::alerts;
use crate::house::Duplicates;
use crate::payment_log::log_steps;
use crate::refund_donation::{RefundDonationError, carry_out};
use crate::save::ROUNDS;

/// How many jobs are done at a time.
const AT_ONCE: u32 = 4;

/// How many times so many a round does at most. What is left over is due in the next one.
const TURNS: u32 = 25;

/// Longer than a mail server or the gateway can take.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// How often a job is tried: the pauses between the tries add up to about a day and a half.
const MOST_TRIES: u32 = 14;

const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);
const LONGEST_PAUSE: TimeDelta = TimeDelta::hours(6);

/// What came of a round.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct JobRound {
    /// Jobs that were taken and begun.
    pub begun: u32,
    /// Those of them that are done.
    pub done: u32,
    /// Those that will be tried again.
    pub again: u32,
    /// Those that somebody has to look at.
    pub parked: u32,
}

/// One round: a hundred jobs at most, four at a time. As soon as `stopping` says so nothing more is begun, and what has been
/// taken is given back.
///
/// # Errors
/// [`StoreError`] if the store does not say what is due. What was done by then stays done.
pub async fn work_off_jobs(house: &House, stopping: &(dyn Fn() -> bool + Sync)) -> Result<JobRound, StoreError> {
    let begun_at = house.clock.now();
    let mut round = JobRound::default();
    for _ in 0..TURNS {
        if stopping() {
            break;
        }
        let due = DueJobs { now: begun_at, lease_until: house.clock.now() + LEASE, limit: AT_ONCE };
        let jobs = house.jobs.take_due(&due).await?;
        let turn = join_all(jobs.iter().map(|job| take_on(house, job, stopping))).await;
        for outcome in &turn {
            round.begun += u32::from(!matches!(outcome, JobOutcome::GivenBack));
            round.done += u32::from(matches!(outcome, JobOutcome::Done { .. }));
            round.again += u32::from(matches!(outcome, JobOutcome::Again { .. }));
            round.parked += u32::from(matches!(outcome, JobOutcome::Parked { .. }));
        }
        if turn.len() < AT_ONCE as usize {
            break;
        }
    }
    Ok(round)
}

async fn take_on(house: &House, job: &Job, stopping: &(dyn Fn() -> bool + Sync)) -> JobOutcome {
    let outcome = if stopping() { JobOutcome::GivenBack } else { outcome_of(house, job).await };
    log_outcome(job, &outcome);
    if let Err(error) = house.jobs.finish(job, &outcome, house.clock.now()).await {
        // It is taken again when the lease ends.
        let whose = Whose::of(job);
        tracing::error!(
            { job.id = %job.id, donation.id = whose.donation, account.id = whose.account, error = %error },
            "job.not_finished"
        );
    }
    outcome
}

/// Why a job is not done.
pub(crate) enum Failure {
    /// It may work later.
    Passing(String),
    /// It will not.
    Final(String),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::Passing(error.to_string())
    }
}

impl From<MailError> for Failure {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Unavailable(_) => Self::Passing(error.to_string()),
            MailError::Refused(_) => Self::Final(error.to_string()),
        }
    }
}

async fn outcome_of(house: &House, job: &Job) -> JobOutcome {
    match carry_through(house, job).await {
        Ok(note) => JobOutcome::Done { note },
        Err(Failure::Passing(why)) if job.tries < MOST_TRIES => {
            let jitter = house.ids.secret()[0];
            JobOutcome::Again { at: house.clock.now() + pause(job.tries, jitter), why }
        }
        Err(Failure::Passing(why) | Failure::Final(why)) => JobOutcome::Parked { why },
    }
}

/// Does the work. The note says why there was nothing to do.
#[tracing::instrument(target = "telemetry", name = "job", skip_all, fields(job.id = %job.id, job.kind = job.task.word()))]
async fn carry_through(house: &House, job: &Job) -> Result<Option<String>, Failure> {
    let (id, work) = match job.task {
        Task::Donation(id, work) => (id, work),
        Task::Account(account, mail) => return account_mails::send(house, job, (account, mail)).await,
        Task::Operators(account) => return alerts::send(house, job, account).await,
    };
    let donation = house.donations.find(id).await?;
    let donation = donation.ok_or_else(|| Failure::Final("there is no such donation".to_owned()))?;
    if work == Work::RefundDuplicate {
        return refund_duplicate(house, job, &donation).await;
    }
    match mails::write(house, (job, work), &donation).await? {
        Ok(mail) => {
            house.mailer.send(&mail).await?;
            Ok(None)
        }
        Err(nothing_to_tell) => Ok(Some(nothing_to_tell.to_owned())),
    }
}

/// Gives the superfluous payment back, if the charity wants that done by itself. The refund's id follows from the job's, so that
/// it is asked for once however often the job is done; only after it has failed is another one made.
async fn refund_duplicate(house: &House, job: &Job, donation: &Donation) -> Result<Option<String>, Failure> {
    if house.settings.duplicates == Duplicates::Flag {
        return Ok(Some("left to a person: AUTO_REFUND_DUPLICATES is off".to_owned()));
    }
    let cause = Cause { actor: Actor::System, request_id: None };
    let reason = LineText::parse("paid twice").expect("a plain line");
    let key = job.id.to_string();
    let mut donation = donation.clone();
    for _ in 0..ROUNDS {
        let id = RefundId::of_next_try(&donation, cause.actor, &key);
        match donation.refund(id) {
            Some(known) if !known.is_open() => return Ok(None),
            // From here on `settle_pending_refunds` sees to it, whatever comes of this call.
            Some(_) => {
                return match carry_out(house, &donation, id, &cause).await {
                    Ok(_) => Ok(None),
                    Err(RefundDonationError::Store(error)) => Err(error.into()),
                    Err(error) => Err(Failure::Final(error.to_string())),
                };
            }
            None => {}
        }
        let wish = RefundWish { id, amount: None, reason: reason.clone() };
        let Some(change) = donation.plan_duplicate_refund(&wish, house.clock.now(), &cause) else {
            return nothing_superfluous(&donation);
        };
        donation = match house.donations.save(&change).await? {
            Save::Saved(saved) => {
                log_steps(Some(&donation), &saved, &change.entries);
                *saved
            }
            Save::Conflict => {
                let read = house.donations.find(donation.id).await?;
                read.ok_or_else(|| Failure::Final("there is no such donation".to_owned()))?
            }
        };
    }
    Err(Failure::Passing("the donation is being changed by too many at once".to_owned()))
}

/// All that is superfluous has gone back, or is on its way. The bank may still decline that, so then it is looked at again.
fn nothing_superfluous(donation: &Donation) -> Result<Option<String>, Failure> {
    let under_way = donation.refunds.iter().any(Refund::is_open);
    if donation.payments_held() > 1 && under_way {
        return Err(Failure::Passing("other refunds of the payments are under way".to_owned()));
    }
    Ok(Some("no payment is superfluous any longer".to_owned()))
}

/// Half a minute after the first try, then twice as long each time, six hours at most; up to a quarter more or less of that, so
/// that what failed together does not come back together.
fn pause(tries: u32, jitter: u8) -> TimeDelta {
    let doubled = FIRST_PAUSE * 2_i32.saturating_pow(tries.saturating_sub(1).min(16));
    let pause = doubled.min(LONGEST_PAUSE);
    pause * 3 / 4 + pause * i32::from(jitter) / 510
}

/// Whose a job is, for the log.
struct Whose {
    donation: Option<String>,
    account: Option<String>,
}

impl Whose {
    fn of(job: &Job) -> Self {
        let donation = job.task.donation().map(|id| id.to_string());
        Self { donation, account: job.task.account().map(|id| id.to_string()) }
    }
}

fn log_outcome(job: &Job, outcome: &JobOutcome) {
    let (id, kind, tries) = (job.id, job.task.word(), job.tries);
    let Whose { donation, account } = Whose::of(job);
    match outcome {
        JobOutcome::Done { note } => tracing::info!(
            { job.id = %id, job.kind = kind, job.tries = tries, donation.id = donation, account.id = account,
              note = note.as_deref() },
            "job.done"
        ),
        JobOutcome::Again { at, why } => tracing::warn!(
            { job.id = %id, job.kind = kind, job.tries = tries, donation.id = donation, account.id = account,
              again_at = %at, why = why },
            "job.failed"
        ),
        JobOutcome::GivenBack => tracing::info!(
            { job.id = %id, job.kind = kind, donation.id = donation, account.id = account },
            "job.given_back"
        ),
        JobOutcome::Parked { why } => tracing::error!(
            { job.id = %id, job.kind = kind, job.tries = tries, donation.id = donation, account.id = account,
              why = why },
            "job.parked"
        ),
    }
}

/// When the last try is made at the latest, counted from the first one, if every pause is as long as it can be.
#[cfg(test)]
fn longest_life() -> TimeDelta {
    (1..MOST_TRIES).map(|tries| pause(tries, u8::MAX)).fold(TimeDelta::zero(), |sum, pause| sum + pause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_six_hours_and_spread() {
        let pauses: Vec<_> = (1..=4).map(|tries| pause(tries, 128).num_seconds()).collect();
        assert_eq!(pauses, [30, 60, 120, 240]);
        assert_eq!(pause(1, 0), TimeDelta::milliseconds(22_500));
        assert_eq!(pause(1, u8::MAX), TimeDelta::milliseconds(37_500));
        for tries in [12, 20, u32::MAX] {
            assert!(pause(tries, 255) <= LONGEST_PAUSE * 5 / 4);
        }
        assert!((24..48).contains(&longest_life().num_hours()), "{}", longest_life());
    }
}
