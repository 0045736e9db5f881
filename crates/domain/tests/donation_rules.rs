//! Rules about money that no sequence of events may break.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{AttemptState, DonationEvent, PaymentPlan, PaymentTerms, TimelineKind, Verdict, Work};
use domain::{CertificateChange, CertificateStatus, Donation, DonationStatus, Review, Tenge};
use proptest::prelude::*;
use support::*;

#[test]
fn a_late_failure_does_not_undo_a_completed_donation() {
    let completed = after(started(), &[created(1), captured(1)]);
    for late in [declined(1, 9), ended(1), DonationEvent::DonorCancelled, created(1)] {
        assert_eq!(after(completed.clone(), &[late]).status(), DonationStatus::Completed);
    }
}

#[test]
fn a_capture_completes_a_cancelled_donation() {
    let cancelled = after(started(), &[created(1), DonationEvent::DonorCancelled]);
    assert_eq!(after(cancelled, &[captured(1)]).status(), DonationStatus::Completed);
}

#[test]
fn a_capture_of_an_earlier_attempt_completes_the_donation() {
    let again = after(started_again(), &[created(2)]);
    let paid = after(again, &[captured(1)]);
    assert_eq!(paid.status(), DonationStatus::Completed);
    assert!(!paid.is_flagged(Review::PaidTwice));
}

#[test]
fn two_paid_orders_are_flagged_in_whichever_order_they_come() {
    for order in [[1, 2], [2, 1]] {
        let paid = after(started_again(), &[captured(order[0]), captured(order[1])]);
        assert_eq!(paid.status(), DonationStatus::Completed);
        assert!(paid.is_flagged(Review::PaidTwice));
    }
}

#[test]
fn giving_back_one_of_two_payments_leaves_the_donation_completed() {
    let twice = after(started_again(), &[captured(1), captured(2), refunded(2, "r1", 5000)]);
    assert_eq!(twice.status(), DonationStatus::Completed);
    assert_eq!(after(twice, &[refunded(1, "r2", 5000)]).status(), DonationStatus::Refunded);
}

#[test]
fn a_decline_of_an_earlier_attempt_changes_nothing() {
    let again = after(started_again(), &[created(2)]);
    let decision = again.apply(&declined(1, 5), now(), &cause());
    assert_eq!(decision.verdict, Verdict::Stays);
    assert_eq!(after(again, &[declined(1, 5)]).status(), DonationStatus::AwaitingPayment);
}

#[test]
fn an_answer_that_a_webhook_has_overtaken_only_records_the_order() {
    let failed = after(started(), &[declined(1, 1), created(1)]);
    assert_eq!(failed.status(), DonationStatus::Failed);
    assert_eq!(failed.attempts[0].state, AttemptState::Open);
    assert_eq!(failed.attempts[0].checkout_url.as_deref(), Some("https://pay.example/1"));
}

#[test]
fn another_amount_never_completes_and_is_never_charged_again() {
    let wrong = after(started(), &[created(1), captured_amount(1, 4999)]);
    assert_eq!(wrong.status(), DonationStatus::AwaitingPayment);
    assert!(wrong.is_flagged(Review::AmountMismatch));
    assert!(wrong.plan_payment(terms(), now(), &cause()).is_err());
    assert_eq!(after(wrong, &[captured(1)]).status(), DonationStatus::Completed);
}

#[test]
fn a_payment_after_the_due_date_or_the_donors_cancelling_is_flagged() {
    let mut late = captured(1);
    if let DonationEvent::Order(event) = &mut late
        && let domain::donation::OrderFact::Captured(report) = &mut event.fact
    {
        report.paid_at = Some(at(61));
    }
    let paid = after(started(), &[created(1), ended(1), late]);
    assert_eq!(paid.status(), DonationStatus::Completed);
    assert!(paid.is_flagged(Review::PaidLate));

    let given_up = after(started(), &[created(1), DonationEvent::DonorCancelled, captured(1)]);
    assert!(given_up.is_flagged(Review::PaidLate));
}

#[test]
fn asking_again_while_the_order_can_be_paid_gives_the_same_order() {
    let waiting = after(started(), &[created(1)]);
    let plan = waiting.plan_payment(terms(), at(59), &cause()).unwrap();
    assert!(matches!(plan, PaymentPlan::Use { order_id, .. } if order_id.as_str() == "ord_1"));
    let due = waiting.plan_payment(terms(), at(60), &cause()).unwrap();
    assert!(matches!(due, PaymentPlan::Ask { attempt: 1, .. }), "only the gateway knows whether it has expired");
}

