//! Giving money back: what is reserved, what is heard, and what becomes of the donation.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{OrderFact, RefundRefused, RefundWish, TimelineKind, Verdict, Work};
use domain::{Donation, DonationStatus, LineText, RefundId, RefundStatus, Review, Tenge};
use support::*;
use uuid::Uuid;

fn wish(id: u128, amount: Option<u32>) -> RefundWish {
    let reason = LineText::parse("the donor asked for it").unwrap();
    RefundWish { id: RefundId(Uuid::from_u128(id)), amount: amount.map(Tenge::new), reason }
}

/// A paid donation of 5 000 ₸.
fn completed() -> Donation {
    after(started(), &[created(1), captured(1)])
}

/// The same, and two orders of it were paid.
fn paid_twice() -> Donation {
    after(started_again(), &[captured(1), captured(2)])
}

fn asked(donation: &Donation, wish: &RefundWish) -> Donation {
    stored(donation.plan_refund(wish, now(), &cause()).unwrap())
}

#[test]
fn the_second_of_two_refunds_that_do_not_fit_together_is_refused() {
    let first = asked(&completed(), &wish(1, Some(3000)));
    assert_eq!(
        (first.status(), first.refunded()),
        (DonationStatus::Completed, Tenge::ZERO),
        "reserved, not given back"
    );
    let refused = first.plan_refund(&wish(2, Some(3000)), at(5), &cause()).unwrap_err();
    assert_eq!(refused, RefundRefused::ExceedsPaid { left: Tenge::new(2000) });
    let rest = asked(&first, &wish(2, None));
    assert_eq!(rest.refunds[1].amount, Tenge::new(2000), "without an amount it is all that is left");
    assert!(rest.plan_refund(&wish(3, None), at(5), &cause()).is_err());
    assert!(rest.plan_refund(&wish(3, Some(1)), at(5), &cause()).is_err());
}

#[test]
fn what_was_never_paid_is_not_given_back() {
    for unpaid in [donation(), started(), after(started(), &[created(1), declined(1, 1)])] {
        assert_eq!(unpaid.plan_refund(&wish(1, None), at(5), &cause()).unwrap_err(), RefundRefused::NeverPaid);
    }
    let wrong = after(started(), &[created(1), captured_amount(1, 4999)]);
    assert_eq!(wrong.plan_refund(&wish(1, None), at(5), &cause()).unwrap_err(), RefundRefused::NeverPaid);
}

#[test]
fn nothing_cannot_be_given_back() {
    assert!(completed().plan_refund(&wish(1, Some(0)), at(5), &cause()).is_err());
}

#[test]
fn the_change_tells_what_was_asked_for_and_queues_no_mail() {
    let change = completed().plan_refund(&wish(1, Some(3000)), at(5), &cause()).unwrap();
    assert_eq!((change.work.len(), &change.certificate), (0, &None));
    assert_eq!(change.entries[0].kind, TimelineKind::RefundRequested);
    assert_eq!(change.entries[0].details["amount"], "3000 KZT");
    assert_eq!(change.entries[0].details["reason"], "the donor asked for it");
}

#[test]
fn the_gateways_news_of_a_refund_of_ours_are_known_by_our_name() {
    let mut donation = asked(&completed(), &wish(1, Some(3000)));
    let report = report_of(&donation.refunds[0], "rfd_1");
    for (fact, status) in [
        (OrderFact::RefundPending(report.clone()), RefundStatus::Pending),
        (OrderFact::Refunded(report.clone()), RefundStatus::Succeeded),
    ] {
        donation = after(donation, &[order(1, fact)]);
        assert_eq!(donation.refunds.len(), 1);
        assert_eq!(donation.refunds[0].gateway_id.as_ref().unwrap().as_str(), "rfd_1");
        assert_eq!(donation.refunds[0].status, status);
    }
    assert_eq!((donation.status(), donation.refunded()), (DonationStatus::PartiallyRefunded, Tenge::new(3000)));
    let late = order(1, OrderFact::RefundPending(report));
    assert_eq!(donation.apply(&late, at(9), &cause()).verdict, Verdict::Stays);
}

