//! Promises about refunds.

use super::{GatewayUnderTest, capture, created, known, made, order_named, paid, refund_named, tenge};
use crate::contract::together::together;
use crate::ports::{GatewayError, PaymentGateway, RefundOutcome};
use crate::{ExternalId, GatewayRefundId, OrderId, RefundStatus, Tenge};

/// What was given back or is on its way, over all refunds of the order.
async fn given_back(gateway: &dyn PaymentGateway, order: &OrderId) -> Tenge {
    let refunds = gateway.refunds(order).await.unwrap();
    let counted = refunds.iter().filter(|refund| refund.status != RefundStatus::Failed);
    counted.fold(Tenge::ZERO, |sum, refund| sum.saturating_add(tenge(&refund.amount)))
}

/// That money was taken stays true; the refund shows among the order's refunds.
pub async fn a_whole_refund_leaves_the_order_paid(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    assert_eq!(gateway.refunds(&order).await.unwrap(), []);
    let refund = made(gateway, &refund_named("r-1", &order, 5000)).await;
    assert_eq!(refund.external_id, Some(ExternalId::new("r-1")));
    assert_eq!(tenge(&refund.amount), Tenge::new(5000));
    assert_eq!(refund.status, RefundStatus::Succeeded);
    assert_eq!(gateway.refund(&order, &refund.id).await.unwrap().as_ref(), Some(&refund));
    assert_eq!(gateway.refunds(&order).await.unwrap(), [refund]);
    assert_eq!(tenge(&capture(&known(gateway, &order).await).captured), Tenge::new(5000));
}

/// To the last tenge, and no further.
pub async fn refunds_in_parts_add_up_to_the_payment(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    for (name, amount) in [("r-1", 1000), ("r-2", 3999), ("r-3", 1)] {
        made(gateway, &refund_named(name, &order, amount)).await;
    }
    assert_eq!(gateway.refunds(&order).await.unwrap().len(), 3);
    assert_eq!(given_back(gateway, &order).await, Tenge::new(5000));
    let more = gateway.create_refund(&refund_named("r-4", &order, 1)).await.unwrap();
    assert_eq!(more, RefundOutcome::ExceedsPaid);
}

/// At once or in parts; a refund that was turned away counts for nothing.
pub async fn more_than_was_paid_is_not_given_back(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let whole = gateway.create_refund(&refund_named("r-1", &order, 5001)).await.unwrap();
    assert_eq!(whole, RefundOutcome::ExceedsPaid);
    assert_eq!(gateway.refunds(&order).await.unwrap(), []);
    made(gateway, &refund_named("r-2", &order, 3000)).await;
    let rest = gateway.create_refund(&refund_named("r-3", &order, 2001)).await.unwrap();
    assert_eq!(rest, RefundOutcome::ExceedsPaid);
    assert_eq!(given_back(gateway, &order).await, Tenge::new(3000));
}

/// Neither can become possible by asking again.
pub async fn an_unpaid_or_unknown_order_has_nothing_to_give_back(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let unpaid = created(gateway, &order_named("a", 5000)).await;
    for order in [unpaid.id, OrderId::new("ord_0000000000")] {
        let refused = gateway.create_refund(&refund_named("r-1", &order, 100)).await.unwrap_err();
        assert!(matches!(refused, GatewayError::Refused(_)), "{refused:?}");
        assert_eq!(gateway.refunds(&order).await.unwrap(), []);
    }
}

/// A repeat gives nothing back, whatever amount it names.
pub async fn a_refunds_name_is_used_once(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let refund = made(gateway, &refund_named("r-1", &order, 1000)).await;
    for amount in [1000, 2000] {
        let again = gateway.create_refund(&refund_named("r-1", &order, amount)).await.unwrap();
        assert_eq!(again, RefundOutcome::AlreadyExists);
    }
    assert_eq!(gateway.refunds(&order).await.unwrap(), [refund]);
}

