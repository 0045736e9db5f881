//! Certificates and their numbers.

use chrono::{DateTime, TimeDelta};
use futures_util::future::join_all;

use super::Stores;
use super::samples::{AMOUNT, at, capture, completed, donation, edited, found, kept, order_id, refund, saved, started};
use crate::donation::Change;
use crate::ports::{FiledCertificate, Save};
use crate::{
    Certificate, CertificateChange, CertificateDraft, CertificateNumber, CertificateStatus, Donation, Instant,
};

fn certificate(donation: &Donation) -> &Certificate {
    donation.certificate.as_ref().expect("the donation has a certificate")
}

fn number(donation: &Donation) -> &str {
    certificate(donation).number.as_str()
}

/// The change of the donation's certificate alone.
fn certified(donation: &Donation, change: CertificateChange) -> Change {
    let mut certified = edited(donation, |_| {});
    certified.certificate = Some(change);
    certified
}

fn draft(issued_at: Instant) -> CertificateDraft {
    CertificateDraft { name: "Әсел Қуанышқызы".to_owned(), trees: 10, test_mode: false, issued_at }
}

/// As it was issued, with its donation's campaign; a number that was never given is not found.
pub async fn a_certificate_is_found_by_its_number(stores: Stores<'_>) {
    let current = kept(stores, donation(1)).await;
    let draft = draft(at(4));
    let current = saved(stores, &certified(&current, CertificateChange::Issue(draft.clone()))).await;
    let expected = Certificate {
        number: CertificateNumber::new("TREE", 2026, 1),
        donation: current.id,
        draft,
        status: CertificateStatus::Valid,
    };
    assert_eq!(current.certificate.as_ref(), Some(&expected));
    assert_eq!(found(stores, current.id).await, current);
    let seen = stores.certificates.find(&expected.number).await;
    let filed = FiledCertificate {
        certificate: expected,
        campaign: current.campaign.clone(),
        campaign_title: current.campaign_title.clone(),
        language: current.language,
        created_at: current.created_at,
        replaced_by: None,
    };
    assert_eq!(seen, Ok(Some(filed)));

    for unknown in ["TREE-2026-000002", "TEST-2026-000001", "TREE-2026-1", "", "'"] {
        let seen = stores.certificates.find(&CertificateNumber::from_text(unknown)).await;
        assert_eq!(seen, Ok(None), "{unknown}");
    }
}

/// The answer to the save that issued it tells the number already.
pub async fn numbers_count_from_one_in_each_series_and_year(stores: Stores<'_>) {
    let new_year = DateTime::from_timestamp(1_798_743_600, 0).expect("2027-01-01 00:00:00 in Kazakhstan");
    let old_year = new_year - TimeDelta::microseconds(1);
    let rows = [
        (old_year, false, "TREE-2026-000001"),
        (old_year, true, "TEST-2026-000001"),
        (new_year, false, "TREE-2027-000001"),
        (old_year, false, "TREE-2026-000002"),
        (new_year, false, "TREE-2027-000002"),
        (old_year, true, "TEST-2026-000002"),
    ];
    for (id, (issued_at, test_mode, expected)) in (1..).zip(rows) {
        let current = kept(stores, donation(id)).await;
        let draft = CertificateDraft { test_mode, ..draft(issued_at) };
        let current = saved(stores, &certified(&current, CertificateChange::Issue(draft.clone()))).await;
        assert_eq!(number(&current), expected);
        assert_eq!(certificate(&current).draft, draft);
    }
}

/// Though all of them are paid at once.
pub async fn forty_donations_completed_at_once_get_forty_numbers_without_a_gap(stores: Stores<'_>) {
    let mut changes = Vec::new();
    for id in 1..=40 {
        changes.push(capture(&started(stores, donation(id)).await));
    }
    let saves = join_all(changes.iter().map(|change| stores.donations.save(change))).await;
    let mut numbers: Vec<_> = saves
        .into_iter()
        .map(|save| match save {
            Ok(Save::Saved(donation)) => certificate(&donation).number.clone(),
            other => panic!("nobody competes for any of them: {other:?}"),
        })
        .collect();
    numbers.sort();
    let expected: Vec<_> = (1..=40).map(|sequence| CertificateNumber::new("TREE", 2026, sequence)).collect();
    assert_eq!(numbers, expected);
}

