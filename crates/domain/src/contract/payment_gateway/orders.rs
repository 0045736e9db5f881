//! Promises about orders.

use super::{GatewayUnderTest, capture, created, known, order_named, paid, tenge};
use crate::contract::together::together;
use crate::ports::{CreateOrder, GatewayError, OrderStatus};
use crate::{ExternalId, OrderId, Tenge};

/// The answer that made it, and both ways to ask about it, say the same.
pub async fn a_new_order_can_be_paid_and_is_found_by_both_names(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let wanted = order_named("a", 5000);
    let order = created(gateway, &wanted).await;
    assert!(!order.id.as_str().is_empty());
    assert_eq!(order.external_id.as_ref(), Some(&wanted.external_id));
    assert_eq!(tenge(&order.amount), wanted.amount);
    assert_eq!(order.status, OrderStatus::Payable);
    assert!(order.checkout_url.starts_with("http"), "{}", order.checkout_url);
    assert!(order.due_at.is_none_or(|due_at| due_at <= wanted.due_at));
    assert_eq!(gateway.order(&order.id).await.unwrap().as_ref(), Some(&order));
    assert_eq!(gateway.order_by_external_id(&wanted.external_id).await.unwrap(), Some(order));
}

/// By either name.
pub async fn an_unknown_order_is_none(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    created(gateway, &order_named("a", 5000)).await;
    assert_eq!(gateway.order(&OrderId::new("ord_0000000000")).await.unwrap(), None);
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("b")).await.unwrap(), None);
    assert_eq!(gateway.refunds(&OrderId::new("ord_0000000000")).await.unwrap(), []);
}

/// Asking for an order under a name that is taken changes nothing, even with another amount.
pub async fn a_name_has_one_order(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let first = created(gateway, &order_named("a", 5000)).await;
    for amount in [5000, 700] {
        let again = gateway.create_order(&order_named("a", amount)).await.unwrap();
        assert_eq!(again, CreateOrder::AlreadyExists);
    }
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a")).await.unwrap(), Some(first));
}

/// A donation's later attempts are named after its first.
pub async fn names_that_begin_alike_are_different_orders(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let second = created(gateway, &order_named("a-2", 5000)).await;
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a")).await.unwrap(), None);
    let first = created(gateway, &order_named("a", 5000)).await;
    assert_ne!(first.id, second.id);
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a")).await.unwrap(), Some(first));
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a-2")).await.unwrap(), Some(second));
}

/// One call makes it; the others hear that it is there, and find it.
pub async fn one_name_asked_for_twenty_times_at_once_is_one_order(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let wanted = order_named("a", 5000);
    let answers = together((0..20).map(|_| gateway.create_order(&wanted))).await;
    let mut made = Vec::new();
    for answer in answers {
        match answer.unwrap() {
            CreateOrder::Created(order) => made.push(order),
            CreateOrder::AlreadyExists => {}
        }
    }
    let [order] = made.as_slice() else {
        panic!("{} orders of one name: {made:?}", made.len());
    };
    let found = gateway.order_by_external_id(&wanted.external_id).await.unwrap();
    assert_eq!(found.as_ref(), Some(order));
}

/// By either name, with the payment's id, what was ordered and what was taken.
pub async fn a_paid_order_says_who_took_what(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let id = paid(under_test, "a", 5000).await;
    let order = known(gateway, &id).await;
    let report = capture(&order);
    assert!(report.payment_id.is_some());
    assert_eq!(tenge(&report.ordered), Tenge::new(5000));
    assert_eq!(tenge(&report.captured), Tenge::new(5000));
    assert_eq!(gateway.order_by_external_id(&ExternalId::new("a")).await.unwrap(), Some(order));
    let again = gateway.create_order(&order_named("a", 5000)).await.unwrap();
    assert_eq!(again, CreateOrder::AlreadyExists);
}

/// The two amounts are never mistaken for each other.
pub async fn an_amount_captured_that_differs_is_reported(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = created(gateway, &order_named("a", 5000)).await;
    under_test.pay(&order.id, Tenge::new(4000)).await;
    let order = known(gateway, &order.id).await;
    assert_eq!(tenge(&capture(&order).ordered), Tenge::new(5000));
    assert_eq!(tenge(&capture(&order).captured), Tenge::new(4000));
}

/// A decline is no end: the payer may try another card.
pub async fn a_declined_payment_leaves_the_order_payable(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = created(gateway, &order_named("a", 5000)).await;
    under_test.decline(&order.id).await;
    assert_eq!(known(gateway, &order.id).await.status, OrderStatus::Payable);
    under_test.pay(&order.id, Tenge::new(5000)).await;
    assert_eq!(tenge(&capture(&known(gateway, &order.id).await).captured), Tenge::new(5000));
}

/// And its name stays taken.
pub async fn an_expired_order_can_no_longer_be_paid(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = created(gateway, &order_named("a", 5000)).await;
    under_test.expire(&order.id).await;
    assert_eq!(known(gateway, &order.id).await.status, OrderStatus::Ended);
    let again = gateway.create_order(&order_named("a", 5000)).await.unwrap();
    assert_eq!(again, CreateOrder::AlreadyExists);
}

/// Whatever the error is called, asking again under the same name is harmless and leads to the order.
pub async fn an_order_whose_answer_was_lost_is_found_by_its_name(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let wanted = order_named("a", 5000);
    under_test.lose_next_answer().await;
    let lost = gateway.create_order(&wanted).await.unwrap_err();
    assert!(!matches!(lost, GatewayError::Refused(_)), "{lost:?}");
    assert_eq!(gateway.create_order(&wanted).await.unwrap(), CreateOrder::AlreadyExists);
    let found = gateway.order_by_external_id(&wanted.external_id).await.unwrap().unwrap();
    assert_eq!(found.status, OrderStatus::Payable);
    assert_eq!(tenge(&found.amount), wanted.amount);
}

/// The same call may be made again, and then makes the order.
pub async fn a_gateway_that_is_unavailable_makes_no_order(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let wanted = order_named("a", 5000);
    under_test.be_unavailable_once().await;
    let turned_away = gateway.create_order(&wanted).await.unwrap_err();
    assert!(matches!(turned_away, GatewayError::Unavailable(_)), "{turned_away:?}");
    assert_eq!(gateway.order_by_external_id(&wanted.external_id).await.unwrap(), None);
    created(gateway, &wanted).await;
}

/// With or without orders.
pub async fn the_check_tells_whether_it_answers(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    assert_eq!(gateway.check().await, Ok(()));
    created(gateway, &order_named("a", 5000)).await;
    assert_eq!(gateway.check().await, Ok(()));
    under_test.be_unavailable_once().await;
    let turned_away = gateway.check().await.unwrap_err();
    assert!(matches!(turned_away, GatewayError::Unavailable(_)), "{turned_away:?}");
}
