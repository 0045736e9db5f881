//! The certificate's mail, once more.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{TimelineKind, Work};
use domain::{Donation, Donor};
use support::*;

fn completed() -> Donation {
    after(started(), &[created(1), captured(1)])
}

#[test]
fn a_receipt_changes_nothing_but_the_version() {
    let paid = completed();
    let change = paid.plan_receipt(at(5), &cause()).unwrap();
    assert_eq!((&change.work[..], &change.certificate), (&[Work::SendCertificateAgain][..], &None));
    let [entry] = &change.entries[..] else { unreachable!("one step") };
    assert_eq!((entry.kind, entry.from, entry.to), (TimelineKind::ReceiptRequested, paid.status(), paid.status()));
    let mut record = change.donation.into_record();
    assert_eq!((record.version, record.updated_at), (paid.version + 1, at(5)));
    (record.version, record.updated_at) = (paid.version, paid.updated_at);
    assert_eq!(Donation::restore(record), paid);
}

#[test]
fn each_receipt_is_a_mail_of_its_own() {
    let first = completed().plan_receipt(at(5), &cause()).unwrap();
    let id = Work::SendCertificateAgain.job_id(&first.donation);
    assert_ne!(id, Work::SendCertificate.job_id(&first.donation));
    let second = stored(first).plan_receipt(at(6), &cause()).unwrap();
    assert_ne!(id, Work::SendCertificateAgain.job_id(&second.donation));
}

#[test]
fn without_a_valid_certificate_or_a_donor_there_is_nothing_to_send() {
    let refunded_whole = after(completed(), &[refunded(1, "r", 5000)]);
    let failed = after(started(), &[created(1), declined(1, 1)]);
    let mut forgotten = completed().into_record();
    forgotten.donor = Donor::erased();
    for donation in [donation(), started(), failed, refunded_whole, Donation::restore(forgotten)] {
        assert_eq!(donation.plan_receipt(at(5), &cause()), None, "{:?}", donation.status());
    }
    let part = after(completed(), &[refunded(1, "r", 1000)]);
    assert!(part.plan_receipt(at(5), &cause()).is_some());
}
