//! What a believed webhook brings about.

use chrono::TimeDelta;
use domain::{Review, Tenge};
use serde_json::{Value, json};

use crate::support::{App, Call, webhook};

on_both_databases!(
    ioka_own_capture_completes_a_donation,
    both_ways_of_spacing_are_believed,
    the_references_vector_is_believed_and_is_nobodys,
    the_guides_events_are_believed,
    signatures_are_read_in_either_case,
    the_same_delivery_again_is_a_duplicate,
    a_decline_fails_a_donation_with_words_for_its_donor,
    an_expired_or_cancelled_order_cancels_the_donation,
    a_late_failure_does_not_undo_a_completed_donation,
    a_capture_completes_what_had_failed,
    an_event_of_an_unknown_type_is_kept_and_ignored,
    what_is_about_nobody_of_ours_is_unmatched,
    an_order_without_a_name_is_found_by_its_id,
    another_amount_or_currency_never_completes,
    a_second_order_paid_is_flagged,
    a_delivery_is_kept_with_the_request_that_brought_it,
);

async fn outcome(call: Call) -> String {
    let answer = call.await.expect(200);
    assert_eq!(answer, json!({"received": true, "outcome": answer["outcome"]}));
    answer["outcome"].as_str().unwrap().to_owned()
}

async fn ioka_own_capture_completes_a_donation(app: App) {
    let (id, order) = app.awaiting().await;
    app.clock.advance(TimeDelta::minutes(5));
    assert_eq!(outcome(app.ioka(&webhook::captured(&id, order.as_str(), 5000))).await, "applied");
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["test_mode"]), (&json!("completed"), &json!(false)));
    assert_eq!(shown["completed_at"], "2026-03-01T10:05:00.000000Z");
    assert_eq!(shown["certificate"]["number"], "TREE-2026-000001");
}

async fn both_ways_of_spacing_are_believed(app: App) {
    let (id, order) = app.awaiting().await;
    let body = webhook::captured(&id, order.as_str(), 5000);
    let call = app.post("/api/webhooks/ioka").header("X-Signature", &webhook::signed_spaced(&body)).text(&body);
    assert_eq!(outcome(call).await, "applied");
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn the_references_vector_is_believed_and_is_nobodys(app: App) {
    let vector = |signature| app.post("/api/webhooks/ioka").header("x-signature", signature).text(webhook::VECTOR);
    assert_eq!(outcome(vector(webhook::VECTOR_COMPACT)).await, "unmatched");
    assert_eq!(outcome(vector(webhook::VECTOR_SPACED)).await, "duplicate");
    vector(webhook::VECTOR_RAW).await.problem(401, "invalid_signature");
}

async fn the_guides_events_are_believed(app: App) {
    for (event, status) in
        [("payment.succeeded", "completed"), ("payment.failed", "failed"), ("payment.cancelled", "cancelled")]
    {
        let (id, order) = app.awaiting().await;
        let body = webhook::guide(event, (&id, order.as_str()), 5000);
        assert_eq!(outcome(app.guide(&body)).await, "applied", "{event}");
        assert_eq!(outcome(app.guide(&body)).await, "duplicate", "{event}");
        assert_eq!(app.shown(&id).await["status"], status);
    }
}

async fn signatures_are_read_in_either_case(app: App) {
    let (id, order) = app.awaiting().await;
    let body = webhook::guide("payment.failed", (&id, order.as_str()), 5000);
    let call = app.post("/api/webhooks/ioka").header("X-Ioka-Signature", &webhook::hmac(&body).to_uppercase());
    assert_eq!(outcome(call.text(&body)).await, "applied");
    let body = webhook::captured(&id, order.as_str(), 5000);
    let call = app.post("/api/webhooks/ioka").header("X-Signature", &webhook::signed(&body).to_uppercase());
    assert_eq!(outcome(call.text(&body)).await, "applied");
}

async fn the_same_delivery_again_is_a_duplicate(app: App) {
    let (id, order) = app.awaiting().await;
    let body = webhook::captured(&id, order.as_str(), 5000);
    assert_eq!(outcome(app.ioka(&body)).await, "applied");
    // Told apart by event and payment, not by the bytes.
    let other_bytes = body.replace("\"processing_fee\": 0.0", "\"processing_fee\": 0.1");
    assert_eq!(outcome(app.ioka(&other_bytes)).await, "duplicate");
    // The same news in the other dialect is another delivery, which has nothing left to do.
    let guide = webhook::guide("payment.succeeded", (&id, order.as_str()), 5000);
    assert_eq!(outcome(app.guide(&guide)).await, "ignored");
    app.get("/api/certificates/TREE-2026-000001").await.expect(200);
    app.get("/api/certificates/TREE-2026-000002").await.problem(404, "not_found");
}

async fn a_decline_fails_a_donation_with_words_for_its_donor(app: App) {
    let body = json!({"amount": 5000, "donor_name": "Kim", "donor_email": "kim@example.com", "language": "en"});
    let id = app.post("/api/guest-donations").json(&body).await.expect(201)["id"].as_str().unwrap().to_owned();
    let order = app.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    assert_eq!(outcome(app.ioka(&webhook::declined(&id, &order, ("pay_1", "NOT_ENOUGH_MONEY")))).await, "applied");
    let failure = json!({
        "code": "not_enough_money", "message": "There was not enough money on the card. Try another card.",
    });
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["failure"]), (&json!("failed"), &failure));
    assert_eq!(shown["payment_order_id"], order);
}

