//! Promises about the lists of what was made in a stretch of time.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::{GatewayUnderTest, created, far_away, made, order_named, paid, refund_named};
use crate::ports::{GatewayError, ListedOrder, ListedRefund, ListedStatus, PaymentGateway, TimeSpan};
use crate::{ExternalId, GatewayRefundId, Instant, OrderId, RefundStatus, Tenge};

/// More than any page of a list holds that is bounded.
const LONGEST_PAGE: usize = 100;

/// All the time that a gateway knows.
fn ever() -> TimeSpan {
    TimeSpan { from: Instant::UNIX_EPOCH, until: far_away() }
}

/// Every order made in the span by its id, and how many pages it took to hear of them.
async fn orders(gateway: &dyn PaymentGateway, span: &TimeSpan) -> (BTreeMap<OrderId, ListedOrder>, u32) {
    let (mut known, mut next, mut pages) = (BTreeMap::new(), Some(1), 0);
    while let Some(page) = next {
        let listing = gateway.orders_made(span, page).await.unwrap();
        assert!(listing.items.len() <= LONGEST_PAGE, "{} on one page", listing.items.len());
        known.extend(listing.items.into_iter().map(|order| (order.id.clone(), order)));
        assert!(listing.next.is_none_or(|next| next > page), "pages come one after the other");
        (next, pages) = (listing.next, pages + 1);
    }
    (known, pages)
}

/// Every refund made in the span by its id, and how many pages it took to hear of them. Refunds of two orders may have
/// the same id.
async fn refunds(
    gateway: &dyn PaymentGateway,
    span: &TimeSpan,
) -> (BTreeMap<(OrderId, GatewayRefundId), ListedRefund>, u32) {
    let (mut known, mut next, mut pages) = (BTreeMap::new(), Some(1), 0);
    while let Some(page) = next {
        let listing = gateway.refunds_made(span, page).await.unwrap();
        assert!(listing.items.len() <= LONGEST_PAGE, "{} on one page", listing.items.len());
        let named = |listed: ListedRefund| ((listed.order.clone(), listed.refund.id.clone()), listed);
        known.extend(listing.items.into_iter().map(named));
        assert!(listing.next.is_none_or(|next| next > page), "pages come one after the other");
        (next, pages) = (listing.next, pages + 1);
    }
    (known, pages)
}

/// With the name and the amount that they were made with; a decline leaves an order payable here too.
pub async fn orders_made_are_listed_with_where_they_stand(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    assert_eq!(orders(gateway, &ever()).await.0, BTreeMap::new());
    let waiting = created(gateway, &order_named("waiting", 700)).await.id;
    let declined = created(gateway, &order_named("declined", 800)).await.id;
    under_test.decline(&declined).await;
    let ended = created(gateway, &order_named("ended", 900)).await.id;
    under_test.expire(&ended).await;
    let paid = paid(under_test, "paid", 5000).await;

    let (listed, _) = orders(gateway, &ever()).await;
    assert_eq!(listed.len(), 4);
    for (id, name, amount, status) in [
        (waiting, "waiting", 700, ListedStatus::Payable),
        (declined, "declined", 800, ListedStatus::Payable),
        (ended, "ended", 900, ListedStatus::Ended),
        (paid, "paid", 5000, ListedStatus::Paid),
    ] {
        let order = &listed[&id];
        assert_eq!((order.external_id.as_ref(), order.status), (Some(&ExternalId::new(name)), status), "{name}");
        assert!(order.amount.is(Tenge::new(amount)), "{name}: {}", order.amount);
    }
}

/// Each is on one of them.
pub async fn many_orders_are_listed_page_by_page(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let mut made = Vec::new();
    for number in 0..120 {
        made.push(created(gateway, &order_named(&format!("a-{number}"), 5000)).await.id);
    }
    let (listed, pages) = orders(gateway, &ever()).await;
    made.sort();
    assert_eq!(listed.into_keys().collect::<Vec<_>>(), made);
    assert!(pages > 1);
}

/// Whatever the bank says of them.
pub async fn refunds_made_are_listed_with_their_orders(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let (one, other) = (paid(under_test, "a", 5000).await, paid(under_test, "b", 5000).await);
    assert_eq!(refunds(gateway, &ever()).await.0, BTreeMap::new());
    let mut wanted = Vec::new();
    let approved = made(gateway, &refund_named("r-1", &one, 1000)).await;
    wanted.push((one.clone(), approved, RefundStatus::Succeeded));
    under_test.keep_next_refund_pending().await;
    wanted.push((one.clone(), made(gateway, &refund_named("r-2", &one, 2000)).await, RefundStatus::Pending));
    under_test.decline_next_refund().await;
    wanted.push((other.clone(), made(gateway, &refund_named("r-3", &other, 5000)).await, RefundStatus::Failed));

    let (listed, _) = refunds(gateway, &ever()).await;
    assert_eq!(listed.len(), wanted.len());
    for (order, refund, status) in wanted {
        assert_eq!(refund.status, status);
        assert_eq!(listed[&(order, refund.id.clone())].refund, refund);
    }
}

/// Each is on one of them.
pub async fn many_refunds_are_listed_page_by_page(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let mut wanted = Vec::new();
    for number in 0..120 {
        let refund = made(gateway, &refund_named(&format!("r-{number}"), &order, 1)).await;
        wanted.push((order.clone(), refund.id));
    }
    let (listed, pages) = refunds(gateway, &ever()).await;
    wanted.sort();
    assert_eq!(listed.into_keys().collect::<Vec<_>>(), wanted);
    assert!(pages > 1);
}

/// From its first instant, and until before its last.
pub async fn a_list_is_of_its_span(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    let refund = made(gateway, &refund_named("r-1", &order, 1000)).await;
    let (tick, hour) = (TimeDelta::microseconds(1), TimeDelta::hours(1));
    let spans = |at: Instant| {
        [
            (TimeSpan { from: at, until: at + tick }, 1),
            (TimeSpan { from: at - hour, until: at + hour }, 1),
            (TimeSpan { from: at - hour, until: at }, 0),
            (TimeSpan { from: at + tick, until: at + hour }, 0),
        ]
    };
    let made_at = orders(gateway, &ever()).await.0[&order].made_at.expect("a gateway under test knows the time");
    for (span, count) in spans(made_at) {
        assert_eq!(orders(gateway, &span).await.0.len(), count, "{span:?}");
    }
    let made_at = refund.created_at.expect("a gateway under test knows the time");
    for (span, count) in spans(made_at) {
        assert_eq!(refunds(gateway, &span).await.0.len(), count, "{span:?}");
    }
}

/// The same call may be made again.
pub async fn a_gateway_that_is_unavailable_lists_nothing(under_test: &dyn GatewayUnderTest) {
    let gateway = under_test.gateway();
    let order = paid(under_test, "a", 5000).await;
    made(gateway, &refund_named("r-1", &order, 1000)).await;
    under_test.be_unavailable_once().await;
    let turned_away = gateway.orders_made(&ever(), 1).await.unwrap_err();
    assert!(matches!(turned_away, GatewayError::Unavailable(_)), "{turned_away:?}");
    under_test.be_unavailable_once().await;
    let turned_away = gateway.refunds_made(&ever(), 1).await.unwrap_err();
    assert!(matches!(turned_away, GatewayError::Unavailable(_)), "{turned_away:?}");
    assert_eq!((orders(gateway, &ever()).await.0.len(), refunds(gateway, &ever()).await.0.len()), (1, 1));
}
