//! Storing objects: each `put_…` keeps indexes, timers and the journal in step.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Due, Entry, EntryRef, World};
use crate::model::{
    Card, Customer, Event, Order, OrderStatus, Payment, PaymentStatus, Refund, RefundStatus, ScheduleStatus, Stamp,
    Subscription, Webhook,
};

/// A key from `POST /v2/auth/token`.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ApiKey {
    pub(crate) key: String,
    pub(crate) expires_at: Stamp,
    /// Keys are counted from 1 in the order they were issued; the shop's own key is number 0.
    pub(crate) number: u64,
}

impl World {
    /// Stores an order and returns the snapshot.
    pub(crate) fn put_order(&mut self, order: Order) -> Arc<Order> {
        self.note(EntryRef::Order(&order));
        let order = Arc::new(order);
        let (place, earlier) = self.orders.put(Arc::clone(&order));
        let earlier_status = earlier.as_ref().map(|earlier| earlier.status);
        if earlier_status != Some(order.status) {
            if let Some(places) = earlier_status.and_then(|status| self.orders_by_status.get_mut(&status)) {
                places.remove(&place);
            }
            self.orders_by_status.entry(order.status).or_default().insert(place);
            if let (OrderStatus::Unpaid, Some(due_date)) = (order.status, order.due_date) {
                self.timers.set(due_date, Due::ExpireOrder(order.id.clone()));
            }
        }
        if earlier.is_none()
            && let Some(external_id) = &order.external_id
        {
            self.order_by_external_id.insert(external_id.clone(), place);
        }
        order
    }

    /// Stores a payment and returns the snapshot.
    pub(crate) fn put_payment(&mut self, payment: Payment) -> Arc<Payment> {
        self.note(EntryRef::Payment(&payment));
        if let (PaymentStatus::Pending | PaymentStatus::RequiresAction, Some(pending)) =
            (payment.status, &payment.pending)
        {
            self.timers.set(pending.at, Due::SettlePayment(payment.id.clone()));
        }
        if let (PaymentStatus::Approved, Some(at)) = (payment.status, payment.capture_at) {
            self.timers.set(at, Due::CaptureHold(payment.id.clone()));
        }
        let payment = Arc::new(payment);
        self.payments.put(Arc::clone(&payment));
        payment
    }

    /// Stores a refund and returns the snapshot.
    pub(crate) fn put_refund(&mut self, refund: Refund) -> Arc<Refund> {
        self.note(EntryRef::Refund(&refund));
        if let (RefundStatus::Pending, Some(at)) = (refund.status, refund.settles_at) {
            self.timers.set(at, Due::SettleRefund(refund.id.clone()));
        }
        if let Some(external_id) = &refund.external_id {
            self.refund_external_ids.insert(external_id.clone());
        }
        let refund = Arc::new(refund);
        self.refunds.put(Arc::clone(&refund));
        refund
    }

    /// Stores a customer and returns the snapshot.
    pub(crate) fn put_customer(&mut self, customer: Customer) -> Arc<Customer> {
        self.note(EntryRef::Customer(&customer));
        if let Some(external_id) = &customer.external_id {
            if customer.deleted {
                self.customer_by_external_id.remove(external_id);
            } else {
                self.customer_by_external_id.insert(external_id.clone(), customer.id.clone());
            }
        }
        let customer = Arc::new(customer);
        self.customers.put(Arc::clone(&customer));
        customer
    }

    /// Stores a card and returns the snapshot.
    pub(crate) fn put_card(&mut self, card: Card) -> Arc<Card> {
        self.note(EntryRef::Card(&card));
        let card = Arc::new(card);
        self.cards.put(Arc::clone(&card));
        card
    }

    /// Stores a subscription and returns the snapshot.
    pub(crate) fn put_subscription(&mut self, subscription: Subscription) -> Arc<Subscription> {
        self.note(EntryRef::Subscription(&subscription));
        if subscription.status == ScheduleStatus::Active {
            self.timers.set(subscription.next_pay, Due::ChargeSubscription(subscription.id.clone()));
        }
        let subscription = Arc::new(subscription);
        self.subscriptions.put(Arc::clone(&subscription));
        subscription
    }

    /// Stores a webhook and returns the snapshot.
    pub(crate) fn put_webhook(&mut self, webhook: Webhook) -> Arc<Webhook> {
        self.note(EntryRef::Webhook(&webhook));
        let webhook = Arc::new(webhook);
        self.webhooks.put(Arc::clone(&webhook));
        webhook
    }

    /// Adds an entry to an order's history.
    pub(crate) fn put_event(&mut self, event: Event) {
        self.note(EntryRef::Event(&event));
        self.events.entry(event.order_id.clone()).or_default().push(event);
    }

    /// Keeps an API key.
    pub(crate) fn put_api_key(&mut self, key: ApiKey) {
        self.note(EntryRef::ApiKey(&key));
        self.keys.insert(key.key.clone(), key);
    }

    /// An order's history, oldest first.
    pub(crate) fn events_of(&self, order_id: &str) -> &[Event] {
        self.events.get(order_id).map_or(&[], Vec::as_slice)
    }

    /// The id of the customer with this `external_id`.
    pub(crate) fn customer_with_external_id(&self, external_id: &str) -> Option<&str> {
        self.customer_by_external_id.get(external_id).map(String::as_str)
    }

    /// Whether a refund has this `external_id`.
    pub(crate) fn has_refund_external_id(&self, external_id: &str) -> bool {
        self.refund_external_ids.contains(external_id)
    }

    /// Takes in one entry of the data file; returns the clock's offset if it holds one.
    pub(crate) fn load(&mut self, entry: Entry) -> Option<i64> {
        match entry {
            Entry::Clock(offset) => return Some(offset),
            Entry::Order(order) => drop(self.put_order(order)),
            Entry::Payment(payment) => drop(self.put_payment(payment)),
            Entry::Refund(refund) => drop(self.put_refund(refund)),
            Entry::Customer(customer) => drop(self.put_customer(customer)),
            Entry::Card(card) => drop(self.put_card(card)),
            Entry::Subscription(subscription) => drop(self.put_subscription(subscription)),
            Entry::Webhook(webhook) => drop(self.put_webhook(webhook)),
            Entry::Event(event) => self.put_event(event),
            Entry::ApiKey(key) => self.put_api_key(key),
            Entry::Answer(answer) => self.idempotency.store(answer),
        }
        None
    }

    /// The whole state as entries of a data file.
    pub(crate) fn entries<'a>(&'a self, clock_offset: &'a i64) -> impl Iterator<Item = EntryRef<'a>> {
        std::iter::once(EntryRef::Clock(clock_offset))
            .chain(self.keys.values().map(EntryRef::ApiKey))
            .chain(self.webhooks.rows().iter().map(|row| EntryRef::Webhook(row)))
            .chain(self.customers.rows().iter().map(|row| EntryRef::Customer(row)))
            .chain(self.cards.rows().iter().map(|row| EntryRef::Card(row)))
            .chain(self.subscriptions.rows().iter().map(|row| EntryRef::Subscription(row)))
            .chain(self.orders.rows().iter().map(|row| EntryRef::Order(row)))
            .chain(self.payments.rows().iter().map(|row| EntryRef::Payment(row)))
            .chain(self.refunds.rows().iter().map(|row| EntryRef::Refund(row)))
            .chain(self.orders.rows().iter().flat_map(|row| self.events_of(&row.id)).map(EntryRef::Event))
            .chain(self.idempotency.answers().map(EntryRef::Answer))
    }
}
