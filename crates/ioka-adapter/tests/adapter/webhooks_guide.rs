//! The dialect of the customer's guide.

use domain::donation::{CaptureReport, Decline, DeclineReason, OrderFact};
use domain::ports::{WebhookError, WebhookMessage};
use domain::{ExternalId, OrderId, ReportedAmount, Tenge};
use ioka_adapter::{Dialect, Dialects, IokaWebhookReader};

use crate::support::{RECEIVED_AT, WEBHOOK_KEY, at, fixture, hmac_hex, read, read_by};

const SUCCEEDED: &str = fixture!("webhook_guide_succeeded.json");

fn signed(body: &[u8]) -> Result<WebhookMessage, WebhookError> {
    let signature = hmac_hex(WEBHOOK_KEY, body);
    read(&[("x-ioka-signature", signature.as_bytes())], body)
}

fn fact(body: &str) -> Option<OrderFact> {
    signed(body.as_bytes()).unwrap().fact
}

#[test]
fn a_payment_is_counted_in_tenge() {
    let message = signed(SUCCEEDED.as_bytes()).unwrap();
    let paid = ReportedAmount::Tenge(Tenge::new(5000));
    assert_eq!((message.dialect, message.event.as_str()), ("guide", "payment.succeeded"));
    assert_eq!(message.external_id, Some(ExternalId::new("don-42")));
    assert_eq!(message.order_id, Some(OrderId::new("ord_A1b2C3d4E5")));
    assert_eq!(
        message.fact,
        Some(OrderFact::Captured(CaptureReport {
            payment_id: None,
            ordered: paid.clone(),
            captured: paid,
            paid_at: None
        }))
    );
}

#[test]
fn the_other_events_have_their_meaning_too() {
    let declined = Decline { declined_at: at(RECEIVED_AT), reason: DeclineReason::Unknown, gateway_code: None };
    assert_eq!(fact(&SUCCEEDED.replace("payment.succeeded", "payment.failed")), Some(OrderFact::Declined(declined)));
    assert_eq!(fact(&SUCCEEDED.replace("payment.succeeded", "payment.cancelled")), Some(OrderFact::Ended));
    assert_eq!(fact(&SUCCEEDED.replace("payment.succeeded", "payment.invented")), None);
    assert_eq!(fact(r#"{"event":"ping"}"#), None);
}

#[test]
fn an_amount_that_is_no_integer_of_tenge_is_kept_for_a_person() {
    for (odd, text) in [("5000.0", "5000.0 of KZT"), ("\"5000\"", "\"5000\" of KZT"), ("5e3", "5e3 of KZT")] {
        let Some(OrderFact::Captured(report)) = fact(&SUCCEEDED.replace("5000", odd)) else { panic!("{odd}") };
        assert_eq!(report.captured, ReportedAmount::NotWholeTenge(text.to_owned()));
    }
    for odd in [SUCCEEDED.replace("\"KZT\"", "\"USD\""), SUCCEEDED.replace("\"KZT\"", "null")] {
        let Some(OrderFact::Captured(report)) = fact(&odd) else { panic!("{odd}") };
        assert!(matches!(report.captured, ReportedAmount::NotWholeTenge(_)));
    }
}

#[test]
fn every_byte_is_signed() {
    let signature = hmac_hex(WEBHOOK_KEY, SUCCEEDED.as_bytes());
    let headers = [("x-ioka-signature", signature.as_bytes())];
    assert!(read(&headers, SUCCEEDED.as_bytes()).is_ok());
    for other in [format!("{SUCCEEDED} "), SUCCEEDED.replace(": ", ":"), SUCCEEDED.replace("5000", "50000")] {
        let result = read(&headers, other.as_bytes());
        assert!(matches!(result, Err(WebhookError::InvalidSignature(_))), "{other}");
    }
    let upper = signature.to_uppercase();
    assert!(read(&[("x-ioka-signature", upper.as_bytes())], SUCCEEDED.as_bytes()).is_ok());
}

#[test]
fn a_canonical_signature_and_a_switched_off_dialect_are_not_believed() {
    let canonical = SUCCEEDED.replace(": ", ":").replace(", ", ",");
    let signature = hmac_hex(WEBHOOK_KEY, canonical.as_bytes());
    assert!(read(&[("x-ioka-signature", signature.as_bytes())], SUCCEEDED.as_bytes()).is_err());
    let only_ioka = IokaWebhookReader::new(&WEBHOOK_KEY.into(), Dialects::from_iter([Dialect::Ioka]));
    let signature = hmac_hex(WEBHOOK_KEY, SUCCEEDED.as_bytes());
    let result = read_by(&only_ioka, &[("x-ioka-signature", signature.as_bytes())], SUCCEEDED.as_bytes());
    assert_eq!(result, Err(WebhookError::InvalidSignature("this dialect is switched off")));
}

#[test]
fn a_signed_body_that_is_no_usable_json_is_named_so() {
    for body in [
        &b""[..],
        b"{",
        b"event=payment.succeeded",
        b"\xef\xbb\xbf{}",
        b"{\"event\":\"\xff\"}",
        br#"{"event":"payment.succeeded","event":"payment.failed"}"#,
        br#"{"event":"payment.succeeded","object":{"amount":5000,"\u0061mount":1}}"#,
        br#"{"event":"\ud800"}"#,
    ] {
        assert!(matches!(signed(body), Err(WebhookError::MalformedJson(_))), "{body:?}");
    }
}

#[test]
fn what_every_event_has_may_not_be_missing() {
    for body in [
        "[]",
        "{}",
        r#"{"event":5}"#,
        r#"{"event":"payment.failed"}"#,
        r#"{"event":"payment.cancelled","object":{"id":null,"external_id":""}}"#,
        r#"{"event":"payment.succeeded","object":{"amount":5000,"currency":"KZT"}}"#,
        r#"{"event":"payment.succeeded","object":{"id":"ord_x","currency":"KZT"}}"#,
    ] {
        let result = signed(body.as_bytes());
        assert!(matches!(result, Err(WebhookError::MalformedEvent(_))), "{body}: {result:?}");
    }
}

#[test]
fn a_copy_is_known_by_its_bytes() {
    let key = |body: &str| signed(body.as_bytes()).unwrap().dedup_key;
    assert_eq!(key(SUCCEEDED), key(SUCCEEDED));
    assert_ne!(key(SUCCEEDED), key(&SUCCEEDED.replace("5000", "5001")));
}
