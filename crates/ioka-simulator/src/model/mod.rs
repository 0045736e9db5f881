//! The things the simulator remembers. They are stored whole; what goes out over HTTP is written by the views.

mod customer;
mod event;
mod order;
mod payment;
mod refund;
mod stamp;
mod subscription;
mod webhook;

pub(crate) use customer::{Card, CardStatus, Customer};
pub(crate) use event::Event;
pub(crate) use order::{CaptureMethod, Order, OrderStatus};
pub(crate) use payment::{Acquirer, Payer, Payment, PaymentStatus, Pending, Reason};
pub(crate) use refund::{Refund, RefundStatus};
pub(crate) use stamp::Stamp;
pub(crate) use subscription::{ScheduleStatus, ScheduleUnit, Subscription};
pub(crate) use webhook::{WEBHOOK_EVENTS, Webhook};

/// Free JSON of the merchant, kept as text in its own order, without line breaks.
pub(crate) type FreeJson = Box<serde_json::value::RawValue>;
