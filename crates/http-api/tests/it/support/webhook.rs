//! Webhooks as Ioka sends them, and as the guide does. Written anew from the documentation, not taken from the adapter.

use domain::OrderId;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

/// The key of the reference's test vector.
pub const KEY: &str = "3f1c0e5ab27d94c68812aa4400fe7b19c5d2e6f0718a93b4c1d05e6f7a8b9c0d";

/// The reference's test vector, byte for byte.
pub const VECTOR: &str = r#"{"event": "PAYMENT_CAPTURED", "order": {"id": "ord_A1b2C3d4E5", "shop_id": "shp_TEST000001", "status": "PAID", "created_at": "2026-01-15T09:30:00.123456", "amount": 500000, "currency": "KZT", "capture_method": "AUTO", "external_id": "don-42", "description": "\u041f\u043e\u0436\u0435\u0440\u0442\u0432\u043e\u0432\u0430\u043d\u0438\u0435 / \u0442\u0435\u0441\u0442 \"\u049a\u0430\u0437\u0430\u049b\"", "extra_info": {"b": 1, "a": "x"}, "due_date": null}, "payment": {"id": "pay_F6g7H8i9J0", "order_id": "ord_A1b2C3d4E5", "status": "CAPTURED", "created_at": "2026-01-15T09:31:02.000001", "approved_amount": 500000, "captured_amount": 500000, "refunded_amount": 0, "processing_fee": 0.0, "payer": {"type": "CARD", "pan_masked": "555555******5599", "expiry_date": "12/26", "holder": "TEST", "payment_system": "MASTERCARD", "emitter": null, "email": null, "phone": null, "customer_id": null, "card_id": null}, "error": null, "acquirer": {"name": "test", "reference": "111111111111"}, "action": null}}"#;
/// Its signatures: compact, spaced, and that of the raw bytes, which must be refused.
pub const VECTOR_COMPACT: &str = "bdd1308d903ef3919dabb7bef793dcc4729b9c0cb9a3835bbfbfff52542464b9";
pub const VECTOR_SPACED: &str = "5b3767b4bb0cdd80021b2db5fd05ddb0d8b749f3efdf68623b3a026fd1badbf2";
pub const VECTOR_RAW: &str = "536fcb1636f83d595d245e0da4cbfdddc469f2ffcd2ebe1633252134d31e2aa4";

/// HMAC-SHA256 in hex.
pub fn hmac(message: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
    mac.update(message.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Ioka's signature: over the JSON with its keys sorted, without spaces.
pub fn signed(body: &str) -> String {
    hmac(&canonical(&serde_json::from_str(body).unwrap(), [",", ":"]))
}

/// The same with a space after each separator.
pub fn signed_spaced(body: &str) -> String {
    hmac(&canonical(&serde_json::from_str(body).unwrap(), [", ", ": "]))
}

fn canonical(value: &Value, [comma, colon]: [&str; 2]) -> String {
    match value {
        Value::Object(members) => {
            let mut names: Vec<&String> = members.keys().collect();
            names.sort();
            let member = |name: &&String| {
                format!("{}{colon}{}", Value::from(name.as_str()), canonical(&members[*name], [comma, colon]))
            };
            format!("{{{}}}", names.iter().map(member).collect::<Vec<_>>().join(comma))
        }
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| canonical(item, [comma, colon])).collect();
            format!("[{}]", items.join(comma))
        }
        other => other.to_string(),
    }
}

/// The reference's vector, but about this order. `tenge` is written in tiyn, as Ioka does.
pub fn captured(external_id: &str, order: &str, tenge: i64) -> String {
    VECTOR
        .replace("don-42", external_id)
        .replace("ord_A1b2C3d4E5", order)
        .replace("pay_F6g7H8i9J0", &format!("pay_of_{order}"))
        .replace("500000", &(tenge * 100).to_string())
}

/// The same of 5 000 ₸ with the name that the fake gateway gives the payment when it is asked.
pub fn captured_as_the_gateway_says(external_id: &str, order: &OrderId) -> String {
    let payment = order.as_str().replace("ord_fake_", "pay_fake_");
    captured(external_id, order.as_str(), 5000).replace(&format!("pay_of_{order}"), &payment)
}

/// A payment was declined for this reason; the order can still be paid.
pub fn declined(external_id: &str, order: &str, (payment, reason): (&str, &str)) -> String {
    captured(external_id, order, 5000)
        .replace("PAYMENT_CAPTURED", "PAYMENT_DECLINED")
        .replace("\"PAID\"", "\"UNPAID\"")
        .replace("\"CAPTURED\"", "\"DECLINED\"")
        .replace(r#""error": null"#, &format!(r#""error": {{"code": "{reason}", "message": "Отказ"}}"#))
        .replace(&format!("pay_of_{order}"), payment)
}

/// An event about an order alone.
pub fn order_event(event: &str, external_id: &str, order: &str) -> String {
    format!(
        r#"{{"event": "{event}", "order": {{"id": "{order}", "status": "EXPIRED", "amount": 500000, "currency": "KZT", "external_id": "{external_id}"}}}}"#
    )
}

/// A refund, made in Ioka's panel: neither the refund nor the event's order has a name of ours.
pub fn refund(event: &str, order: &str, (refund, tenge): (&str, i64)) -> String {
    let amount = tenge * 100;
    format!(
        r#"{{"event": "{event}", "order": {{"id": "{order}", "status": "PAID", "amount": 500000, "currency": "KZT", "external_id": null}}, "payment": {{"id": "pay_of_{order}", "status": "CAPTURED", "captured_amount": 500000, "refunded_amount": {amount}}}, "refund": {{"id": "{refund}", "payment_id": "pay_of_{order}", "order_id": "{order}", "status": "APPROVED", "external_id": null, "created_at": "2026-03-01T11:00:00.000001", "amount": {amount}, "error": null, "acquirer": null}}}}"#
    )
}

/// An event of the guide's dialect. `tenge` is written as it is.
pub fn guide(event: &str, (external_id, order): (&str, &str), tenge: i64) -> String {
    let status = event.trim_start_matches("payment.");
    format!(
        r#"{{"event":"{event}","object":{{"id":"{order}","external_id":"{external_id}","amount":{tenge},"currency":"KZT","status":"{status}"}}}}"#
    )
}