async fn an_expired_or_cancelled_order_cancels_the_donation(app: App) {
    for event in ["ORDER_EXPIRED", "PAYMENT_CANCELLED", "PAYMENT_CANCELED"] {
        let (id, order) = app.awaiting().await;
        assert_eq!(outcome(app.ioka(&webhook::order_event(event, &id, order.as_str()))).await, "applied", "{event}");
        assert_eq!(app.shown(&id).await["status"], "cancelled", "{event}");
    }
}

async fn a_late_failure_does_not_undo_a_completed_donation(app: App) {
    let (id, order) = app.completed().await;
    let before = app.shown(&id).await;
    for late in [
        webhook::declined(&id, order.as_str(), ("pay_late", "DECLINED_BY_ISSUER")),
        webhook::order_event("ORDER_EXPIRED", &id, order.as_str()),
        webhook::order_event("PAYMENT_CANCELLED", &id, order.as_str()),
    ] {
        assert_eq!(outcome(app.ioka(&late)).await, "ignored");
    }
    let guide = webhook::guide("payment.failed", (&id, order.as_str()), 5000);
    assert_eq!(outcome(app.guide(&guide)).await, "ignored");
    assert_eq!(app.shown(&id).await, before);
}

async fn a_capture_completes_what_had_failed(app: App) {
    let (id, order) = app.awaiting().await;
    app.ioka(&webhook::declined(&id, order.as_str(), ("pay_1", "NOT_ENOUGH_MONEY"))).await.expect(200);
    assert_eq!(outcome(app.ioka(&webhook::captured(&id, order.as_str(), 5000))).await, "applied");
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["failure"]), (&json!("completed"), &Value::Null));
}

async fn an_event_of_an_unknown_type_is_kept_and_ignored(app: App) {
    let (id, order) = app.awaiting().await;
    for event in ["PAYMENT_ACTION_REQUIRED", "SOMETHING_NEW", "payment_captured"] {
        assert_eq!(outcome(app.ioka(&webhook::order_event(event, &id, order.as_str()))).await, "ignored", "{event}");
        assert_eq!(outcome(app.ioka(&webhook::order_event(event, &id, order.as_str()))).await, "duplicate", "{event}");
    }
    let guide = webhook::guide("payment.refunded", (&id, order.as_str()), 5000);
    assert_eq!(outcome(app.guide(&guide)).await, "ignored");
    assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
}