#[test]
fn a_new_attempt_needs_the_gateways_word_that_the_old_order_is_over() {
    let over = after(started(), &[created(1), ended(1)]);
    assert!(matches!(over.plan_payment(terms(), now(), &cause()).unwrap(), PaymentPlan::Ask { attempt: 1, .. }));
    let told = PaymentTerms { ended_at_gateway: Some(1), ..terms() };
    let PaymentPlan::Prepare(change) = over.plan_payment(told, now(), &cause()).unwrap() else { panic!() };
    assert_eq!(change.donation.attempts[1].external_id.as_str(), format!("{}-2", over.id));
}

#[test]
fn an_attempt_whose_answer_was_lost_is_asked_for_under_the_same_name() {
    let lost = started();
    let PaymentPlan::Create(attempt) = lost.plan_payment(terms(), at(1), &cause()).unwrap() else { panic!() };
    assert_eq!(attempt, lost.attempts[0]);
    let much_later = lost.plan_payment(terms(), at(300), &cause()).unwrap();
    let PaymentPlan::Prepare(change) = much_later else { panic!("the due date is over: {much_later:?}") };
    assert_eq!(change.donation.attempts.len(), 1);
    assert_eq!(change.donation.attempts[0].external_id, attempt.external_id);
    assert_eq!(change.donation.attempts[0].due_at, at(360));
}

#[test]
fn an_attempt_that_lapsed_without_an_order_is_begun_again_under_the_same_name() {
    let DonationEvent::Order(mut event) = ended(1) else { panic!() };
    event.order_id = None;
    let lapsed = after(started(), &[DonationEvent::Order(event)]);
    assert_eq!((lapsed.status(), &lapsed.attempts[0].state), (DonationStatus::Cancelled, &AttemptState::Ended));

    let PaymentPlan::Prepare(change) = lapsed.plan_payment(terms(), at(90), &cause()).unwrap() else { panic!() };
    let begun = stored(*change);
    assert_eq!(begun.attempts.len(), 1);
    let PaymentPlan::Create(attempt) = begun.plan_payment(terms(), at(90), &cause()).unwrap() else { panic!() };
    assert_eq!((attempt.external_id.clone(), attempt.due_at), (lapsed.attempts[0].external_id.clone(), at(150)));
    let waiting = after(begun, &[created(1)]);
    assert_eq!((waiting.status(), &waiting.attempts[0].state), (DonationStatus::AwaitingPayment, &AttemptState::Open));
}

#[test]
fn retrying_a_declined_order_awaits_payment_again() {
    let failed = after(started(), &[created(1), declined(1, 1)]);
    let DonationEvent::Order(event) = created(1) else { panic!() };
    let change = failed.reopen(&event, at(2), &cause()).change.unwrap();
    assert_eq!(change.donation.version, failed.version + 1);
    assert_eq!(change.entries.len(), 1);
    let reopened = stored(change);
    assert_eq!(reopened.status(), DonationStatus::AwaitingPayment);
    assert_eq!(after(reopened, &[declined(1, 3)]).status(), DonationStatus::Failed);
}

#[test]
fn a_capture_queues_the_certificate_and_its_mail_once() {
    let waiting = after(started(), &[created(1)]);
    let change = waiting.apply(&captured(1), at(1), &cause()).change.unwrap();
    assert!(matches!(&change.certificate, Some(CertificateChange::Issue(draft)) if draft.trees == 10));
    assert_eq!(change.work, [Work::SendCertificate]);
    assert_eq!(change.entries[0].kind, TimelineKind::PaymentCaptured);
    let completed = stored(change);
    assert_eq!(completed.apply(&captured(1), at(2), &cause()).change, None);
}

#[test]
fn a_partial_refund_replaces_the_certificate_and_a_whole_one_withdraws_it() {
    let completed = after(started(), &[created(1), captured(1)]);
    let part = completed.apply(&refunded(1, "r1", 2000), at(1), &cause()).change.unwrap();
    assert!(matches!(&part.certificate, Some(CertificateChange::Replace(draft)) if draft.trees == 6));
    let rest = stored(part).apply(&refunded(1, "r2", 3000), at(2), &cause()).change.unwrap();
    assert_eq!(rest.certificate, Some(CertificateChange::Withdraw));
    let refunded = stored(rest);
    assert_eq!(refunded.certificate.as_ref().unwrap().status, CertificateStatus::Withdrawn);
    assert_eq!(refunded.refunded(), Tenge::new(5000));
}

