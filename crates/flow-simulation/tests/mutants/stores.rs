//! Mistakes in the stores.

use std::sync::Arc;

use application::House;
use async_trait::async_trait;
use domain::donation::{Change, TimelineEntry};
use domain::ports::{
    Delivery, DeliveryQuery, DeliveryStore, DonationQuery, DonationStore, DueJobs, InsertDonation, Job, JobOutcome,
    JobQuery, JobRecord, JobStore, Mail, MailError, Mailer, RecordDelivery, Save, StoreError,
};
use domain::{CertificateChange, DeliveryId, Donation, DonationId, Instant, JobId, OrderId};
use flow_simulation::product::Product;

use crate::assert_caught;

/// A store with one mistake.
struct Donations {
    inner: Arc<dyn DonationStore>,
    mistake: StoreMistake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StoreMistake {
    /// A change that was decided on an older version is written over the newer one.
    VersionNotChecked,
    /// A donation is acknowledged though it could not be kept.
    AcknowledgedUnkept,
    /// The certificate stays when the money goes back.
    CertificateNotWithdrawn,
    /// The steps of a change are not written down.
    TimelineForgotten,
}

#[async_trait]
impl DonationStore for Donations {
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<InsertDonation, StoreError> {
        let kept = self.inner.insert(donation, entry).await;
        if self.mistake == StoreMistake::AcknowledgedUnkept { Ok(InsertDonation::Inserted) } else { kept }
    }

    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError> {
        self.inner.find(id).await
    }

    async fn find_by_order(&self, order: &OrderId) -> Result<Option<Donation>, StoreError> {
        self.inner.find_by_order(order).await
    }

    async fn list(&self, query: &DonationQuery) -> Result<Vec<Donation>, StoreError> {
        self.inner.list(query).await
    }

    async fn save(&self, change: &Change) -> Result<Save, StoreError> {
        let mut change = self.mistake.in_change(change);
        loop {
            let saved = self.inner.save(&change).await?;
            if saved != Save::Conflict || self.mistake != StoreMistake::VersionNotChecked {
                return Ok(saved);
            }
            let Some(newer) = self.inner.find(change.donation.id).await? else { return Ok(saved) };
            let mut record = change.donation.into_record();
            record.version = newer.version + 1;
            change.donation = Donation::restore(record);
            change.certificate = None;
        }
    }

    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        self.inner.timeline(id).await
    }
}

/// The store of webhooks, with the same mistake.
struct Deliveries {
    inner: Arc<dyn DeliveryStore>,
    mistake: StoreMistake,
}

#[async_trait]
impl DeliveryStore for Deliveries {
    async fn record<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        let change = change.map(|change| self.mistake.in_change(change));
        self.inner.record(delivery, change.as_ref()).await
    }

    async fn find(&self, dedup_key: &str) -> Result<Option<Delivery>, StoreError> {
        self.inner.find(dedup_key).await
    }

    async fn get(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        self.inner.get(id).await
    }

    async fn list(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        self.inner.list(query).await
    }

    async fn replay<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        self.inner.replay(delivery, change).await
    }
}

impl StoreMistake {
    fn in_change(self, change: &Change) -> Change {
        let mut change = change.clone();
        if self == Self::TimelineForgotten {
            change.entries.retain(|entry| entry.from == entry.to);
        }
        if self == Self::CertificateNotWithdrawn {
            change.certificate = change.certificate.filter(|change| *change != CertificateChange::Withdraw);
        }
        change
    }
}

impl Product for StoreMistake {
    fn furnish(&self, mut house: House) -> House {
        house.deliveries = Arc::new(Deliveries { inner: house.deliveries, mistake: *self });
        house.donations = Arc::new(Donations { inner: house.donations, mistake: *self });
        house
    }
}

#[test]
fn a_change_written_over_a_newer_one() {
    assert_caught(StoreMistake::VersionNotChecked, "its timeline jumps");
}

#[test]
fn a_donation_acknowledged_though_it_was_not_kept() {
    assert_caught(StoreMistake::AcknowledgedUnkept, "there is no donation");
}

#[test]
fn a_step_that_is_missing_in_the_timeline() {
    assert_caught(StoreMistake::TimelineForgotten, "timeline");
}

#[test]
fn a_certificate_that_stays_when_the_money_goes_back() {
    assert_caught(StoreMistake::CertificateNotWithdrawn, "a certificate for");
}

/// Background work with a mistake.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WorkMistake {
    /// A job is called done as soon as it is taken.
    DoneBeforeTheMail,
    /// Every try of a mail is a mail of its own.
    MailNamedAnew,
}

/// Calls a job done as soon as it is taken.
struct Jobs(Arc<dyn JobStore>);

#[async_trait]
impl JobStore for Jobs {
    async fn take_due(&self, due: &DueJobs) -> Result<Vec<Job>, StoreError> {
        let jobs = self.0.take_due(due).await?;
        for job in &jobs {
            self.0.finish(job, &JobOutcome::Done { note: None }, due.now).await?;
        }
        Ok(jobs)
    }

    async fn finish(&self, _: &Job, _: &JobOutcome, _: Instant) -> Result<(), StoreError> {
        Ok(())
    }

    async fn retry(&self, id: JobId, now: Instant) -> Result<Option<JobRecord>, StoreError> {
        self.0.retry(id, now).await
    }

    async fn list(&self, query: &JobQuery) -> Result<Vec<JobRecord>, StoreError> {
        self.0.list(query).await
    }
}

/// Gives every mail a new name.
struct Names {
    inner: Arc<dyn Mailer>,
    ids: Arc<dyn domain::ports::IdGenerator>,
}

#[async_trait]
impl Mailer for Names {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        self.inner.send(&Mail { id: self.ids.next(), ..mail.clone() }).await
    }

    async fn check(&self) -> Result<(), MailError> {
        self.inner.check().await
    }
}

impl Product for WorkMistake {
    fn furnish(&self, mut house: House) -> House {
        match self {
            Self::DoneBeforeTheMail => house.jobs = Arc::new(Jobs(house.jobs)),
            Self::MailNamedAnew => {
                house.mailer = Arc::new(Names { inner: house.mailer, ids: house.ids.clone() });
            }
        }
        house
    }
}

#[test]
fn a_job_called_done_before_its_mail_is_sent() {
    assert_caught(WorkMistake::DoneBeforeTheMail, "no mail was sent for its certificate");
}

#[test]
fn a_mail_that_has_another_name_at_every_try() {
    assert_caught(WorkMistake::MailNamedAnew, "two mails were sent for one certificate");
}
