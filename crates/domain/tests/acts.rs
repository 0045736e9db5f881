//! The buttons of a donation's page are what the state table allows, in every state.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{NameCorrection, OperatorAct, RefundWish, Verdict};
use domain::{Donation, DonationStatus, Donor, LineText, RefundId, Review, Tenge};
use support::*;
use uuid::Uuid;

/// Donations in every state, by several ways, each with what it is called in the table.
fn donations() -> Vec<(&'static str, Donation)> {
    let paid = || after(started(), &[created(1), captured(1)]);
    let erased = |donation: Donation| {
        let mut record = donation.into_record();
        record.donor = Donor::erased();
        Donation::restore(record)
    };
    let reserved = |amount| stored(paid().plan_refund(&wish(amount), now(), &cause()).unwrap());
    vec![
        ("`pending`, never tried to pay", donation()),
        ("`pending`", started()),
        ("`awaiting_payment`", after(started(), &[created(1)])),
        ("`awaiting_payment`, another amount was taken", after(started(), &[created(1), captured_amount(1, 4000)])),
        (
            "`awaiting_payment`, a refund came before its payment",
            after(started(), &[created(1), refunded(1, "r", 1000)]),
        ),
        ("`failed`", after(started(), &[created(1), declined(1, 1)])),
        ("`cancelled`", after(started(), &[created(1), ended(1)])),
        ("`completed`", paid()),
        ("`completed`, all of it asked to be given back", reserved(None)),
        ("`completed`, 2 000 ₸ asked to be given back", reserved(Some(2000))),
        ("`completed`, paid twice", after(started_again(), &[captured(1), captured(2)])),
        ("`completed`, the donor forgotten", erased(paid())),
        ("`partially_refunded`, 2 000 ₸", after(paid(), &[refunded(1, "r", 2000)])),
        ("`refunded`", after(paid(), &[refunded(1, "r", 5000)])),
    ]
}

fn wish(amount: Option<u32>) -> RefundWish {
    let reason = LineText::parse("the donor asked for it").unwrap();
    RefundWish { id: RefundId(Uuid::from_u128(9)), amount: amount.map(Tenge::new), reason }
}

fn most(donation: &Donation) -> Option<Tenge> {
    donation.allowed_acts().into_iter().find_map(|act| match act {
        OperatorAct::Refund { most } => Some(most),
        _ => None,
    })
}

#[test]
fn every_state_is_tried() {
    let tried = |status| donations().iter().any(|(_, donation)| donation.status() == status);
    assert!(DonationStatus::ALL.into_iter().all(tried));
}

#[test]
fn a_refund_is_offered_where_it_would_be_made_and_nowhere_else() {
    for (name, donation) in donations() {
        let refused = |amount| donation.plan_refund(&wish(amount), now(), &cause()).err();
        let Some(most) = most(&donation) else {
            assert!(refused(None).is_some() && refused(Some(1)).is_some(), "{name}");
            continue;
        };
        let whole = u32::try_from(most.get()).unwrap();
        assert_eq!((refused(None), refused(Some(1)), refused(Some(whole))), (None, None, None), "{name}");
        assert!(refused(Some(whole + 1)).is_some(), "{name}");
        // What the table says of the report that follows: it is neither kept for later nor refused.
        let asked = stored(donation.plan_refund(&wish(None), now(), &cause()).unwrap());
        let report = refunded(asked.refunds.last().unwrap().attempt, "g", u32::try_from(most.get()).unwrap());
        let decision = donation.apply(&report, now(), &cause());
        assert_eq!(decision.verdict, Verdict::Applied, "{name}");
        assert!(donation.status().was_paid() && stored(decision.change.unwrap()).status().was_paid(), "{name}");
    }
}

#[test]
fn what_is_offered_of_a_certificate_and_of_reviews_is_what_would_be_done() {
    for (name, donation) in donations() {
        let acts = donation.allowed_acts();
        let receipt = donation.plan_receipt(now(), &cause()).is_some();
        assert_eq!(acts.contains(&OperatorAct::SendCertificate), receipt, "{name}");
        let correction =
            NameCorrection { name: LineText::parse("Another").unwrap(), reason: LineText::parse("misspelt").unwrap() };
        let corrected = donation.correct_name(&correction, (now(), &cause())).verdict == Verdict::Applied;
        assert_eq!(acts.contains(&OperatorAct::CorrectName), corrected, "{name}");
        assert_eq!(acts.contains(&OperatorAct::AskGateway), !donation.attempts.is_empty(), "{name}");
        for review in Review::ALL {
            let note = LineText::parse("seen").unwrap();
            let applied = donation.resolve_review(review, &note, (now(), &cause())).verdict == Verdict::Applied;
            assert_eq!(acts.contains(&OperatorAct::Resolve(review)), applied, "{name}");
        }
    }
}

#[test]
fn nothing_that_is_offered_makes_a_donation_paid() {
    for (name, donation) in donations().into_iter().filter(|(_, donation)| !donation.status().was_paid()) {
        for act in donation.allowed_acts() {
            match act {
                // What the gateway says is an event like any other.
                OperatorAct::AskGateway => {}
                OperatorAct::Resolve(review) => {
                    let note = LineText::parse("seen").unwrap();
                    let decision = donation.resolve_review(review, &note, (now(), &cause()));
                    assert_eq!(stored(decision.change.unwrap()).status(), donation.status(), "{name}");
                }
                OperatorAct::Refund { .. } | OperatorAct::SendCertificate | OperatorAct::CorrectName => {
                    unreachable!("{name}: {act:?}")
                }
            }
        }
    }
}

fn table() -> String {
    let mut text = String::from(
        "| donation of 5 000 ₸ | ask Ioka | refund, at most | send the certificate | correct its name | resolve |\n|---|---|---|---|---|---|\n",
    );
    for (name, donation) in donations() {
        let acts = donation.allowed_acts();
        let yes = |act| if acts.contains(&act) { "yes" } else { "–" };
        let most = most(&donation).map_or_else(|| "–".to_owned(), |most| format!("{} ₸", most.get()));
        let resolve: Vec<_> = donation.open_reviews().iter().map(|review| format!("`{}`", review.word())).collect();
        let resolve = if resolve.is_empty() { "–".to_owned() } else { resolve.join(", ") };
        text += &format!(
            "| {name} | {} | {most} | {} | {} | {resolve} |\n",
            yes(OperatorAct::AskGateway),
            yes(OperatorAct::SendCertificate),
            yes(OperatorAct::CorrectName),
        );
    }
    text
}

#[test]
fn the_page_about_the_states_holds_the_table_of_buttons() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/donation-states.md");
    let page = std::fs::read_to_string(path).unwrap();
    assert!(page.contains(&table()), "docs/donation-states.md is out of date; it must hold:\n\n{}", table());
}