/// Neither a conflict nor a failure uses a number up.
pub async fn the_number_of_a_change_that_was_not_kept_goes_to_the_next(stores: Stores<'_>) {
    let taken = saved(stores, &capture(&started(stores, donation(1)).await)).await;
    assert_eq!(number(&taken), "TREE-2026-000001");
    let other = started(stores, donation(2)).await;

    let late = capture(&kept(stores, donation(3)).await);
    saved(stores, &edited(&found(stores, late.donation.id).await, |_| {})).await;
    assert_eq!(stores.donations.save(&late).await, Ok(Save::Conflict));

    // The certificate of a change whose attempt claims another donation's order.
    let mut broken = capture(&other);
    broken = Change {
        donation: edited(&other, |record| {
            *record = broken.donation.clone().into_record();
            record.attempts[0].order_id = Some(order_id(taken.id, 1));
        })
        .donation,
        ..broken
    };
    assert!(stores.donations.save(&broken).await.is_err());

    let next = saved(stores, &capture(&other)).await;
    assert_eq!(number(&next), "TREE-2026-000002");
}

/// The replaced one can still be looked up, and says that it was replaced.
pub async fn a_refund_in_part_replaces_the_certificate(stores: Stores<'_>) {
    let paid = completed(stores, donation(1)).await;
    let first = certificate(&paid).clone();
    let current = saved(stores, &refund(&paid, "refund-1", 1_000)).await;
    let second = certificate(&current);
    assert_eq!((second.draft.trees, second.status), (8, CertificateStatus::Valid));
    assert_ne!(second.number, first.number);
    assert_eq!(current.earlier_certificate.as_ref(), Some(&first.number));
    assert_eq!(found(stores, paid.id).await, current);

    let replaced = Certificate { status: CertificateStatus::Replaced, ..first };
    let seen = stores.certificates.find(&replaced.number).await.unwrap().unwrap();
    assert_eq!((seen.certificate, seen.replaced_by.as_ref()), (replaced.clone(), Some(&second.number)));

    // Each leads to the next one, though that was replaced or withdrawn in its turn.
    let third = saved(stores, &refund(&current, "refund-2", 1_000)).await;
    let next = |number: CertificateNumber| async move {
        stores.certificates.find(&number).await.unwrap().unwrap().replaced_by
    };
    assert_eq!(next(replaced.number).await.as_ref(), Some(&second.number));
    assert_eq!(next(second.number.clone()).await.as_ref(), Some(&certificate(&third).number));
    assert_eq!(next(certificate(&third).number.clone()).await, None);
}

/// It stays the donation's latest.
pub async fn a_refund_of_all_withdraws_the_certificate(stores: Stores<'_>) {
    let paid = completed(stores, donation(1)).await;
    let withdrawn = Certificate { status: CertificateStatus::Withdrawn, ..certificate(&paid).clone() };
    let current = saved(stores, &refund(&paid, "refund-1", AMOUNT)).await;
    assert_eq!(current.certificate.as_ref(), Some(&withdrawn));
    let seen = stores.certificates.find(&withdrawn.number).await.unwrap().unwrap();
    assert_eq!((seen.certificate, seen.replaced_by), (withdrawn.clone(), None));

    // The certificate counts its versions, not its dates: this one is latest though its date is not.
    let again = certified(&current, CertificateChange::Issue(draft(at(-60))));
    let current = saved(stores, &again).await;
    assert_eq!(number(&current), "TREE-2026-000002");
    assert_eq!(found(stores, paid.id).await, current);
    let seen = stores.certificates.find(&withdrawn.number).await.unwrap().unwrap();
    assert_eq!(seen.replaced_by, None, "a withdrawn one was not replaced, though another came later");
}

/// Such a change is an error, and nothing of it is kept.
pub async fn a_donation_has_at_most_one_valid_certificate(stores: Stores<'_>) {
    let paid = completed(stores, donation(1)).await;
    let second = certified(&paid, CertificateChange::Issue(draft(at(4))));
    assert!(stores.donations.save(&second).await.is_err());
    assert_eq!(found(stores, paid.id).await, paid);
}

/// Such a change is an error, and nothing of it is kept.
pub async fn a_certificate_that_is_not_there_is_not_ended(stores: Stores<'_>) {
    let bare = kept(stores, donation(1)).await;
    for change in [CertificateChange::Withdraw, CertificateChange::Replace(draft(at(4)))] {
        assert!(stores.donations.save(&certified(&bare, change)).await.is_err());
        assert_eq!(found(stores, bare.id).await, bare);
    }
}
