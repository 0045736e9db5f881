//! What goes out over the API: Ioka's fields in Ioka's order, `null` where there is nothing. \[CAP\]\[DOC\]

mod customer;
mod order;
mod payment;
mod refund;
mod subscription;
mod webhook;

pub(crate) use customer::{CardDetails, CardView, CustomerView, NewCustomerView};
pub(crate) use order::{NewOrderView, OrderRow, OrderView};
pub(crate) use payment::{ActionView, PayerView, PaymentParts, PaymentView};
pub(crate) use refund::{FoundRefundView, RefundView};
pub(crate) use subscription::SubscriptionView;
pub(crate) use webhook::WebhookView;
