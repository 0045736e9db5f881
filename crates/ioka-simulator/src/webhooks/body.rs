//! The body of a webhook in Ioka's own dialect.

use serde::Serialize;

use super::Announcement;
use crate::json::{Spelling, Tree, parse, write};
use crate::model::{CaptureMethod, Card, Customer, FreeJson, Order, OrderStatus, Payment, Refund, Stamp};
use crate::settings::Settings;
use crate::views::{ActionView, PayerView, PaymentParts, RefundView};

#[derive(Serialize)]
struct Body<'a> {
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<OrderPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<PaymentPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refund: Option<RefundView<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<CustomerPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card: Option<CardPart<'a>>,
}

/// `order` of a webhook. \[API\]
#[derive(Serialize)]
struct OrderPart<'a> {
    id: &'a str,
    shop_id: &'a str,
    status: OrderStatus,
    created_at: Stamp,
    amount: i64,
    currency: &'static str,
    capture_method: CaptureMethod,
    external_id: Option<&'a str>,
    description: Option<&'a str>,
    extra_info: Option<&'a FreeJson>,
    due_date: Option<Stamp>,
    subscription_id: Option<&'a str>,
}

/// `payment` of a webhook: without `shop_id` and `tds`. \[API\]
#[derive(Serialize)]
struct PaymentPart<'a> {
    id: &'a str,
    order_id: &'a str,
    status: crate::model::PaymentStatus,
    created_at: Stamp,
    approved_amount: i64,
    captured_amount: i64,
    refunded_amount: i64,
    processing_fee: f64,
    payer: PayerView<'a>,
    error: Option<&'a crate::model::Reason>,
    acquirer: Option<&'a crate::model::Acquirer>,
    action: Option<ActionView>,
}

/// `customer` of a webhook. \[DOC\]
#[derive(Serialize)]
struct CustomerPart<'a> {
    id: &'a str,
    shop_id: &'a str,
    status: &'static str,
    created_at: Stamp,
    external_id: Option<&'a str>,
    email: Option<&'a str>,
    phone: Option<&'a str>,
}

/// `card` of a webhook: with the `status` that the API's card lacks. \[DOC\]
#[derive(Serialize)]
struct CardPart<'a> {
    id: &'a str,
    customer_id: &'a str,
    status: crate::model::CardStatus,
    #[serde(flatten)]
    rest: crate::views::CardDetails<'a>,
}

/// Writes the body as Python would: its own key order, spaces, `\u` escapes, floats as `0.0`. \[CAP\]
/// Returns it with its parsed form, which is what gets signed.
pub(super) fn ioka_body(settings: &Settings, name: &str, about: &Announcement<'_>) -> Option<(String, Tree)> {
    let body = Body {
        event: name,
        order: about.order.map(|order| order_part(settings, order)),
        payment: about.payment.map(|payment| payment_part(settings, payment)),
        refund: about.refund.map(refund_part),
        customer: about.customer.map(|customer| customer_part(settings, customer)),
        card: about.card.map(card_part),
    };
    let text = serde_json::to_string(&body).ok()?;
    let tree = parse(&text).ok()?;
    Some((write(&tree, Spelling::Python), tree))
}

fn order_part<'a>(settings: &'a Settings, order: &'a Order) -> OrderPart<'a> {
    OrderPart {
        id: &order.id,
        shop_id: &settings.shop_id,
        status: order.status,
        created_at: order.created_at,
        amount: order.amount,
        currency: "KZT",
        capture_method: order.capture_method,
        external_id: order.external_id.as_deref(),
        description: order.description.as_deref(),
        extra_info: order.extra_info.as_ref(),
        due_date: order.due_date,
        subscription_id: order.subscription_id.as_deref(),
    }
}

fn payment_part<'a>(settings: &Settings, payment: &'a Payment) -> PaymentPart<'a> {
    let PaymentParts { payer, action } = PaymentParts::of(settings, payment);
    PaymentPart {
        id: &payment.id,
        order_id: &payment.order_id,
        status: payment.status,
        created_at: payment.created_at,
        approved_amount: payment.approved_amount,
        captured_amount: payment.captured_amount,
        refunded_amount: payment.refunded_amount,
        processing_fee: 0.0,
        payer: payer.without_iin(),
        error: payment.error.as_ref(),
        acquirer: payment.acquirer.as_ref(),
        action,
    }
}

fn refund_part(refund: &Refund) -> RefundView<'_> {
    RefundView::of(refund)
}

fn customer_part<'a>(settings: &'a Settings, customer: &'a Customer) -> CustomerPart<'a> {
    CustomerPart {
        id: &customer.id,
        shop_id: &settings.shop_id,
        status: customer.status(),
        created_at: customer.created_at,
        external_id: customer.external_id.as_deref(),
        email: customer.email.as_deref(),
        phone: customer.phone.as_deref(),
    }
}

fn card_part(card: &Card) -> CardPart<'_> {
    CardPart {
        id: &card.id,
        customer_id: &card.customer_id,
        status: card.status,
        rest: crate::views::CardDetails::of(card),
    }
}
