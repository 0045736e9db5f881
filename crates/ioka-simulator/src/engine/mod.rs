//! What can be done with orders, payments, refunds, cards and subscriptions, and what happens by itself.
//!
//! Each file holds one use case as methods of [`World`]. They check, change and announce (history and webhooks) under
//! the one lock, so that no other call sees half of it.

mod checks;
mod customers;
mod holds;
mod new_order;
mod pay;
mod refunds;
mod settle;
mod subscriptions;
mod three_ds;
mod webhooks;

pub(crate) use customers::{NewBinding, NewCustomer};
pub(crate) use holds::{CaptureBody, ReasonBody};
pub(crate) use new_order::{ChangeOrder, NewOrder};
pub(crate) use pay::{CardPayment, Payable};
pub(crate) use refunds::NewRefund;
pub(crate) use subscriptions::{ChangeStatus, ChangeSubscription, NewSubscription};
pub(crate) use three_ds::ThreeDsAnswer;
pub(crate) use webhooks::{ChangeWebhook, NewWebhook};

use crate::faults::Call;
use crate::model::{Event, Order, OrderStatus, Payment, Stamp};
use crate::webhooks::Announcement;
use crate::world::{Due, World};

impl World {
    /// Does everything that fell due by `until`, each at its own time, and sets the time of the work to come.
    pub(crate) fn run_due(&mut self, until: Stamp) {
        while let Some((at, due)) = self.timers.take_due(until) {
            self.now = at;
            self.call = Call::default();
            match due {
                Due::ExpireOrder(id) => self.expire_if_due(&id),
                Due::CaptureHold(id) => self.capture_if_due(&id),
                Due::SettlePayment(id) => self.settle_if_due(&id),
                Due::SettleRefund(id) => self.settle_refund_if_due(&id),
                Due::ChargeSubscription(id) => self.charge_if_due(&id),
            }
        }
        self.now = until;
    }

    /// Expires an unpaid order whose `due_date` has come. A running payment does not delay it. \[DOC\]\[GUESS\]
    fn expire_if_due(&mut self, order_id: &str) {
        let Some(order) = self.orders.get(order_id) else { return };
        if order.due_date.is_some_and(|due_date| due_date <= self.now) {
            self.expire_order(&order);
        }
    }

    /// Makes an unpaid order `EXPIRED` and announces it; any other stays as it is.
    pub(crate) fn expire_order(&mut self, order: &Order) {
        if order.status != OrderStatus::Unpaid {
            return;
        }
        let order = self.put_order(Order { status: OrderStatus::Expired, ..order.clone() });
        self.record(HistoryEntry { name: "ORDER_EXPIRED", order_id: &order.id, ..HistoryEntry::default() });
        self.announce(Announcement::of_order("ORDER_EXPIRED", &order));
    }

    /// Adds an entry to an order's history.
    fn record(&mut self, entry: HistoryEntry<'_>) {
        let event = Event {
            id: self.ids.object("evt_"),
            name: entry.name.to_owned(),
            created_at: self.now,
            order_id: entry.order_id.to_owned(),
            payment_id: entry.payment_id.map(str::to_owned),
            refund_id: entry.refund_id.map(str::to_owned),
            md: None,
            pa_req: None,
            acs_url: None,
            term_url: None,
            action_url: entry.action_url.map(str::to_owned),
            code: entry.reason.map(|reason| reason.code.clone()),
            message: entry.reason.map(|reason| reason.message.clone()),
        };
        self.put_event(event);
    }

    /// Adds an event of a payment to its order's history.
    fn record_payment(&mut self, name: &'static str, payment: &Payment) {
        self.record(HistoryEntry {
            name,
            order_id: &payment.order_id,
            payment_id: Some(&payment.id),
            reason: payment.error.as_ref(),
            ..HistoryEntry::default()
        });
    }
}

/// What an entry of the history says besides id and time.
#[derive(Default)]
struct HistoryEntry<'a> {
    name: &'a str,
    order_id: &'a str,
    payment_id: Option<&'a str>,
    refund_id: Option<&'a str>,
    action_url: Option<&'a str>,
    reason: Option<&'a crate::model::Reason>,
}
