//! Lines of the data file.

use serde::{Deserialize, Serialize};

use super::{ApiKey, StoredAnswer};
use crate::model::{Card, Customer, Event, Order, Payment, Refund, Subscription, Webhook};

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident($kind:ty)),* $(,)?) => {
        /// One change, as written: the whole object after it.
        #[derive(Serialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum EntryRef<'a> { $($(#[$doc])* $name(&'a $kind)),* }

        /// One change, as read back.
        #[derive(Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub(crate) enum Entry { $($(#[$doc])* $name($kind)),* }
    };
}

entries! {
    /// How far the clock was moved, in microseconds.
    Clock(i64),
    /// An order.
    Order(Order),
    /// A payment.
    Payment(Payment),
    /// A refund.
    Refund(Refund),
    /// A customer.
    Customer(Customer),
    /// A saved card.
    Card(Card),
    /// A subscription.
    Subscription(Subscription),
    /// A registered webhook.
    Webhook(Webhook),
    /// An entry of an order's history.
    Event(Event),
    /// An API key from `POST /v2/auth/token`.
    ApiKey(ApiKey),
    /// An answer kept for its `idempotency-key`.
    Answer(StoredAnswer),
}