/// What can be delivered for one attempt, and what may be delivered twice.
fn deliveries() -> Vec<DonationEvent> {
    vec![
        created(1),
        captured(1),
        declined(1, 1),
        declined(1, 2),
        ended(1),
        refund_pending(1, "r1", 2000),
        refunded(1, "r1", 2000),
        refunded(1, "r2", 3000),
        refund_declined(1, "r3", 3000),
    ]
}

/// What does not depend on when we heard of it.
fn essence(donation: &Donation) -> (DonationStatus, Tenge, Vec<Review>, Option<(u32, CertificateStatus)>) {
    let reviews = donation.open_reviews().into_iter().collect();
    let certificate = donation.certificate.as_ref().map(|known| (known.draft.trees, known.status));
    let certificate = certificate.filter(|(_, status)| *status == CertificateStatus::Valid);
    (donation.status(), donation.refunded(), reviews, certificate)
}

fn event() -> impl Strategy<Value = DonationEvent> {
    let order = (1_u32..=2, 0_usize..8).prop_map(|(attempt, kind)| match kind {
        0 => created(attempt),
        1 | 2 => captured(attempt),
        3 => declined(attempt, 1),
        4 => ended(attempt),
        5 => refunded(attempt, &format!("r{attempt}"), 2000),
        6 => refunded(attempt, &format!("rest{attempt}"), 3000),
        _ => captured_amount(attempt, 1),
    });
    prop_oneof![9 => order, 1 => Just(DonationEvent::DonorCancelled)]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    /// Any subset of one order's events, in any order and with any of them doubled, ends the same.
    #[test]
    fn the_order_of_delivery_does_not_matter(
        subset in proptest::sample::subsequence(deliveries(), 1..=9),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 24),
    ) {
        let expected = essence(&after(started(), &subset));
        let mut shuffled = Vec::new();
        let mut left = subset.clone();
        for index in &order {
            if left.is_empty() {
                shuffled.push(index.get(&subset).clone());
            } else {
                shuffled.push(left.remove(index.index(left.len())));
            }
        }
        prop_assert_eq!(essence(&after(started(), &shuffled)), expected);
    }

    /// The same for the payments of two orders of one donation, and what was given back of each.
    #[test]
    fn the_order_of_two_payments_does_not_matter(
        subset in proptest::sample::subsequence(
            vec![captured(1), captured(2), refunded(1, "r1", 5000), refunded(2, "r2", 2000), refunded(2, "r3", 3000)], 1..=5),
        order in proptest::collection::vec(any::<proptest::sample::Index>(), 12),
    ) {
        let expected = essence(&after(started_again(), &subset));
        let mut left = subset.clone();
        let mut shuffled = Vec::new();
        for index in &order {
            if left.is_empty() {
                shuffled.push(index.get(&subset).clone());
            } else {
                shuffled.push(left.remove(index.index(left.len())));
            }
        }
        prop_assert_eq!(essence(&after(started_again(), &shuffled)), expected);
    }

    /// Nothing but a refund moves a donation that was completed.
    #[test]
    fn nothing_but_a_refund_leaves_completed(events in proptest::collection::vec(event(), 1..30)) {
        let mut donation = started_again();
        for event in events {
            let before = donation.status();
            let refund = matches!(&event, DonationEvent::Order(order) if matches!(order.fact, domain::donation::OrderFact::Refunded(_)));
            donation = after(donation, &[event]);
            if before == DonationStatus::Completed && !refund {
                prop_assert_eq!(donation.status(), DonationStatus::Completed);
            }
            prop_assert_eq!(before.was_paid() && !donation.status().was_paid(), false);
            let paid = donation.attempts.iter().any(|attempt| attempt.is_paid());
            prop_assert_eq!(paid, donation.status().was_paid());
            prop_assert!(donation.refunded() <= donation.gift.amount);
            let valid = donation.certificate.as_ref().is_some_and(|known| known.status == CertificateStatus::Valid);
            prop_assert_eq!(valid, paid && donation.status() != DonationStatus::Refunded);
        }
    }
}