/// 60 and 60 of 100: one of them.
pub async fn two_refunds_at_once_do_not_exceed_the_payment(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 100).await;
    let wanted = [refund_named("r-1", &order, 60), refund_named("r-2", &order, 60)];
    let answers = together(wanted.iter().map(|refund| gateway.create_refund(refund))).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    let made = answers.iter().filter(|answer| matches!(answer, RefundOutcome::Made(_)));
    assert_eq!(made.count(), 1, "{answers:?}");
    assert!(answers.contains(&RefundOutcome::ExceedsPaid), "{answers:?}");
    assert_eq!(given_back(gateway, &order).await, Tenge::new(60));
}

/// However concurrently a repeat comes.
pub async fn one_refund_asked_for_twenty_times_at_once_is_one_refund(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let wanted = refund_named("r-1", &order, 100);
    let answers = together((0..20).map(|_| gateway.create_refund(&wanted))).await;
    let answers: Vec<_> = answers.into_iter().map(Result::unwrap).collect();
    let made = answers.iter().filter(|answer| matches!(answer, RefundOutcome::Made(_)));
    assert_eq!(made.count(), 1, "{answers:?}");
    assert!(!answers.contains(&RefundOutcome::ExceedsPaid), "{answers:?}");
    assert_eq!(given_back(gateway, &order).await, Tenge::new(100));
}

/// Until then its money is spoken for.
pub async fn a_refund_that_waits_for_the_bank_becomes_final(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    under_test.keep_next_refund_pending().await;
    let waiting = made(gateway, &refund_named("r-1", &order, 5000)).await;
    assert_eq!(waiting.status, RefundStatus::Pending);
    let more = gateway.create_refund(&refund_named("r-2", &order, 1)).await.unwrap();
    assert_eq!(more, RefundOutcome::ExceedsPaid);
    under_test.approve_refund(&waiting).await;
    let settled = gateway.refund(&order, &waiting.id).await.unwrap().unwrap();
    assert_eq!(settled.status, RefundStatus::Succeeded);
}

/// It stays on record, and its money can be given back by another one.
pub async fn a_refund_that_the_bank_declines_gives_nothing_back(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    under_test.decline_next_refund().await;
    let declined = made(gateway, &refund_named("r-1", &order, 5000)).await;
    assert_eq!(declined.status, RefundStatus::Failed);
    assert_eq!(gateway.refunds(&order).await.unwrap(), [declined]);
    made(gateway, &refund_named("r-2", &order, 5000)).await;
    assert_eq!(given_back(gateway, &order).await, Tenge::new(5000));
}

/// The error says that it may have been made: whoever repeats it blindly under another name would pay twice.
pub async fn a_refund_whose_answer_was_lost_is_found_among_the_orders(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let wanted = refund_named("r-1", &order, 1000);
    under_test.lose_next_answer().await;
    let lost = gateway.create_refund(&wanted).await.unwrap_err();
    assert!(matches!(lost, GatewayError::OutcomeUnknown(_)), "{lost:?}");
    assert_eq!(gateway.create_refund(&wanted).await.unwrap(), RefundOutcome::AlreadyExists);
    let refunds = gateway.refunds(&order).await.unwrap();
    let found: Vec<_> = refunds.iter().map(|refund| refund.external_id.as_ref()).collect();
    assert_eq!(found, [Some(&wanted.external_id)]);
}

/// The same call may be made again, and then makes the refund.
pub async fn a_gateway_that_is_unavailable_makes_no_refund(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let wanted = refund_named("r-1", &order, 1000);
    under_test.be_unavailable_once().await;
    let turned_away = gateway.create_refund(&wanted).await.unwrap_err();
    assert!(matches!(turned_away, GatewayError::Unavailable(_)), "{turned_away:?}");
    assert_eq!(gateway.refunds(&order).await.unwrap(), []);
    made(gateway, &wanted).await;
}

/// Of a known order and of an unknown one.
pub async fn an_unknown_refund_is_none(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let id = GatewayRefundId::new("rfd_0000000000");
    assert_eq!(gateway.refund(&order, &id).await.unwrap(), None);
    assert_eq!(gateway.refund(&OrderId::new("ord_0000000000"), &id).await.unwrap(), None);
}
