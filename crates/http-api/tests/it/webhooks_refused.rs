//! Webhooks that are not believed, not understood, or not kept.

use serde_json::Value;

use crate::support::{App, FailingDeliveries, Setup, webhook};

const PATH: &str = "/api/webhooks/ioka";

on_both_databases!(
    without_a_right_signature_nothing_is_believed,
    both_signatures_at_once_are_refused,
    what_is_changed_after_signing_is_refused,
    a_native_body_that_is_no_json_is_refused_as_unsigned,
    a_signed_body_that_is_no_json_is_malformed,
    a_signed_body_that_is_no_event_is_malformed,
    a_native_event_without_its_order_is_malformed,
    a_body_of_more_than_64_kib_is_too_large,
    texts_that_a_database_cannot_hold_are_no_fault_of_ours,
    only_post_is_known,
);

async fn without_a_right_signature_nothing_is_believed(app: App) {
    let (id, order) = app.awaiting().await;
    let ioka = webhook::captured(&id, order.as_str(), 5000);
    let guide = webhook::guide("payment.succeeded", (&id, order.as_str()), 5000);
    for (header, body, right) in
        [("x-signature", &ioka, webhook::signed(&ioka)), ("x-ioka-signature", &guide, webhook::hmac(&guide))]
    {
        app.post(PATH).text(body).await.problem(401, "invalid_signature");
        let wrong = [
            "",
            "0",
            &"0".repeat(64),
            &right[..63],
            &format!("{right}0"),
            &format!("sha256={right}"),
            &"z".repeat(64),
            &webhook::hmac("something else"),
            "қазақ",
        ];
        for signature in wrong {
            app.post(PATH).header(header, signature).text(body).await.problem(401, "invalid_signature");
        }
        let twice = app.post(PATH).header(header, &right).header(header, &right);
        twice.text(body).await.problem(401, "invalid_signature");
    }
    let other_dialects = app.post(PATH).header("x-ioka-signature", &webhook::signed(&ioka)).text(&ioka);
    other_dialects.await.problem(401, "invalid_signature");
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn both_signatures_at_once_are_refused(app: App) {
    let (id, order) = app.awaiting().await;
    let body = webhook::captured(&id, order.as_str(), 5000);
    let call = app.ioka(&body).header("x-ioka-signature", &webhook::hmac(&body));
    call.await.problem(401, "invalid_signature");
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn what_is_changed_after_signing_is_refused(app: App) {
    let (id, order) = app.awaiting().await;
    let body = webhook::captured(&id, order.as_str(), 5000);
    let signature = webhook::signed(&body);
    for changed in [
        body.replace("0.0", "0"),
        body.replace("500000", "500001"),
        body.replace("\"extra_info\"", "\"other_info\""),
        body.replace("PAYMENT_CAPTURED", "PAYMENT_DECLINED"),
        body.replacen('{', "{\"event\": \"PAYMENT_DECLINED\", ", 1),
    ] {
        let call = app.post(PATH).header("x-signature", &signature).text(&changed);
        call.await.problem(401, "invalid_signature");
    }
    let reordered = body.replace(r#""b": 1, "a": "x""#, r#""a": "x", "b": 1"#);
    assert_ne!(reordered, body);
    let call = app.post(PATH).header("x-signature", &signature).text(&reordered);
    assert_eq!(call.await.expect(200)["outcome"], "applied");
}

async fn a_native_body_that_is_no_json_is_refused_as_unsigned(app: App) {
    for body in ["", "{", "no JSON", "{\"event\": 1, \"event\": 1}", "\u{feff}{}"] {
        let call = app.post(PATH).header("x-signature", &webhook::hmac(body)).bytes(body);
        call.await.problem(401, "invalid_signature");
    }
}

async fn a_signed_body_that_is_no_json_is_malformed(app: App) {
    let (id, order) = app.awaiting().await;
    let right = webhook::guide("payment.succeeded", (&id, order.as_str()), 5000);
    let twice = right.replacen('{', "{\"event\":\"payment.failed\",", 1);
    for body in ["", "{", "no JSON", &twice, &"[".repeat(10_000)] {
        app.guide(body).await.problem(400, "malformed_json");
    }
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn a_signed_body_that_is_no_event_is_malformed(app: App) {
    for body in [
        "null",
        "7",
        "[]",
        "{}",
        r#"{"event": null}"#,
        r#"{"event": 7, "object": {"id": "ord_1", "amount": 5000}}"#,
        r#"{"event": "payment.succeeded"}"#,
        r#"{"event": "payment.succeeded", "object": null}"#,
        r#"{"event": "payment.succeeded", "object": {"amount": 5000, "currency": "KZT"}}"#,
        r#"{"event": "payment.succeeded", "object": {"id": "ord_1"}}"#,
        r#"{"event": "payment.failed", "object": {"id": null, "external_id": ""}}"#,
    ] {
        app.guide(body).await.problem(400, "malformed_event");
    }
}

async fn a_native_event_without_its_order_is_malformed(app: App) {
    for body in [
        "null",
        "[]",
        "{}",
        r#"{"event": ""}"#,
        r#"{"event": "PAYMENT_CAPTURED"}"#,
        r#"{"event": "PAYMENT_CAPTURED", "order": {"id": "ord_1", "amount": 500000, "currency": "KZT"}}"#,
        r#"{"event": "ORDER_EXPIRED", "order": {"id": null, "external_id": null}}"#,
        r#"{"event": "REFUND_APPROVED", "order": {"id": "ord_1"}, "refund": {"amount": 1}}"#,
    ] {
        app.ioka(body).await.problem(400, "malformed_event");
    }
}

async fn a_body_of_more_than_64_kib_is_too_large(app: App) {
    let of = |length: usize| format!(r#"{{"event":"NEWS","x":"{}"}}"#, "x".repeat(length - 23));
    let too_large = of(65_537);
    assert_eq!(too_large.len(), 65_537);
    app.guide(&too_large).await.problem(413, "payload_too_large");
    assert_eq!(app.guide(&of(65_536)).await.expect(200)["outcome"], "unmatched");
}

async fn texts_that_a_database_cannot_hold_are_no_fault_of_ours(app: App) {
    let nul = r"\u0000";
    let bodies = [
        format!(r#"{{"event": "{nul}", "order": {{"id": "ord_1"}}}}"#),
        format!(r#"{{"event": "ORDER_EXPIRED", "order": {{"id": "{nul}"}}}}"#),
        format!(r#"{{"event": "ORDER_EXPIRED", "order": {{"id": "ord_1{nul}", "external_id": "{nul}"}}}}"#),
        webhook::captured("shop-42", &format!("ord_{nul}"), 5000),
        webhook::captured("shop-42", &"o".repeat(20_000), 5000),
    ];
    for body in bodies {
        let status = app.ioka(&body).await.status;
        assert!([200, 400].contains(&status), "{status}: {body}");
    }
    for object in [format!(r#""id": "{nul}""#), format!(r#""id": "ord_1", "external_id": "{nul}""#)] {
        let body = format!(r#"{{"event": "payment.cancelled{nul}", "object": {{{object}}}}}"#);
        let status = app.guide(&body).await.status;
        assert!([200, 400].contains(&status), "{status}: {body}");
        let body = format!(r#"{{"event": "payment.cancelled", "object": {{{object}}}}}"#);
        let status = app.guide(&body).await.status;
        assert!([200, 400].contains(&status), "{status}: {body}");
    }
    let (id, order) = app.awaiting().await;
    let declined = webhook::declined(&id, order.as_str(), ("pay_\\u0000", "NOT_\\u0000"));
    let status = app.ioka(&declined).await.status;
    assert!([200, 400].contains(&status), "{status}");
}

async fn only_post_is_known(app: App) {
    let answer = app.get(PATH).await;
    answer.problem(405, "method_not_allowed");
    assert_eq!(answer.header("allow"), Some("POST"));
}

set_up_on_both_databases!(
    a_dialect_that_is_switched_off_is_refused,
    what_could_not_be_kept_is_applied_when_it_is_delivered_again,
);

async fn a_dialect_that_is_switched_off_is_refused(setup: Setup) {
    let app = setup.with("IOKA_WEBHOOK_DIALECTS", "ioka").start();
    let (id, order) = app.awaiting().await;
    let body = webhook::guide("payment.succeeded", (&id, order.as_str()), 5000);
    app.guide(&body).await.problem(401, "invalid_signature");
    let body = webhook::captured(&id, order.as_str(), 5000);
    assert_eq!(app.ioka(&body).await.expect(200)["outcome"], "applied");
}

async fn what_could_not_be_kept_is_applied_when_it_is_delivered_again(setup: Setup) {
    let mut door = None;
    let app = setup.start_with(|state| {
        let shut = FailingDeliveries::before(state.house.deliveries.clone());
        state.house.deliveries = shut.clone();
        door = Some(shut);
    });
    let (id, order) = app.awaiting().await;
    let body = webhook::captured(&id, order.as_str(), 5000);
    let problem: Value = app.ioka(&body).await.problem(500, "internal");
    for secret in ["INSERT", "disk full", "/var/lib"] {
        assert!(!problem.to_string().contains(secret), "{problem}");
    }
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");

    door.unwrap().open();
    assert_eq!(app.ioka(&body).await.expect(200)["outcome"], "applied");
    assert_eq!(app.shown(&id).await["status"], "completed");
}