#[test]
fn a_refund_that_the_bank_declines_frees_what_was_reserved() {
    let donation = asked(&completed(), &wish(1, None));
    let declined =
        after(donation.clone(), &[order(1, OrderFact::RefundDeclined(report_of(&donation.refunds[0], "rfd_1")))]);
    assert_eq!((declined.status(), declined.refunds[0].status), (DonationStatus::Completed, RefundStatus::Failed));
    assert_eq!(asked(&declined, &wish(2, None)).refunds[1].amount, Tenge::new(5000));
}

#[test]
fn a_refund_that_the_gateway_refuses_frees_what_was_reserved_but_money_that_went_out_counts() {
    let donation = asked(&completed(), &wish(1, None));
    let id = donation.refunds[0].id;
    let decision = donation.refund_refused(id, "the key is wrong", (at(6), &cause()));
    let change = decision.change.unwrap();
    assert_eq!(change.entries[0].details["why"], "the key is wrong");
    let refused = stored(change);
    assert_eq!(refused.unreserved_of(1), Tenge::new(5000));
    assert_eq!(refused.refund_refused(id, "again", (at(7), &cause())).change, None);
    let after_all = after(refused.clone(), &[order(1, OrderFact::Refunded(report_of(&refused.refunds[0], "rfd_1")))]);
    assert_eq!((after_all.status(), after_all.refunds.len()), (DonationStatus::Refunded, 1));
}

#[test]
fn a_refund_that_we_took_for_refused_and_the_gateway_has_after_all_is_pending_again() {
    let donation = asked(&completed(), &wish(1, None));
    let refused = stored(donation.refund_refused(donation.refunds[0].id, "no", (at(6), &cause())).change.unwrap());
    let made = after(refused.clone(), &[order(1, OrderFact::RefundPending(report_of(&refused.refunds[0], "rfd_1")))]);
    assert_eq!((made.refunds[0].status, made.unreserved_of(1)), (RefundStatus::Pending, Tenge::ZERO));
    let declined = after(made, &[order(1, OrderFact::RefundDeclined(report_of(&refused.refunds[0], "rfd_1")))]);
    let late = after(declined.clone(), &[order(1, OrderFact::RefundPending(report_of(&refused.refunds[0], "rfd_1")))]);
    assert_eq!(late, declined, "what the bank has declined stays so");
}

#[test]
fn a_webhook_that_overtakes_the_gateways_answer_without_our_name_is_found_to_be_ours() {
    let requested = asked(&completed(), &wish(1, Some(3000)));
    let heard = requested.apply(&refunded(1, "rfd_1", 3000), at(6), &cause()).change.unwrap();
    let told_of = heard.work.clone();
    let heard = stored(heard);
    assert_eq!((heard.refunds.len(), heard.unreserved_of(1)), (2, Tenge::ZERO), "counted twice until it is known");
    let answer = order(1, OrderFact::RefundPending(report_of(&requested.refunds[0], "rfd_1")));
    let change = heard.apply(&answer, at(7), &cause()).change.unwrap();
    assert_eq!(change.work, [], "the donor is told of one refund once");
    let known = stored(change);
    assert_eq!(known.refunds.len(), 1);
    assert_eq!((known.refunds[0].id, known.refunds[0].status), (requested.refunds[0].id, RefundStatus::Succeeded));
    assert_eq!((known.refunded(), known.unreserved_of(1)), (Tenge::new(3000), Tenge::new(2000)));
    let [Work::SendCertificate, Work::TellOfRefund(told)] = told_of[..] else { panic!("{told_of:?}") };
    assert_eq!(known.refund(told).unwrap().id, known.refunds[0].id, "the queued mail finds its refund");
}

#[test]
fn the_superfluous_payment_goes_back_first() {
    let twice = paid_twice();
    let first = asked(&twice, &wish(1, None));
    assert_eq!((first.refunds[0].attempt, first.refunds[0].amount), (2, Tenge::new(5000)));
    assert_eq!(asked(&first, &wish(2, Some(100))).refunds[1].attempt, 1);
    let too_much = twice.plan_refund(&wish(1, Some(5001)), at(5), &cause()).unwrap_err();
    assert_eq!(too_much, RefundRefused::ExceedsPaid { left: Tenge::new(5000) });
}

