//! Ioka's own dialect.

use domain::donation::{CaptureReport, Decline, DeclineReason, OrderFact, RefundReport};
use domain::ports::{WebhookError, WebhookMessage};
use domain::{ExternalId, GatewayRefundId, OrderId, PaymentId, ReportedAmount, Tenge};
use ioka_adapter::{Dialect, Dialects, IokaWebhookReader};

use crate::support::{RECEIVED_AT, WEBHOOK_KEY, at, fixture, hmac_hex, read, read_by, reader};

/// The test vector of the reference, §4.3.
const CAPTURED: &str = fixture!("webhook_captured.json");
const COMPACT: &str = "bdd1308d903ef3919dabb7bef793dcc4729b9c0cb9a3835bbfbfff52542464b9";
const SPACED: &str = "5b3767b4bb0cdd80021b2db5fd05ddb0d8b749f3efdf68623b3a026fd1badbf2";
const RAW: &str = "536fcb1636f83d595d245e0da4cbfdddc469f2ffcd2ebe1633252134d31e2aa4";

fn invalid<T>(result: &Result<T, WebhookError>) -> bool {
    matches!(result, Err(WebhookError::InvalidSignature(_)))
}

fn read_signed_by(signature: &str, body: &str) -> Result<WebhookMessage, WebhookError> {
    read(&[("content-type", b"application/json"), ("x-signature", signature.as_bytes())], body.as_bytes())
}

/// Signs by serde_json's own sorted maps: good enough for bodies without odd numbers.
fn signed(body: &str) -> Result<WebhookMessage, WebhookError> {
    let sorted = sorted(&serde_json::from_str(body).unwrap());
    read_signed_by(&hmac_hex(WEBHOOK_KEY, sorted.as_bytes()), body)
}

fn sorted(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            let members: Vec<_> = members
                .into_iter()
                .map(|(name, value)| format!("{}:{}", serde_json::json!(name), sorted(value)))
                .collect();
            format!("{{{}}}", members.join(","))
        }
        serde_json::Value::Array(items) => {
            format!("[{}]", items.iter().map(sorted).collect::<Vec<_>>().join(","))
        }
        other => other.to_string(),
    }
}

#[test]
fn the_documented_vector_is_believed_in_both_forms_and_either_case() {
    let expected = WebhookMessage {
        dialect: "ioka",
        event: "PAYMENT_CAPTURED".to_owned(),
        dedup_key: "ioka:PAYMENT_CAPTURED:pay_F6g7H8i9J0".to_owned(),
        external_id: Some(ExternalId::new("don-42")),
        order_id: Some(OrderId::new("ord_A1b2C3d4E5")),
        fact: Some(OrderFact::Captured(CaptureReport {
            payment_id: Some(PaymentId::new("pay_F6g7H8i9J0")),
            ordered: ReportedAmount::Tenge(Tenge::new(5000)),
            captured: ReportedAmount::Tenge(Tenge::new(5000)),
            paid_at: Some(at("2026-01-15T09:31:02.000001Z")),
        })),
    };
    for signature in [COMPACT, SPACED, &COMPACT.to_uppercase()] {
        assert_eq!(read_signed_by(signature, CAPTURED).as_ref(), Ok(&expected));
    }
    let reordered = CAPTURED.replacen("{\"event\": \"PAYMENT_CAPTURED\", ", "\n{", 1).replacen(
        "\"action\": null}}",
        "\"action\":\tnull},\"\\u0065vent\" : \"PAYMENT_CAPTURED\" }\r\n",
        1,
    );
    assert_eq!(read_signed_by(COMPACT, &reordered), Ok(expected), "only the meaning is signed");
}

#[test]
fn a_signature_of_the_raw_body_is_not_believed() {
    assert_eq!(RAW, hmac_hex(WEBHOOK_KEY, CAPTURED.as_bytes()));
    assert!(invalid(&read_signed_by(RAW, CAPTURED)));
}

#[test]
fn a_zero_with_a_fraction_is_signed_as_one() {
    assert!(CAPTURED.contains("\"processing_fee\": 0.0,"));
    for other in ["0", "0.00", "0.1", "-0.0", "0e0"] {
        let body = CAPTURED.replace("\"processing_fee\": 0.0,", &format!("\"processing_fee\": {other},"));
        assert!(invalid(&read_signed_by(COMPACT, &body)), "{other}");
    }
}

#[test]
fn headers_must_be_exactly_one_signature() {
    let compact = COMPACT.as_bytes();
    let guide = RAW.as_bytes();
    for headers in [
        &[][..],
        &[("x-signature", b"".as_slice())],
        &[("x-signature", b"\xff\xfe")],
        &[("signature", compact)],
        &[("x-signature", compact), ("x-signature", compact)],
        &[("x-signature", compact), ("x-ioka-signature", guide)],
        &[("x-ioka-signature", compact)],
    ] {
        assert!(invalid(&read(headers, CAPTURED.as_bytes())), "{headers:?}");
    }
}

