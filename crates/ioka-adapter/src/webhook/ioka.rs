//! Ioka's own dialect (reference §4.1, §4.2). Ioka gives an event no id, so it is known by its name and what it is about.

use domain::donation::{CaptureReport, OrderFact, RefundReport};
use domain::ports::{WebhookError, WebhookMessage};
use domain::{ExternalId, GatewayRefundId, Instant, OrderId, PaymentId};

use crate::mapping::{decline, parse_date, present, reported_tiyn};
use crate::webhook::{Dialect, sha256_hex};
use crate::wire::{IokaEvent, IokaOrder, place};

/// The events that mean something for an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    Captured,
    Declined,
    Ended,
    Refunded,
    RefundDeclined,
}

/// What the event says; `canonical` has been signed.
pub(super) fn read(canonical: &str, received_at: Instant) -> Result<WebhookMessage, WebhookError> {
    if !canonical.starts_with('{') {
        return Err(malformed("it is no object"));
    }
    let event: IokaEvent = serde_json::from_str(canonical).map_err(|error| malformed(&place(&error)))?;
    let name = present(event.event.as_deref()).ok_or_else(|| malformed("it has no event name"))?;
    let order = event.order.as_ref();
    let order_id = order.and_then(|order| present(order.id.as_deref()));
    let external_id = order.and_then(|order| present(order.external_id.as_deref()));
    let fact = match (known(name), order) {
        (None, _) => None,
        (Some(known), Some(order)) if order_id.is_some() || external_id.is_some() => {
            Some(fact(known, order, &event, received_at)?)
        }
        (Some(_), _) => return Err(malformed("it has no order")),
    };
    Ok(WebhookMessage {
        dialect: Dialect::Ioka.word(),
        event: name.to_owned(),
        dedup_key: dedup_key(name, &event, canonical),
        external_id: external_id.map(ExternalId::new),
        order_id: order_id.map(OrderId::new),
        fact,
    })
}

fn known(name: &str) -> Option<Known> {
    match one_spelling(name) {
        "PAYMENT_CAPTURED" => Some(Known::Captured),
        "PAYMENT_DECLINED" => Some(Known::Declined),
        "ORDER_EXPIRED" | "PAYMENT_CANCELLED" => Some(Known::Ended),
        "REFUND_APPROVED" => Some(Known::Refunded),
        "REFUND_DECLINED" => Some(Known::RefundDeclined),
        _ => None,
    }
}

/// Ioka's specification has two L, its documentation one.
fn one_spelling(name: &str) -> &str {
    match name {
        "PAYMENT_CANCELED" => "PAYMENT_CANCELLED",
        other => other,
    }
}

fn fact(known: Known, order: &IokaOrder, event: &IokaEvent, received_at: Instant) -> Result<OrderFact, WebhookError> {
    Ok(match known {
        Known::Captured => OrderFact::Captured(capture(order, event)?),
        Known::Declined => OrderFact::Declined(decline(event.payment.as_ref(), received_at)),
        Known::Ended => OrderFact::Ended,
        Known::Refunded => OrderFact::Refunded(refund(order, event)?),
        Known::RefundDeclined => OrderFact::RefundDeclined(refund(order, event)?),
    })
}

fn capture(order: &IokaOrder, event: &IokaEvent) -> Result<CaptureReport, WebhookError> {
    let payment = event.payment.as_ref().ok_or_else(|| malformed("it has no payment"))?;
    let ordered = order.amount.as_deref().ok_or_else(|| malformed("its order has no amount"))?;
    let captured = payment.captured_amount.as_deref();
    let captured = captured.ok_or_else(|| malformed("its payment has no captured amount"))?;
    let currency = order.currency.as_deref();
    Ok(CaptureReport {
        payment_id: present(payment.id.as_deref()).map(PaymentId::new),
        ordered: reported_tiyn(ordered, currency),
        captured: reported_tiyn(captured, currency),
        paid_at: payment.created_at.as_deref().and_then(parse_date),
    })
}

fn refund(order: &IokaOrder, event: &IokaEvent) -> Result<RefundReport, WebhookError> {
    let refund = event.refund.as_ref().ok_or_else(|| malformed("it has no refund"))?;
    let id = present(refund.id.as_deref()).ok_or_else(|| malformed("its refund has no id"))?;
    let amount = refund.amount.as_deref().ok_or_else(|| malformed("its refund has no amount"))?;
    Ok(RefundReport {
        id: GatewayRefundId::new(id),
        external_id: present(refund.external_id.as_deref()).map(ExternalId::new),
        amount: reported_tiyn(amount, order.currency.as_deref()),
    })
}

/// The event's name and the id of the smallest thing it is about. Two declines of one order are two payments; so an event
/// about a payment that does not say which one is known by its content instead.
fn dedup_key(name: &str, event: &IokaEvent, canonical: &str) -> String {
    let name = one_spelling(name);
    let id = |id: &Option<String>| present(id.as_deref()).map(str::to_owned);
    let refund = event.refund.as_ref().and_then(|refund| id(&refund.id));
    let payment = event.payment.as_ref().and_then(|payment| id(&payment.id));
    let card = event.card.as_ref().and_then(|card| id(&card.id));
    let order = event.order.as_ref().and_then(|order| id(&order.id));
    let order = order.filter(|_| name.starts_with("ORDER_"));
    match refund.or(payment).or(card).or(order) {
        Some(id) => format!("ioka:{name}:{id}"),
        None => format!("ioka:{name}:sha256:{}", sha256_hex(canonical.as_bytes())),
    }
}

fn malformed(why: &str) -> WebhookError {
    WebhookError::MalformedEvent(why.to_owned())
}
