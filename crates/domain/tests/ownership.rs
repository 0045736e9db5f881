//! Whose a donation is: joining an account, and a donor who is forgotten.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{TimelineKind, Verdict, Work};
use domain::{AccountId, CertificateChange, Donation, DonationStatus, Donor, LineText};
use support::*;
use uuid::Uuid;

const OWNER: AccountId = AccountId(Uuid::from_u128(7));

/// In every state, with words of the donor's own.
fn everywhere() -> Vec<Donation> {
    let mut donations = vec![
        donation(),
        started(),
        after(started(), &[created(1), declined(1, 1)]),
        after(started(), &[created(1), ended(1)]),
        after(started(), &[created(1), captured(1)]),
        after(started(), &[captured(1), refunded(1, "r", 1000)]),
        after(started(), &[captured(1), refunded(1, "r", 5000)]),
    ];
    for donation in &mut donations {
        let mut record = donation.clone().into_record();
        record.message = Some(LineText::parse("Рахмет").unwrap());
        record.certificate_name = Some(LineText::parse("Әсел").unwrap());
        *donation = Donation::restore(record);
    }
    donations
}

#[test]
fn a_guests_donation_joins_an_account_in_any_state_and_nothing_else_changes() {
    for before in everywhere() {
        let change = before.join(OWNER, (at(5), &cause())).unwrap();
        assert!(change.work.is_empty() && change.certificate.is_none());
        let [entry] = &change.entries[..] else { panic!("one step") };
        assert_eq!(
            (entry.kind, entry.from, entry.to),
            (TimelineKind::DonationJoined, before.status(), before.status())
        );
        let mut expected = before.clone().into_record();
        expected.donor.account = Some(OWNER);
        (expected.version, expected.updated_at) = (before.version + 1, at(5));
        assert_eq!(change.donation, Donation::restore(expected));
        assert!(change.donation.join(AccountId(Uuid::from_u128(8)), (at(6), &cause())).is_none(), "it is somebody's");
    }
}

#[test]
fn a_forgotten_donor_leaves_the_books_as_they_were() {
    for before in everywhere() {
        let change = before.erase_donor((at(5), &cause())).unwrap();
        assert!(change.work.is_empty());
        let after = &change.donation;
        assert_eq!((&after.donor, &after.message, &after.certificate_name), (&Donor::erased(), &None, &None));
        assert!(after.anonymous);
        assert_eq!((&after.state, &after.gift, after.version), (&before.state, &before.gift, before.version + 1));
        assert_eq!((&after.attempts, &after.refunds), (&before.attempts, &before.refunds));
        let renamed = before.certificate.is_some().then(|| CertificateChange::Rename("—".to_owned()));
        assert_eq!(change.certificate, renamed);
        assert!(stored(change.clone()).erase_donor((at(6), &cause())).is_none(), "once");
        assert!(after.join(OWNER, (at(6), &cause())).is_none(), "nobody's for ever");
    }
}

#[test]
fn money_goes_on_without_the_donor() {
    let erased = stored(started().erase_donor((at(5), &cause())).unwrap());
    let decision = erased.apply(&captured(1), at(6), &cause());
    assert_eq!(decision.verdict, Verdict::Applied);
    let change = decision.change.unwrap();
    assert_eq!(change.donation.status(), DonationStatus::Completed);
    assert!(change.work.contains(&Work::SendCertificate), "which comes to nothing when it is done");
    assert!(matches!(&change.certificate, Some(CertificateChange::Issue(draft)) if draft.name == "—"));
    let refunded = after(stored(change), &[refunded(1, "r", 5000)]);
    assert!(refunded.status() == DonationStatus::Refunded && refunded.donor.is_erased());
}
