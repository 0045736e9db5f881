//! The simplified dialect of a public integration guide, which real Ioka does not speak.

use serde::Serialize;

use super::Announcement;
use crate::json::{Spelling, parse, write};
use crate::model::Order;

#[derive(Serialize)]
struct GuideBody<'a> {
    event: &'static str,
    object: GuideObject<'a>,
}

#[derive(Serialize)]
struct GuideObject<'a> {
    id: &'a str,
    external_id: Option<&'a str>,
    /// Tenge.
    amount: Box<serde_json::value::RawValue>,
    currency: &'static str,
    status: &'static str,
}

/// The guide's body for an event it knows: `payment.succeeded`, `payment.failed` or `payment.cancelled`; an expired
/// order counts as cancelled. `None` for all others.
pub(super) fn guide_body(name: &str, about: &Announcement<'_>) -> Option<String> {
    let (event, status) = match name {
        "PAYMENT_CAPTURED" => ("payment.succeeded", "succeeded"),
        "PAYMENT_DECLINED" => ("payment.failed", "failed"),
        "PAYMENT_CANCELLED" | "ORDER_EXPIRED" => ("payment.cancelled", "cancelled"),
        _ => return None,
    };
    let order = about.order?;
    let captured = about.payment.map(|payment| payment.captured_amount).filter(|&amount| amount > 0);
    let body = GuideBody { event, object: object(order, captured.unwrap_or(order.amount), status)? };
    let text = serde_json::to_string(&body).ok()?;
    parse(&text).ok().map(|tree| write(&tree, Spelling::Python))
}

fn object<'a>(order: &'a Order, amount: i64, status: &'static str) -> Option<GuideObject<'a>> {
    Some(GuideObject {
        id: &order.id,
        external_id: order.external_id.as_deref(),
        amount: serde_json::value::RawValue::from_string(tenge(amount)).ok()?,
        currency: "KZT",
        status,
    })
}

/// Tiyn as a JSON number of tenge: whole if it is whole.
fn tenge(tiyn: i64) -> String {
    match (tiyn / 100, tiyn % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::tenge;

    #[test]
    fn tiyn_become_tenge_without_floats() {
        assert_eq!(tenge(500_000), "5000");
        assert_eq!(tenge(15_050), "150.50");
    }
}