#[test]
fn another_secret_and_a_switched_off_dialect_are_not_believed() {
    let headers = [("x-signature", COMPACT.as_bytes())];
    let all = Dialects::ALL;
    for reader in [
        IokaWebhookReader::new(&"another secret".into(), all),
        IokaWebhookReader::new(&WEBHOOK_KEY.to_uppercase().into(), all),
        IokaWebhookReader::new(&WEBHOOK_KEY.into(), Dialects::from_iter([Dialect::Guide])),
        IokaWebhookReader::new(&WEBHOOK_KEY.into(), Dialects::from_iter([])),
    ] {
        assert!(invalid(&read_by(&reader, &headers, CAPTURED.as_bytes())));
    }
    let only_ioka = IokaWebhookReader::new(&WEBHOOK_KEY.into(), Dialects::from_iter([Dialect::Ioka]));
    assert!(read_by(&only_ioka, &headers, CAPTURED.as_bytes()).is_ok());
}

#[test]
fn without_a_secret_nothing_is_believed() {
    for blank in ["", " \n"] {
        let reader = IokaWebhookReader::new(&blank.into(), Dialects::ALL);
        for (header, signature) in
            [("x-signature", hmac_hex(blank, b"{}")), ("x-ioka-signature", hmac_hex(blank, b"{}"))]
        {
            assert!(invalid(&read_by(&reader, &[(header, signature.as_bytes())], b"{}")));
        }
    }
}

