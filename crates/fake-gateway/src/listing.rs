//! Its lists, newest first as Ioka's are.

use domain::Instant;
use domain::ports::{ListedOrder, ListedRefund, ListedStatus, Listing, OrderStatus, TimeSpan};

use crate::books::{Books, Order};

const PAGE: usize = 50;

/// The orders made in the span, and those of which it is not known when they were made.
pub(crate) fn orders(books: &Books, span: &TimeSpan, page: u32) -> Listing<ListedOrder> {
    let made = books.orders.iter().rev().filter(|order| may_be_of(span, order.made_at));
    page_of(made.map(listed), page)
}

/// The refunds made in the span, and those of which it is not known when they were made.
pub(crate) fn refunds(books: &Books, span: &TimeSpan, page: u32) -> Listing<ListedRefund> {
    let all = books.orders.iter().rev().flat_map(|order| order.refunds.iter().rev().map(move |refund| (order, refund)));
    let made = all.filter(|(_, refund)| may_be_of(span, refund.told.created_at));
    page_of(
        made.map(|(order, refund)| ListedRefund { order: order.told.id.clone(), refund: refund.told.clone() }),
        page,
    )
}

fn may_be_of(span: &TimeSpan, made_at: Option<Instant>) -> bool {
    made_at.is_none_or(|at| span.contains(at))
}

fn page_of<T>(all: impl Iterator<Item = T>, page: u32) -> Listing<T> {
    let before = usize::try_from(page).unwrap_or(usize::MAX).saturating_sub(1).saturating_mul(PAGE);
    let mut rest = all.skip(before);
    let items = rest.by_ref().take(PAGE).collect();
    Listing { items, next: rest.next().and_then(|_| page.checked_add(1)) }
}

fn listed(order: &Order) -> ListedOrder {
    ListedOrder {
        id: order.told.id.clone(),
        external_id: order.told.external_id.clone(),
        amount: order.told.amount.clone(),
        status: match order.told.status {
            OrderStatus::Payable => ListedStatus::Payable,
            OrderStatus::Paid(_) => ListedStatus::Paid,
            OrderStatus::Ended => ListedStatus::Ended,
        },
        made_at: order.made_at,
    }
}