async fn what_is_about_nobody_of_ours_is_unmatched(app: App) {
    for name in ["00000000-0000-0000-0000-000000000007", "shop-42", "", "\\u0000"] {
        let order = format!("ord_{}", name.len());
        assert_eq!(outcome(app.ioka(&webhook::captured(name, &order, 5000))).await, "unmatched", "{name}");
        let guide = webhook::guide("payment.succeeded", (name, &order), 5000);
        assert_eq!(outcome(app.guide(&guide)).await, "unmatched", "{name}");
        assert_eq!(outcome(app.guide(&guide)).await, "duplicate", "{name}");
    }
    assert_eq!(outcome(app.ioka(r#"{"event": "CARD_APPROVED", "card": {"id": "crd_1"}}"#)).await, "unmatched");
}

async fn an_order_without_a_name_is_found_by_its_id(app: App) {
    let (id, order) = app.awaiting().await;
    let body = webhook::captured("", order.as_str(), 5000).replace(r#""external_id": """#, r#""external_id": null"#);
    assert_eq!(outcome(app.ioka(&body)).await, "applied");
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn another_amount_or_currency_never_completes(app: App) {
    let right = |id: &str, order: &str| webhook::captured(id, order, 5000);
    let changes: [fn(String) -> String; 5] = [
        |body| body.replace(r#""captured_amount": 500000"#, r#""captured_amount": 499900"#),
        |body| body.replace(r#""captured_amount": 500000"#, r#""captured_amount": 5000"#),
        |body| body.replace(r#""captured_amount": 500000"#, r#""captured_amount": 500050"#),
        |body| body.replace(r#""amount": 500000"#, r#""amount": 600000"#),
        |body| body.replace("KZT", "RUB"),
    ];
    for change in changes {
        let (id, order) = app.awaiting().await;
        assert_eq!(outcome(app.ioka(&change(right(&id, order.as_str())))).await, "applied");
        stays_unpaid(&app, &id).await;
    }
    for wrong in ["500000", "4999", "5000.5", "\"5000\"", "-5000", "null"] {
        let (id, order) = app.awaiting().await;
        let body = webhook::guide("payment.succeeded", (&id, order.as_str()), 5000);
        let answer = app.guide(&body.replace(":5000,", &format!(":{wrong},"))).await;
        if answer.status == 400 {
            answer.problem(400, "malformed_event");
            assert_eq!(app.shown(&id).await["status"], "awaiting_payment");
        } else {
            answer.expect(200);
            stays_unpaid(&app, &id).await;
        }
    }
}

async fn stays_unpaid(app: &App, id: &str) {
    let shown = app.shown(id).await;
    assert_eq!((&shown["status"], &shown["certificate"]), (&json!("awaiting_payment"), &Value::Null));
    assert!(app.kept(id).await.is_flagged(Review::AmountMismatch));
    app.pay(id).await.problem(409, "already_paid");
}

async fn a_second_order_paid_is_flagged(app: App) {
    let (id, first) = app.awaiting().await;
    app.gateway.expire(&first).unwrap();
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, first.as_str())).await.expect(200);
    let second = app.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    let captured = webhook::captured(&format!("{id}-2"), &second, 5000);
    assert_eq!(outcome(app.ioka(&captured)).await, "applied");
    assert_eq!(outcome(app.ioka(&webhook::captured(&id, first.as_str(), 5000))).await, "applied");
    assert!(app.kept(&id).await.is_flagged(Review::PaidTwice));
    assert_eq!(app.shown(&id).await["status"], "completed");
    app.get("/api/certificates/TREE-2026-000002").await.problem(404, "not_found");
}

async fn a_delivery_is_kept_with_the_request_that_brought_it(app: App) {
    use domain::ports::{DeliveryStore, DonationStore as _};
    let (id, order) = app.awaiting().await;
    app.gateway.pay(&order, Tenge::new(5000)).unwrap();
    let body = webhook::captured(&id, order.as_str(), 5000);
    app.ioka(&body).header("x-request-id", "delivery-17").await.expect(200);
    let key = format!("ioka:PAYMENT_CAPTURED:pay_of_{order}");
    let kept = DeliveryStore::find(app.store(), &key).await.unwrap().unwrap();
    assert_eq!((kept.body, kept.request_id.as_deref()), (body, Some("delivery-17")));
    let timeline = app.store().timeline(app.kept(&id).await.id).await.unwrap();
    assert_eq!(timeline.last().unwrap().cause.request_id.as_deref(), Some("delivery-17"));
}
