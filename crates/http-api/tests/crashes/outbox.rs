//! Work that follows a change is queued with it: for each payment the mail with the certificate. A killed server leaves some of
//! it leased for five minutes, so that not all of it is done at once; but all of it is there, and none needs a person.

use diesel_store::Store;
use domain::Donation;
use domain::donation::Work;
use domain::ports::{JobQuery, JobStatus, JobStore};

pub async fn complaints(store: &Store, donations: &[Donation]) -> Vec<String> {
    let mut complaints = Vec::new();
    for donation in donations {
        let query = JobQuery { donation: Some(donation.id), status: None, after: None, limit: 100 };
        let jobs = JobStore::list(store, &query).await.unwrap();
        let mails = jobs.iter().filter(|job| job.task.work() == Some(Work::SendCertificate)).count();
        if (mails > 0) != donation.status().was_paid() || jobs.iter().any(|job| job.status == JobStatus::Parked) {
            complaints.push(format!("{}: {:?}, and this to do: {jobs:?}", donation.id, donation.status()));
        }
    }
    complaints
}
