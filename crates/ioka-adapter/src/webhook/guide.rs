//! The dialect of the customer's guide: `{"event":"payment.succeeded","object":{…}}`, amounts in tenge. It names no payment,
//! so a delivery is known by its body.

use domain::donation::{CaptureReport, OrderFact};
use domain::ports::{WebhookError, WebhookMessage, WebhookRequest};
use domain::{ExternalId, OrderId};

use crate::mapping::{decline, present, reported_tenge};
use crate::webhook::{Dialect, sha256_hex};
use crate::wire::{GuideEvent, GuideObject, place};

/// What the event says; `canonical` is the body, which has been signed.
pub(super) fn read(canonical: &str, request: &WebhookRequest<'_>) -> Result<WebhookMessage, WebhookError> {
    if !canonical.starts_with('{') {
        return Err(malformed("it is no object"));
    }
    let event: GuideEvent = serde_json::from_str(canonical).map_err(|error| malformed(&place(&error)))?;
    let name = present(event.event.as_deref()).ok_or_else(|| malformed("it has no event name"))?;
    let object = event.object.unwrap_or_default();
    let order_id = present(object.id.as_deref());
    let external_id = present(object.external_id.as_deref());
    let fact = match name {
        "payment.succeeded" => Some(OrderFact::Captured(capture(&object)?)),
        "payment.failed" => Some(OrderFact::Declined(decline(None, request.received_at))),
        "payment.cancelled" => Some(OrderFact::Ended),
        _ => None,
    };
    if fact.is_some() && order_id.is_none() && external_id.is_none() {
        return Err(malformed("it has no order"));
    }
    Ok(WebhookMessage {
        dialect: Dialect::Guide.word(),
        event: name.to_owned(),
        dedup_key: format!("guide:sha256:{}", sha256_hex(request.body)),
        external_id: external_id.map(ExternalId::new),
        order_id: order_id.map(OrderId::new),
        fact,
    })
}

/// Paid is what was ordered: the dialect has one amount. One that is no integer is kept for a person, since the money is said
/// to be there; without any there is nothing to compare.
fn capture(object: &GuideObject) -> Result<CaptureReport, WebhookError> {
    let amount = object.amount.as_deref().ok_or_else(|| malformed("its order has no amount"))?;
    let amount = reported_tenge(amount, object.currency.as_deref());
    Ok(CaptureReport { payment_id: None, ordered: amount.clone(), captured: amount, paid_at: None })
}

fn malformed(why: &str) -> WebhookError {
    WebhookError::MalformedEvent(why.to_owned())
}