#[test]
fn a_body_without_a_canonical_form_cannot_be_signed() {
    let twice = r#"{"event":"PAYMENT_CAPTURED","event":"PAYMENT_CAPTURED"}"#;
    let last_wins = hmac_hex(WEBHOOK_KEY, br#"{"event":"PAYMENT_CAPTURED"}"#);
    assert!(invalid(&read_signed_by(&last_wins, twice)));
    for body in ["", "{", "[1,]", "\u{feff}{}", r#"{"event":"\ud800"}"#] {
        assert!(invalid(&read_signed_by(&hmac_hex(WEBHOOK_KEY, body.as_bytes()), body)), "{body}");
    }
    let deep = "[".repeat(100_000);
    assert!(invalid(&read_signed_by(&hmac_hex(WEBHOOK_KEY, deep.as_bytes()), &deep)));
}

#[test]
fn a_delivery_of_2021_is_understood() {
    let body = fixture!("webhook_captured_2021.json");
    let message = signed(body).unwrap();
    let Some(OrderFact::Captured(report)) = message.fact else { panic!("{message:?}") };
    assert!(report.captured.is(Tenge::new(1000)));
    assert_eq!(report.paid_at, Some(at("2021-11-20T09:31:00.5Z")));
}

#[test]
fn a_decline_says_why_and_when() {
    let message = signed(fixture!("webhook_declined.json")).unwrap();
    assert_eq!(message.dedup_key, "ioka:PAYMENT_DECLINED:pay_F6g7H8i9J0");
    assert_eq!(
        message.fact,
        Some(OrderFact::Declined(Decline {
            declined_at: at("2026-01-15T09:31:02.000001Z"),
            reason: DeclineReason::NotEnoughMoney,
            gateway_code: Some("NOT_ENOUGH_MONEY".to_owned()),
        }))
    );
    let bare = signed(r#"{"event":"PAYMENT_DECLINED","order":{"id":"ord_x"}}"#).unwrap();
    let Some(OrderFact::Declined(decline)) = bare.fact else { panic!("{bare:?}") };
    assert_eq!((decline.declined_at, decline.reason), (at(RECEIVED_AT), DeclineReason::Unknown));
}

#[test]
fn an_order_ends_by_expiry_and_by_either_spelling_of_cancelled() {
    let expired = signed(fixture!("webhook_expired.json")).unwrap();
    assert_eq!(
        (expired.dedup_key.as_str(), expired.fact),
        ("ioka:ORDER_EXPIRED:ord_A1b2C3d4E5", Some(OrderFact::Ended))
    );
    let mut keys = Vec::new();
    for name in ["PAYMENT_CANCELLED", "PAYMENT_CANCELED"] {
        let body = fixture!("webhook_declined.json").replace("PAYMENT_DECLINED", name);
        let message = signed(&body).unwrap();
        assert_eq!((message.event.as_str(), message.fact), (name, Some(OrderFact::Ended)));
        keys.push(message.dedup_key);
    }
    assert_eq!(keys[0], keys[1]);
}

#[test]
fn refunds_are_known_by_their_own_id() {
    let approved = fixture!("webhook_refund_approved.json");
    let report = RefundReport {
        id: GatewayRefundId::new("rfd_Q1w2E3r4T5"),
        external_id: None,
        amount: ReportedAmount::Tenge(Tenge::new(1000)),
    };
    let message = signed(approved).unwrap();
    assert_eq!(message.dedup_key, "ioka:REFUND_APPROVED:rfd_Q1w2E3r4T5");
    assert_eq!(message.fact, Some(OrderFact::Refunded(report.clone())));
    let declined = signed(&approved.replace("REFUND_APPROVED", "REFUND_DECLINED")).unwrap();
    assert_eq!(declined.fact, Some(OrderFact::RefundDeclined(report)));
}

#[test]
fn another_currency_is_never_taken_for_tenge() {
    for fixture in [CAPTURED, fixture!("webhook_refund_approved.json")] {
        let body = fixture.replace("\"KZT\"", "\"USD\"").replace("0.0", "0");
        match signed(&body).unwrap().fact.unwrap() {
            OrderFact::Captured(report) => {
                assert_eq!(report.ordered, ReportedAmount::NotWholeTenge("5000.00 USD".to_owned()));
                assert_eq!(report.captured, report.ordered);
            }
            OrderFact::Refunded(report) => {
                assert_eq!(report.amount, ReportedAmount::NotWholeTenge("1000.00 USD".to_owned()));
            }
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn events_that_mean_nothing_to_us_are_kept() {
    let card = signed(fixture!("webhook_card_approved.json")).unwrap();
    assert_eq!(card.dedup_key, "ioka:CARD_APPROVED:t3i2tPViLK");
    assert_eq!((card.fact, card.order_id, card.external_id), (None, None, None));
    let hold = signed(&CAPTURED.replace("PAYMENT_CAPTURED", "PAYMENT_APPROVED").replace("0.0", "0")).unwrap();
    assert_eq!((hold.fact, hold.order_id), (None, Some(OrderId::new("ord_A1b2C3d4E5"))));
    let (one, two) = (signed(r#"{"event":"NEW","x":1}"#).unwrap(), signed(r#"{"event":"NEW","x":2}"#).unwrap());
    assert_ne!(one.dedup_key, two.dedup_key);
}

#[test]
fn what_every_event_has_may_not_be_missing() {
    for body in [
        "[]",
        "null",
        "\"PAYMENT_CAPTURED\"",
        r#"["PAYMENT_CAPTURED"]"#,
        "{}",
        r#"{"event":null}"#,
        r#"{"event":""}"#,
        r#"{"event":7}"#,
        r#"{"event":"ORDER_EXPIRED"}"#,
        r#"{"event":"ORDER_EXPIRED","order":"ord_x"}"#,
        r#"{"event":"ORDER_EXPIRED","order":{"status":"EXPIRED"}}"#,
        r#"{"event":"PAYMENT_CAPTURED","payment":{"order_id":"ord_x","captured_amount":100}}"#,
        r#"{"event":"PAYMENT_CAPTURED","order":{"id":"ord_x","amount":100}}"#,
        r#"{"event":"PAYMENT_CAPTURED","order":{"id":"ord_x","amount":100},"payment":{"captured_amount":null}}"#,
        r#"{"event":"PAYMENT_CAPTURED","order":{"id":"ord_x"},"payment":{"captured_amount":100}}"#,
        r#"{"event":"REFUND_APPROVED","order":{"id":"ord_x"}}"#,
        r#"{"event":"REFUND_APPROVED","order":{"id":"ord_x"},"refund":{"amount":100}}"#,
        r#"{"event":"REFUND_DECLINED","order":{"id":"ord_x"},"refund":{"id":"rfd_x"}}"#,
    ] {
        let result = signed(body);
        assert!(matches!(result, Err(WebhookError::MalformedEvent(_))), "{body}: {result:?}");
    }
}

#[test]
fn two_different_events_never_share_a_key() {
    let bodies = [
        CAPTURED.replace("0.0", "0"),
        CAPTURED.replace("0.0", "0").replace("pay_F6g7H8i9J0", "pay_other"),
        fixture!("webhook_declined.json").to_owned(),
        fixture!("webhook_expired.json").to_owned(),
        fixture!("webhook_refund_approved.json").to_owned(),
        fixture!("webhook_refund_approved.json").replace("rfd_Q1w2E3r4T5", "rfd_other"),
        fixture!("webhook_card_approved.json").to_owned(),
    ];
    let mut keys: Vec<_> = bodies.iter().map(|body| signed(body).unwrap().dedup_key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), bodies.len());
    assert_eq!(
        format!("{:?}", reader()),
        "IokaWebhookReader { dialects: Dialects { on: [Some(Ioka), Some(Guide)] }, .. }"
    );
}
