//! Another name on the certificate.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{Change, Decision, NameCorrection, Refusal, TimelineKind, Verdict, Work};
use domain::{CertificateChange, CertificateStatus, Donation, Donor, DonorName, LineText, Tenge};
use proptest::prelude::*;
use support::*;

fn completed() -> Donation {
    after(started(), &[created(1), captured(1)])
}

fn correction(name: &str) -> NameCorrection {
    NameCorrection { name: DonorName::parse(name).unwrap(), reason: LineText::parse("a letter was missing").unwrap() }
}

fn correct(donation: &Donation, name: &str) -> Decision {
    donation.correct_name(&correction(name), (at(5), &cause()))
}

fn corrected(donation: &Donation, name: &str) -> Change {
    correct(donation, name).change.unwrap()
}

#[test]
fn the_certificate_is_replaced_by_one_with_the_right_name_for_the_same_money_and_trees() {
    for paid in [completed(), after(completed(), &[refunded(1, "r", 2000)])] {
        let before = paid.certificate.clone().unwrap();
        let change = corrected(&paid, "Айгүл Қасым");
        let Some(CertificateChange::Replace(draft)) = &change.certificate else { unreachable!("{change:?}") };
        assert_eq!((draft.name.as_str(), draft.trees), ("Айгүл Қасым", before.draft.trees));
        assert_eq!((draft.issued_at, draft.test_mode), (at(5), false));
        assert_eq!(change.work, [Work::SendCertificate]);

        let mut record = change.donation.into_record();
        assert_eq!((record.version, record.updated_at), (paid.version + 1, at(5)));
        assert_eq!(record.certificate_name.take().unwrap().as_str(), "Айгүл Қасым");
        (record.version, record.updated_at) = (paid.version, paid.updated_at);
        assert_eq!(Donation::restore(record), paid, "nothing else has changed");
    }
}

#[test]
fn the_timeline_tells_the_number_and_the_reason_and_no_name() {
    let paid = completed();
    let change = corrected(&paid, "Айгүл Қасым");
    let [entry] = &change.entries[..] else { unreachable!("one step") };
    assert_eq!((entry.kind, entry.from, entry.to), (TimelineKind::CertificateRenamed, paid.status(), paid.status()));
    let number = paid.certificate.as_ref().unwrap().number.to_string();
    let expected = [("certificate", number.as_str()), ("reason", "a letter was missing")];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(entry.details, expected.into());
}

#[test]
fn the_name_that_it_bears_already_changes_nothing() {
    let decision = correct(&completed(), "Айгүл Қасымова");
    assert_eq!(decision, Decision { verdict: Verdict::AlreadyApplied, change: None });
    let twice = stored(corrected(&completed(), "Айгүл"));
    assert_eq!(correct(&twice, "Айгүл").change, None);
}

#[test]
fn without_a_valid_certificate_or_a_donor_there_is_nothing_to_correct() {
    let refunded_whole = after(completed(), &[refunded(1, "r", 5000)]);
    let failed = after(started(), &[created(1), declined(1, 1)]);
    let mut forgotten = completed().into_record();
    forgotten.donor = Donor::erased();
    for donation in [donation(), started(), failed, refunded_whole, Donation::restore(forgotten)] {
        let refused = Decision { verdict: Verdict::Refused(Refusal::NothingToCorrect), change: None };
        assert_eq!(correct(&donation, "Айгүл"), refused, "{:?}", donation.status());
    }
}

#[test]
fn a_later_refund_keeps_the_right_name() {
    let renamed = stored(corrected(&completed(), "Айгүл"));
    assert_eq!(renamed.certificate.as_ref().unwrap().draft.name, "Айгүл");
    let part = after(renamed.clone(), &[refunded(1, "r", 2000)]);
    let certificate = part.certificate.clone().unwrap();
    assert_eq!((certificate.draft.name.as_str(), certificate.draft.trees), ("Айгүл", 6));
    let whole = after(renamed, &[refunded(1, "r", 5000)]).certificate.clone().unwrap();
    assert_eq!((whole.draft.name.as_str(), whole.status), ("Айгүл", CertificateStatus::Withdrawn));
}

#[test]
fn whoever_is_forgotten_is_forgotten_with_both_names() {
    let renamed = stored(corrected(&completed(), "Айгүл"));
    let change = renamed.erase_donor((at(6), &cause())).unwrap();
    assert_eq!(change.certificate, Some(CertificateChange::Rename(Donor::erased().name.to_string())));
    let erased = stored(change);
    assert_eq!((erased.certificate_name.as_ref(), erased.name_on_certificate()), (None, Donor::erased().name.as_str()));
    assert_eq!(erased.certificate.as_ref().unwrap().draft.name, erased.name_on_certificate());
}

/// What can happen to a donation that is being paid, names corrected among it.
#[derive(Debug, Clone)]
enum Step {
    Captured,
    Declined,
    Ended,
    Refunded(u8, u32),
    Renamed(&'static str),
    Receipt,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        Just(Step::Captured),
        Just(Step::Declined),
        Just(Step::Ended),
        (0..3_u8, 1..3000_u32).prop_map(|(id, amount)| Step::Refunded(id, amount)),
        prop_oneof![Just("Айгүл"), Just("Әсел"), Just("Иван")].prop_map(Step::Renamed),
        Just(Step::Receipt),
    ]
}

fn taken(donation: Donation, step: &Step) -> Donation {
    let change = match step {
        Step::Renamed(name) => correct(&donation, name).change,
        Step::Receipt => donation.plan_receipt(at(5), &cause()),
        Step::Captured => donation.apply(&captured(1), at(5), &cause()).change,
        Step::Declined => donation.apply(&declined(1, 1), at(5), &cause()).change,
        Step::Ended => donation.apply(&ended(1), at(5), &cause()).change,
        Step::Refunded(id, amount) => donation.apply(&refunded(1, &id.to_string(), *amount), at(5), &cause()).change,
    };
    change.map_or(donation, stored)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    /// Whatever happens in whatever order: there is a valid certificate exactly if money is left, and it says what is true. The money
    /// is the same as if no name had ever been corrected.
    #[test]
    fn the_certificate_says_what_is_true_and_a_name_moves_no_money(steps in prop::collection::vec(step(), 0..20)) {
        let mut donation = after(started(), &[created(1)]);
        let mut unnamed = donation.clone();
        for step in &steps {
            donation = taken(donation, step);
            if !matches!(step, Step::Renamed(_)) {
                unnamed = taken(unnamed, step);
            }
            let valid = donation.certificate.as_ref().filter(|known| known.status == CertificateStatus::Valid);
            let left = donation.gift.amount.saturating_sub(donation.refunded());
            prop_assert_eq!(valid.is_some(), donation.state.completed_at().is_some() && left != Tenge::ZERO);
            if let Some(valid) = valid {
                prop_assert_eq!(valid.draft.name.as_str(), donation.name_on_certificate());
                prop_assert_eq!(valid.draft.trees, donation.gift.trees_after_refund(donation.refunded()));
            }
        }
        prop_assert_eq!((donation.state.clone(), donation.gift), (unnamed.state.clone(), unnamed.gift));
        prop_assert_eq!(&donation.refunds, &unnamed.refunds);
    }
}
