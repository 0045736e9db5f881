//! What is held here against what the gateway says of it: the whole table.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

mod support;

use domain::donation::{AttemptState, Capture};
use domain::ports::{GatewayRefund, ListedRefund, ListedStatus};
use domain::reconciliation::{DifferenceKind, OrderThere, compare_order, compare_refund};
use domain::*;
use support::*;

/// The donation of 5 000 ₸, its one attempt in this state.
fn held(state: AttemptState) -> Donation {
    let mut record = started().into_record();
    record.attempts[0].state = state;
    Donation::restore(record)
}

fn there(status: ListedStatus, amount: u32) -> OrderThere {
    let amount = ReportedAmount::Tenge(Tenge::new(amount));
    OrderThere { id: OrderId::new("ord_1"), amount, captured: None, status, made_at: None }
}

fn words(donation: Option<&Donation>, number: u32, there: &OrderThere) -> Vec<&'static str> {
    let name = (started().id, number);
    compare_order(donation, name, there).iter().map(|difference| difference.kind.word()).collect()
}

#[test]
fn every_state_of_an_attempt_meets_every_status_of_its_order() {
    let capture = || Capture { payment_id: None, paid_at: at(1) };
    let statuses = [ListedStatus::Payable, ListedStatus::Paid, ListedStatus::Ended];
    for (state, expected) in [
        (AttemptState::Prepared, [&[][..], &["paid_there_only"], &[]]),
        (AttemptState::Open, [&[], &["paid_there_only"], &[]]),
        (AttemptState::Ended, [&[], &["paid_there_only"], &[]]),
        (AttemptState::Paid(capture()), [&["paid_here_only"], &[], &["paid_here_only"]]),
        (
            AttemptState::Mismatched(capture()),
            [&["paid_here_only", "amount_differs"], &["amount_differs"], &["paid_here_only", "amount_differs"]],
        ),
    ] {
        let donation = held(state.clone());
        for (status, expected) in statuses.into_iter().zip(expected) {
            assert_eq!(words(Some(&donation), 1, &there(status, 5000)), expected, "{state:?} {status:?}");
        }
    }
}

#[test]
fn another_amount_differs_whatever_else_does() {
    let open = held(AttemptState::Open);
    assert_eq!(words(Some(&open), 1, &there(ListedStatus::Ended, 4999)), ["amount_differs"]);
    assert_eq!(words(Some(&open), 1, &there(ListedStatus::Paid, 5001)), ["paid_there_only", "amount_differs"]);
    let fraction = OrderThere {
        captured: Some(ReportedAmount::NotWholeTenge("5000.50 KZT".to_owned())),
        ..there(ListedStatus::Paid, 5000)
    };
    let found = compare_order(Some(&open), (open.id, 1), &fraction);
    assert_eq!(found[1].kind, DifferenceKind::AmountDiffers);
    assert_eq!(found[1].gateway.as_deref(), Some("paid, 5000.50 KZT taken for an order of 5000 KZT"));
}

#[test]
fn what_is_not_here_is_missing_whatever_its_status() {
    let open = held(AttemptState::Open);
    for status in [ListedStatus::Payable, ListedStatus::Paid, ListedStatus::Ended] {
        assert_eq!(words(None, 1, &there(status, 5000)), ["missing_here"]);
        assert_eq!(words(Some(&open), 2, &there(status, 5000)), ["missing_here"]);
    }
}

/// The gateway's refund of this amount and status.
fn refund(amount: u32, status: RefundStatus) -> ListedRefund {
    let refund = GatewayRefund {
        id: GatewayRefundId::new("rfd_1"),
        external_id: None,
        amount: ReportedAmount::Tenge(Tenge::new(amount)),
        status,
        created_at: None,
    };
    ListedRefund { order: OrderId::new("ord_1"), refund }
}

fn refund_word(donation: &Donation, there: &ListedRefund) -> Option<&'static str> {
    compare_refund(Some(donation), there).map(|difference| difference.kind.word())
}

#[test]
fn every_status_of_a_refund_meets_every_other() {
    use RefundStatus::{Failed, Pending, Succeeded};
    let paid = after(started(), &[captured(1)]);
    for (status, word) in [(Pending, "refund_missing_here"), (Succeeded, "refund_missing_here")] {
        assert_eq!(refund_word(&paid, &refund(1000, status)), Some(word));
    }
    assert_eq!(refund_word(&paid, &refund(1000, Failed)), None, "no money moved");
    for ours in RefundStatus::ALL {
        let mut record = after(paid.clone(), &[refunded(1, "rfd_1", 1000)]).into_record();
        record.refunds[0].status = ours;
        let donation = Donation::restore(record);
        for status in RefundStatus::ALL {
            let differs = (status != ours).then_some("refund_status_differs");
            assert_eq!(refund_word(&donation, &refund(1000, status)), differs, "{ours:?} {status:?}");
            assert_eq!(refund_word(&donation, &refund(999, status)), Some("refund_amount_differs"));
        }
    }
}

#[test]
fn a_refund_that_we_asked_for_is_known_by_our_name_before_the_gateway_has_answered() {
    let mut record = after(started(), &[captured(1), refunded(1, "rfd_1", 1000)]).into_record();
    let reason = LineText::parse("asked for by the donor").unwrap();
    record.refunds[0].request = Some(RefundRequest { reason, payment: RefundedPayment::Kept });
    record.refunds[0].gateway_id = None;
    let ours = record.refunds[0].external_id();
    let donation = Donation::restore(record);
    let mut there = refund(1000, RefundStatus::Succeeded);
    assert_eq!(refund_word(&donation, &there), Some("refund_missing_here"));
    there.refund.external_id = ours;
    assert_eq!(refund_word(&donation, &there), None);
}

#[test]
fn words_come_back_as_their_kinds() {
    for kind in DifferenceKind::ALL {
        assert_eq!(DifferenceKind::from_word(kind.word()), Some(kind));
    }
    assert_eq!(DifferenceKind::from_word("odd"), None);
}