#[test]
fn a_second_payment_queues_its_return_and_that_is_asked_for_once() {
    let once = after(started_again(), &[captured(1)]);
    let change = once.apply(&captured(2), at(3), &cause()).change.unwrap();
    assert!(change.work.contains(&Work::RefundDuplicate), "{:?}", change.work);
    let twice = stored(change);
    let change = twice.plan_duplicate_refund(&wish(7, None), at(4), &cause()).unwrap();
    let asked = stored(change);
    assert_eq!((asked.refunds[0].attempt, asked.refunds[0].amount), (2, Tenge::new(5000)));
    assert_eq!(asked.plan_duplicate_refund(&wish(7, None), at(4), &cause()), None);
    assert_eq!(asked.plan_duplicate_refund(&wish(8, None), at(4), &cause()), None);
    assert_eq!(once.plan_duplicate_refund(&wish(7, None), at(4), &cause()), None);
}

/// The refund at this place of the list has gone through.
fn gone_through(donation: Donation, place: usize) -> Donation {
    let refund = donation.refunds[place].clone();
    let id = format!("rfd_{}", refund.id);
    after(donation, &[order(refund.attempt, OrderFact::Refunded(report_of(&refund, &id)))])
}

#[test]
fn paid_twice_is_settled_when_we_have_given_all_but_one_payment_back() {
    let twice = paid_twice();
    assert!(twice.is_flagged(Review::PaidTwice));
    let part = gone_through(asked(&twice, &wish(1, Some(4000))), 0);
    assert!(part.is_flagged(Review::PaidTwice), "the charity still holds too much");
    let settled = gone_through(asked(&part, &wish(2, None)), 1);
    assert!(!settled.is_flagged(Review::PaidTwice));
    assert_eq!(settled.status(), DonationStatus::Completed);
    let late = after(settled.clone(), &[captured(2), captured(1)]);
    assert_eq!(late, settled, "known payments raise nothing anew");
}

#[test]
fn a_payment_that_arrives_after_a_refund_is_for_a_person_to_look_at() {
    let once = after(started_again(), &[captured(1)]);
    let given_back = gone_through(asked(&once, &wish(1, None)), 0);
    assert_eq!(given_back.status(), DonationStatus::Refunded);
    let paid_again = after(given_back, &[captured(2)]);
    assert_eq!(paid_again.status(), DonationStatus::Completed);
    assert!(paid_again.is_flagged(Review::PaidTwice));
    assert_eq!(paid_again.plan_duplicate_refund(&wish(9, None), at(9), &cause()), None, "it is all that we hold");

    let under_way = after(asked(&once, &wish(1, None)), &[captured(2)]);
    assert!(gone_through(under_way, 0).is_flagged(Review::PaidTwice), "asked for before it was paid twice");
}

#[test]
fn a_resolved_review_is_not_raised_again_by_the_same_news() {
    let wrong = after(started(), &[created(1), captured_amount(1, 4999)]);
    let note = LineText::parse("given back in the panel").unwrap();
    let change = wrong.resolve_review(Review::AmountMismatch, &note, (at(9), &cause())).change.unwrap();
    assert_eq!(change.entries[0].kind, TimelineKind::ReviewResolved);
    assert_eq!(change.entries[0].details["note"], "given back in the panel");
    let resolved = stored(change);
    assert!(!resolved.is_flagged(Review::AmountMismatch));
    assert_eq!(resolved.status(), wrong.status(), "resolving moves nothing");
    let again = after(resolved.clone(), &[captured_amount(1, 4999)]);
    assert!(!again.is_flagged(Review::AmountMismatch));
    let decision = resolved.resolve_review(Review::AmountMismatch, &note, (at(9), &cause()));
    assert_eq!((decision.verdict, decision.change), (Verdict::AlreadyApplied, None));
    let never = resolved.resolve_review(Review::PaidTwice, &note, (at(9), &cause()));
    assert!(matches!(never.verdict, Verdict::Refused(_)));
    let another = after(resolved, &[refunded(1, "r1", 0)]);
    assert!(another.is_flagged(Review::AmountMismatch), "another subject is another review");
}
