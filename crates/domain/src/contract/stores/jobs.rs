//! Background work, and who does it.

use futures_util::future::join_all;
use uuid::Uuid;

use super::Stores;
use super::samples::{at, capture, completed, donation, edited, refund, saved, started};
use crate::donation::Work;
use crate::ports::{DueJobs, Job, JobOutcome, JobQuery, JobRecord, JobStatus, Task};
use crate::{Donation, DonationId, JobId, RefundId};

/// What is due at this minute, leased for ten.
fn due(minute: i64) -> DueJobs {
    DueJobs { now: at(minute), lease_until: at(minute + 10), limit: 100 }
}

async fn taken(stores: Stores<'_>, due: DueJobs) -> Vec<Job> {
    stores.jobs.take_due(&due).await.unwrap()
}

async fn finish(stores: Stores<'_>, job: &Job, outcome: JobOutcome, minute: i64) {
    stores.jobs.finish(job, &outcome, at(minute)).await.unwrap();
}

async fn all(stores: Stores<'_>) -> Vec<JobRecord> {
    stores.jobs.list(&JobQuery { donation: None, status: None, after: None, limit: 1000 }).await.unwrap()
}

fn again(minute: i64) -> JobOutcome {
    JobOutcome::Again { at: at(minute), why: "the mail server is asleep".to_owned() }
}

fn work_of(job: &Job) -> Work {
    job.task.work().expect("a donation's job")
}

/// A donation whose change at minute 2 queues this.
async fn queued(stores: Stores<'_>, number: u128, work: &[Work]) -> Donation {
    let current = started(stores, donation(number)).await;
    let mut change = edited(&current, |record| record.updated_at = at(2));
    change.work = work.to_vec();
    saved(stores, &change).await
}

/// With what it is about: its refund, and the certificate that the same change has issued.
pub async fn work_is_due_as_soon_as_it_is_queued(stores: Stores<'_>) {
    let begun = started(stores, donation(1)).await;
    let current = saved(stores, &capture(&begun)).await;
    let job = Job {
        id: Work::SendCertificate.job_id(&current),
        task: Task::Donation(current.id, Work::SendCertificate),
        certificate: current.certificate.as_ref().map(|certificate| certificate.number.clone()),
        tries: 1,
        queued_at: at(2),
        lease_until: at(12),
    };
    assert!(job.certificate.is_some());
    assert_eq!(taken(stores, due(1)).await, []);
    assert_eq!(taken(stores, due(2)).await, [job]);

    let part = saved(stores, &refund(&current, "r", 1_000)).await;
    let mut work: Vec<_> =
        taken(stores, due(3)).await.into_iter().map(|job| (work_of(&job), job.certificate)).collect();
    work.sort_by_key(|(work, _)| *work);
    let number = part.certificate.as_ref().map(|certificate| certificate.number.clone());
    let expected = [(Work::SendCertificate, number.clone()), (Work::TellOfRefund(part.refunds[0].id), number)];
    assert_eq!(work, expected);
}

/// Of every kind.
pub async fn work_of_every_kind_is_taken_as_it_was_queued(stores: Stores<'_>) {
    let refund = |number| Work::TellOfRefund(RefundId(Uuid::from_u128(number)));
    let kinds = [
        Work::SendCertificate,
        Work::SendCertificateAgain,
        Work::TellOfDecline,
        refund(1),
        refund(2),
        Work::RefundDuplicate,
    ];
    queued(stores, 1, &kinds).await;
    let mut work: Vec<_> = taken(stores, due(2)).await.iter().map(work_of).collect();
    work.sort();
    assert_eq!(work, kinds);
}

/// Up to the instant at which it ends, exclusive; then the try before has been counted.
pub async fn a_job_that_was_taken_is_due_again_when_its_lease_ends(stores: Stores<'_>) {
    queued(stores, 1, &[Work::TellOfDecline]).await;
    assert_eq!(taken(stores, due(5)).await[0].tries, 1);
    assert_eq!(taken(stores, due(14)).await, []);
    let again = taken(stores, due(15)).await.remove(0);
    assert_eq!((again.tries, again.lease_until), (2, at(25)));
}

/// And keeps what it came to.
pub async fn a_job_that_is_done_is_not_due(stores: Stores<'_>) {
    queued(stores, 1, &[Work::TellOfDecline]).await;
    let job = taken(stores, due(5)).await.remove(0);
    finish(stores, &job, JobOutcome::Done { note: Some("nothing to tell".to_owned()) }, 6).await;
    assert_eq!(taken(stores, due(10_000)).await, []);
    let record = JobRecord {
        id: job.id,
        task: job.task,
        status: JobStatus::Done,
        tries: 1,
        due_at: at(6),
        queued_at: at(2),
        note: Some("nothing to tell".to_owned()),
    };
    assert_eq!(all(stores).await, [record]);
}

/// At its new time, with its tries counted and the reason kept, which a success takes away.
pub async fn a_job_that_failed_is_due_at_its_new_time(stores: Stores<'_>) {
    queued(stores, 1, &[Work::TellOfDecline]).await;
    let job = taken(stores, due(5)).await.remove(0);
    finish(stores, &job, again(30), 6).await;
    let [record] = &all(stores).await[..] else { panic!("one job") };
    assert_eq!((record.status, record.tries, record.due_at), (JobStatus::Queued, 1, at(30)));
    assert_eq!(record.note.as_deref(), Some("the mail server is asleep"));
    assert_eq!(taken(stores, due(29)).await, []);
    let job = taken(stores, due(30)).await.remove(0);
    assert_eq!(job.tries, 2);
    finish(stores, &job, JobOutcome::Done { note: None }, 31).await;
    assert_eq!(all(stores).await[0].note, None);
}

