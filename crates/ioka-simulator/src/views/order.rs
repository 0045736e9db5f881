//! Orders.

use std::sync::Arc;

use serde::Serialize;

use super::PaymentView;
use crate::model::{CaptureMethod, FreeJson, Order, OrderStatus, Payment, Stamp};
use crate::settings::Settings;

/// An order as `GET /v2/orders/{id}` shows it. \[CAP\]\[DOC\]
#[derive(Serialize)]
pub(crate) struct OrderView<'a> {
    id: &'a str,
    shop_id: &'a str,
    status: OrderStatus,
    created_at: Stamp,
    amount: i64,
    display_amount: i64,
    currency: &'static str,
    mcc: Option<&'a str>,
    acquirer: Option<&'a str>,
    capture_method: CaptureMethod,
    external_id: Option<&'a str>,
    description: Option<&'a str>,
    extra_info: Option<&'a FreeJson>,
    attempts: u32,
    due_date: Option<Stamp>,
    split: Option<&'a str>,
    customer_id: Option<&'a str>,
    card_id: Option<&'a str>,
    back_url: Option<&'a str>,
    success_url: Option<&'a str>,
    failure_url: Option<&'a str>,
    template: Option<&'a str>,
    access_token: &'a str,
    checkout_url: String,
    payment_link_url: Option<&'a str>,
    payments: Vec<PaymentView<'a>>,
}

impl<'a> OrderView<'a> {
    /// The order with its payments.
    pub(crate) fn of(settings: &'a Settings, order: &'a Order, payments: &'a [Arc<Payment>]) -> Self {
        Self {
            id: &order.id,
            shop_id: &settings.shop_id,
            status: order.status,
            created_at: order.created_at,
            amount: order.amount,
            display_amount: order.amount,
            currency: "KZT",
            mcc: order.mcc.as_deref(),
            acquirer: None,
            capture_method: order.capture_method,
            external_id: order.external_id.as_deref(),
            description: order.description.as_deref(),
            extra_info: order.extra_info.as_ref(),
            attempts: order.attempts,
            due_date: order.due_date,
            split: None,
            customer_id: order.customer_id.as_deref(),
            card_id: order.card_id.as_deref(),
            back_url: order.back_url.as_deref(),
            success_url: order.success_url.as_deref(),
            failure_url: order.failure_url.as_deref(),
            template: order.template.as_deref(),
            access_token: &order.access_token,
            checkout_url: settings.checkout_url(&order.id),
            payment_link_url: None,
            payments: payments.iter().map(|payment| PaymentView::of(settings, payment)).collect(),
        }
    }
}

/// The answer to `POST /v2/orders`. \[CAP\]
#[derive(Serialize)]
pub(crate) struct NewOrderView<'a> {
    pub(crate) order: OrderView<'a>,
    /// The same as the order's `access_token`. \[CAP\]
    pub(crate) order_access_token: &'a str,
}

/// An order in a list: fewer fields, no token, no payments. \[CAP\]
#[derive(Serialize)]
pub(crate) struct OrderRow<'a> {
    created_at: Stamp,
    shop_id: &'a str,
    id: &'a str,
    status: OrderStatus,
    amount: i64,
    currency: &'static str,
    capture_method: CaptureMethod,
    external_id: Option<&'a str>,
    description: Option<&'a str>,
    extra_info: Option<&'a FreeJson>,
    mcc: Option<&'a str>,
    acquirer: Option<&'a str>,
    customer_id: Option<&'a str>,
    card_id: Option<&'a str>,
    attempts: u32,
    due_date: Option<Stamp>,
    checkout_url: String,
}

impl<'a> OrderRow<'a> {
    /// One row.
    pub(crate) fn of(settings: &'a Settings, order: &'a Order) -> Self {
        Self {
            created_at: order.created_at,
            shop_id: &settings.shop_id,
            id: &order.id,
            status: order.status,
            amount: order.amount,
            currency: "KZT",
            capture_method: order.capture_method,
            external_id: order.external_id.as_deref(),
            description: order.description.as_deref(),
            extra_info: order.extra_info.as_ref(),
            mcc: order.mcc.as_deref(),
            acquirer: None,
            customer_id: order.customer_id.as_deref(),
            card_id: order.card_id.as_deref(),
            attempts: order.attempts,
            due_date: order.due_date,
            checkout_url: settings.checkout_url(&order.id),
        }
    }
}
