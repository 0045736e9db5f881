//! Finding and listing orders.

use std::sync::Arc;

use super::World;
use crate::error::Refusal;
use crate::model::{Order, OrderStatus, Payment, Stamp};
use crate::options::ListMiss;

/// One page of a list, and how many there are on all pages.
#[derive(Debug)]
pub(crate) struct Listing<T> {
    pub(crate) total: usize,
    pub(crate) rows: Vec<T>,
}

/// What a list of orders is narrowed by. \[API\]
#[derive(Clone, Debug, Default)]
pub(crate) struct OrderFilter {
    pub(crate) order_id: Option<String>,
    pub(crate) external_id: Option<String>,
    pub(crate) status: Option<OrderStatus>,
    pub(crate) from: Option<Stamp>,
    pub(crate) to: Option<Stamp>,
    pub(crate) min_amount: Option<i64>,
    pub(crate) max_amount: Option<i64>,
}

impl OrderFilter {
    fn admits(&self, order: &Order) -> bool {
        self.order_id.as_ref().is_none_or(|id| *id == order.id)
            && self.external_id.as_ref().is_none_or(|id| Some(id) == order.external_id.as_ref())
            && self.status.is_none_or(|status| status == order.status)
            && self.from.is_none_or(|from| order.created_at >= from)
            && self.to.is_none_or(|to| order.created_at <= to)
            && self.min_amount.is_none_or(|amount| order.amount >= amount)
            && self.max_amount.is_none_or(|amount| order.amount <= amount)
    }

    fn needs_look_at_each(&self) -> bool {
        self.min_amount.is_some() || self.max_amount.is_some() || self.from.is_some() || self.to.is_some()
    }
}

/// Where a page starts and how long it is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Page {
    pub(crate) skip: usize,
    pub(crate) limit: usize,
}

impl Page {
    /// The page of these rows, which come newest first.
    pub(crate) fn of<T>(self, rows: impl Iterator<Item = T>) -> Listing<T> {
        let mut listing = Listing { total: 0, rows: Vec::new() };
        for row in rows {
            if listing.total >= self.skip && listing.rows.len() < self.limit {
                listing.rows.push(row);
            }
            listing.total += 1;
        }
        listing
    }
}

impl World {
    /// The order with this id.
    ///
    /// # Errors
    /// 404 `OrderNotFound`.
    pub(crate) fn order(&self, id: &str) -> Result<Arc<Order>, Refusal> {
        self.orders.get(id).ok_or_else(|| Refusal::not_found("OrderNotFound"))
    }

    /// The place of the order with this `external_id`.
    pub(crate) fn order_with_external_id(&self, external_id: &str) -> Option<&Arc<Order>> {
        self.order_by_external_id.get(external_id).and_then(|&place| self.orders.at(place))
    }

    /// An order's payments, oldest first.
    pub(crate) fn payments_of(&self, order: &Order) -> Vec<Arc<Payment>> {
        order.payments.iter().filter_map(|id| self.payments.get(id)).collect()
    }

    /// One page of orders, newest first. \[CAP\]
    ///
    /// # Errors
    /// 404 `OrderNotFound` for an unknown `external_id`, unless [`ListMiss::Empty`] is set. \[DOC\]
    pub(crate) fn list_orders(&self, filter: &OrderFilter, page: Page) -> Result<Listing<Arc<Order>>, Refusal> {
        let named = match (&filter.external_id, &filter.order_id) {
            (Some(external_id), _) => {
                let found = self.order_with_external_id(external_id);
                if found.is_none() && self.settings.list_miss == ListMiss::NotFound {
                    return Err(Refusal::not_found("OrderNotFound"));
                }
                Some(found.cloned())
            }
            (None, Some(order_id)) => Some(self.orders.get(order_id)),
            (None, None) => None,
        };
        if let Some(named) = named {
            return Ok(page.of(named.into_iter().filter(|order| filter.admits(order))));
        }
        if filter.needs_look_at_each() {
            return Ok(page.of(self.orders.rows().iter().rev().filter(|order| filter.admits(order)).cloned()));
        }
        Ok(self.page_by_index(filter.status, page))
    }

    /// A page found through the indexes alone, however many orders there are.
    fn page_by_index(&self, status: Option<OrderStatus>, page: Page) -> Listing<Arc<Order>> {
        let Some(status) = status else {
            let rows = self.orders.rows().iter().rev().skip(page.skip).take(page.limit).cloned().collect();
            return Listing { total: self.orders.len(), rows };
        };
        let Some(places) = self.orders_by_status.get(&status) else {
            return Listing { total: 0, rows: Vec::new() };
        };
        let found = places.iter().rev().skip(page.skip).take(page.limit).filter_map(|&place| self.orders.at(place));
        Listing { total: places.len(), rows: found.cloned().collect() }
    }
}