/// It is due at once, and the try was none.
pub async fn a_job_that_is_given_back_was_never_tried(stores: Stores<'_>) {
    queued(stores, 1, &[Work::TellOfDecline]).await;
    let job = taken(stores, due(5)).await.remove(0);
    finish(stores, &job, JobOutcome::GivenBack, 6).await;
    assert_eq!(taken(stores, due(6)).await[0].tries, 1);
}

/// Until somebody has it tried anew, which counts its tries from the beginning.
pub async fn a_job_that_is_parked_is_not_due(stores: Stores<'_>) {
    queued(stores, 1, &[Work::TellOfDecline]).await;
    let job = taken(stores, due(5)).await.remove(0);
    finish(stores, &job, JobOutcome::Parked { why: "no such mailbox".to_owned() }, 6).await;
    assert_eq!(taken(stores, due(10_000)).await, []);
    assert_eq!(all(stores).await[0].status, JobStatus::Parked);

    let record = stores.jobs.retry(job.id, at(50)).await.unwrap().unwrap();
    assert_eq!((record.status, record.tries, record.due_at), (JobStatus::Queued, 0, at(50)));
    assert_eq!(taken(stores, due(50)).await[0].tries, 1);
}

/// Only a parked one is changed by that.
pub async fn a_job_that_is_not_parked_is_not_retried(stores: Stores<'_>) {
    assert_eq!(stores.jobs.retry(JobId(Uuid::from_u128(1)), at(5)).await, Ok(None));
    queued(stores, 1, &[Work::TellOfDecline]).await;
    let job = taken(stores, due(5)).await.remove(0);
    let record = stores.jobs.retry(job.id, at(6)).await.unwrap().unwrap();
    assert_eq!((record.status, record.tries, record.due_at), (JobStatus::Queued, 1, at(15)));
    finish(stores, &job, JobOutcome::Done { note: None }, 7).await;
    let record = stores.jobs.retry(job.id, at(8)).await.unwrap().unwrap();
    assert_eq!(record.status, JobStatus::Done);
}

/// Neither after somebody else has taken the job, nor after it was done.
pub async fn whoever_lost_the_lease_finishes_nothing(stores: Stores<'_>) {
    queued(stores, 1, &[Work::TellOfDecline]).await;
    let slow = taken(stores, due(5)).await.remove(0);
    let quick = taken(stores, due(15)).await.remove(0);
    finish(stores, &slow, JobOutcome::Parked { why: "late".to_owned() }, 16).await;
    assert_eq!(all(stores).await[0].status, JobStatus::Queued);
    finish(stores, &quick, JobOutcome::Done { note: None }, 17).await;
    finish(stores, &slow, again(18), 18).await;
    assert_eq!(all(stores).await[0].status, JobStatus::Done);
}

/// However many there are.
pub async fn of_twenty_that_take_at_once_each_job_goes_to_one(stores: Stores<'_>) {
    for number in 1..=30 {
        queued(stores, number, &[Work::TellOfDecline, Work::RefundDuplicate]).await;
    }
    let due = DueJobs { limit: 4, ..due(5) };
    let turns = join_all((0..20).map(|_| taken(stores, due))).await;
    let mut jobs = turns.concat();
    jobs.extend(taken(stores, DueJobs { limit: 100, ..due }).await);
    let mut seen: Vec<_> = jobs.iter().map(|job| job.id).collect();
    seen.sort();
    seen.dedup();
    assert_eq!((seen.len(), jobs.len()), (60, 60));
    assert!(jobs.iter().all(|job| job.tries == 1));
}

/// Newest first, by donation and by state, page by page.
pub async fn jobs_are_listed_newest_first(stores: Stores<'_>) {
    completed(stores, donation(1)).await;
    queued(stores, 2, &[Work::TellOfDecline, Work::RefundDuplicate, Work::SendCertificate]).await;
    let everything = all(stores).await;
    let order: Vec<_> = everything.iter().map(|record| (record.queued_at, record.id)).collect();
    assert!(order.is_sorted_by(|a, b| a > b), "{order:?}");
    assert_eq!(everything.len(), 4);

    let query = JobQuery { donation: None, status: None, after: Some(order[1]), limit: 2 };
    assert_eq!(stores.jobs.list(&query).await.unwrap(), everything[2..4]);
    let of_one = JobQuery { donation: Some(DonationId(Uuid::from_u128(1))), after: None, ..query };
    assert_eq!(stores.jobs.list(&of_one).await.unwrap().len(), 1);

    let job = taken(stores, DueJobs { limit: 1, ..due(5) }).await.remove(0);
    finish(stores, &job, JobOutcome::Parked { why: "x".repeat(10_000) }, 6).await;
    let parked = JobQuery { donation: None, status: Some(JobStatus::Parked), after: None, limit: 10 };
    let parked = stores.jobs.list(&parked).await.unwrap();
    assert_eq!(parked.iter().map(|record| record.id).collect::<Vec<_>>(), [job.id]);
    assert!(parked[0].note.as_ref().is_some_and(|note| note.len() == 500), "a long reason is cut");
}
