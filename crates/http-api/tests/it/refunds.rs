//! An administrator gives money back.

use domain::Tenge;
use domain::ports::GatewayError;
use fake_gateway::{Behaviour, Call};
use serde_json::{Value, json};

use crate::support::{App, webhook};

on_both_databases!(
    a_part_goes_back_and_the_certificate_says_what_is_left,
    without_an_amount_all_that_is_left_goes_back,
    several_parts_add_up,
    what_exceeds_the_payment_is_refused,
    what_was_never_paid_is_not_given_back,
    only_administrators_give_money_back,
    a_wrong_request_gives_nothing_back,
    the_same_request_again_gives_the_same_refund,
    a_refund_that_the_bank_declines_has_failed,
    a_refund_that_the_gateway_refuses_has_failed_and_may_be_asked_for_anew,
    the_webhook_of_our_own_refund_counts_once,
    the_timeline_tells_who_asked_and_why,
);

fn amount(tenge: u32) -> Value {
    json!({"amount": tenge, "reason": "the donor asked for it"})
}

fn everything() -> Value {
    json!({"reason": "the donor asked for it"})
}

async fn a_part_goes_back_and_the_certificate_says_what_is_left(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let refund = app.refund(&admin, &id, &amount(2000)).await.expect(201);
    assert_eq!((&refund["status"], &refund["amount"]), (&json!("succeeded"), &json!(2000)));
    assert_eq!((&refund["currency"], &refund["reason"]), (&json!("KZT"), &json!("the donor asked for it")));
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["refunded_amount"]), (&json!("partially_refunded"), &json!(2000)));
    let number = shown["certificate"]["number"].as_str().unwrap();
    let certificate = app.get(&format!("/api/certificates/{number}")).await.expect(200);
    assert_eq!((&certificate["valid"], &certificate["trees"]), (&json!(true), &json!(6)));
}

async fn without_an_amount_all_that_is_left_goes_back(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.refund(&admin, &id, &amount(1500)).await.expect(201);
    assert_eq!(app.refund(&admin, &id, &everything()).await.expect(201)["amount"], 3500);
    let shown = app.shown(&id).await;
    assert_eq!((&shown["status"], &shown["certificate"]), (&json!("refunded"), &Value::Null));
    let certificate = app.get(&format!("/api/guest-donations/{id}/certificate")).await;
    certificate.problem(410, "certificate_revoked");
    app.refund(&admin, &id, &everything()).await.problem(422, "refund_exceeds_paid");
}

async fn several_parts_add_up(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    for part in [1000, 1000, 2999] {
        app.refund(&admin, &id, &amount(part)).await.expect(201);
    }
    assert_eq!(app.shown(&id).await["refunded_amount"], 4999);
    app.refund(&admin, &id, &amount(1)).await.expect(201);
    assert_eq!(app.shown(&id).await["status"], "refunded");
    assert_eq!(app.story(&admin, &id).await["refunds"].as_array().unwrap().len(), 4);
}

async fn what_exceeds_the_payment_is_refused(app: App) {
    let (admin, (id, order)) = (app.admin().await, app.completed().await);
    app.refund(&admin, &id, &amount(5001)).await.problem(422, "refund_exceeds_paid");
    assert_eq!(app.gateway.calls(Call::CreateRefund), 0, "what we know to be too much is not asked for");

    // Less is left than we know of: somebody has used the panel, and its webhook is on its way.
    app.gateway.refund_in_panel(&order, Tenge::new(4000)).unwrap();
    app.refund(&admin, &id, &amount(2000)).await.problem(422, "refund_exceeds_paid");
    let shown = app.shown(&id).await;
    assert_eq!(shown["refunded_amount"], 4000, "what went back in the panel is learnt on the way");
    app.refund(&admin, &id, &everything()).await.expect(201);
    assert_eq!(app.shown(&id).await["status"], "refunded");
}

async fn what_was_never_paid_is_not_given_back(app: App) {
    let admin = app.admin().await;
    let (waiting, _) = app.awaiting().await;
    app.refund(&admin, &waiting, &everything()).await.problem(409, "invalid_state");
    app.refund(&admin, &app.guest_donation().await, &amount(1)).await.problem(409, "invalid_state");
    let nobodys = uuid::Uuid::from_u128(77).to_string();
    app.refund(&admin, &nobodys, &everything()).await.problem(404, "not_found");
    assert_eq!(app.gateway.calls(Call::CreateRefund), 0);
}

async fn only_administrators_give_money_back(app: App) {
    let (id, _) = app.completed().await;
    let donor = app.register("donor@example.com").await;
    for path in ["refund", "sync", "resolve"] {
        let path = format!("/api/admin/donations/{id}/{path}");
        app.post(&path).json(&everything()).await.problem(401, "unauthenticated");
        app.post(&path).bearer(&donor.token).json(&everything()).await.problem(403, "forbidden");
    }
    for path in ["/api/admin/donations", &format!("/api/admin/donations/{id}"), "/api/admin/jobs"] {
        app.get(path).await.problem(401, "unauthenticated");
        app.get(path).bearer(&donor.token).await.problem(403, "forbidden");
    }
    let retry = format!("/api/admin/jobs/{id}/retry");
    app.post(&retry).await.problem(401, "unauthenticated");
    app.post(&retry).bearer(&donor.token).await.problem(403, "forbidden");
    assert_eq!(app.shown(&id).await["status"], "completed");
}

async fn a_wrong_request_gives_nothing_back(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    for (body, wrong) in [
        (json!({}), "reason: required"),
        (json!({"reason": " "}), "reason: blank"),
        (json!({"reason": "x".repeat(256)}), "reason: too_long"),
        (json!({"reason": "x", "amount": 0}), "amount: not_positive"),
        (json!({"reason": "x", "amount": -1}), "amount: not_positive"),
        (json!({"reason": "x", "amount": 10.5}), "amount: not_whole_number"),
        (json!({"reason": "x", "amount": "10"}), "amount: not_whole_number"),
    ] {
        assert_eq!(app.refund(&admin, &id, &body).await.wrong_fields(), [wrong], "{body}");
    }
    assert_eq!(app.gateway.calls(Call::CreateRefund), 0);
}

async fn the_same_request_again_gives_the_same_refund(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let first = app.refund(&admin, &id, &amount(1000)).key("once").await.expect(201);
    let again = app.refund(&admin, &id, &amount(1000)).key("once").await;
    assert_eq!((again.expect(201), again.header("idempotency-replayed")), (first, Some("true")));
    assert_eq!(app.shown(&id).await["refunded_amount"], 1000);
}

async fn a_refund_that_the_bank_declines_has_failed(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.gateway.next(Call::CreateRefund, Behaviour::RefundDeclined);
    assert_eq!(app.refund(&admin, &id, &everything()).await.expect(201)["status"], "failed");
    assert_eq!(app.shown(&id).await["status"], "completed");
    assert_eq!(app.refund(&admin, &id, &everything()).await.expect(201)["status"], "succeeded");
}

async fn a_refund_that_the_gateway_refuses_has_failed_and_may_be_asked_for_anew(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    app.gateway.next(Call::CreateRefund, Behaviour::Refuse);
    app.refund(&admin, &id, &everything()).await.problem(502, "gateway_rejected");
    let story = app.story(&admin, &id).await;
    assert_eq!(story["refunds"][0]["status"], "failed");
    let last = story["timeline"].as_array().unwrap().last().unwrap().clone();
    assert_eq!(
        (&last["kind"], &last["details"]["why"]),
        (&json!("refund.failed"), &json!(GatewayError::Refused("scripted".to_owned()).to_string()))
    );
    app.refund(&admin, &id, &everything()).await.expect(201);
    assert_eq!(app.shown(&id).await["status"], "refunded");
}

async fn the_webhook_of_our_own_refund_counts_once(app: App) {
    let (admin, (id, order)) = (app.admin().await, app.completed().await);
    let refund = app.refund(&admin, &id, &amount(1000)).await.expect(201);
    let gateways = refund["gateway_refund_id"].as_str().unwrap();
    for event in ["REFUND_APPROVED", "REFUND_APPROVED", "REFUND_DECLINED"] {
        let body = webhook::refund(event, order.as_str(), (gateways, 1000));
        assert_ne!(app.ioka(&body).await.expect(200)["outcome"], "applied");
    }
    let shown = app.shown(&id).await;
    assert_eq!((&shown["refunded_amount"], &shown["status"]), (&json!(1000), &json!("partially_refunded")));
}

async fn the_timeline_tells_who_asked_and_why(app: App) {
    let (admin, (id, _)) = (app.admin().await, app.completed().await);
    let refund = app.refund(&admin, &id, &amount(1000)).await.expect(201);
    let story = app.story(&admin, &id).await;
    let entries = story["timeline"].as_array().unwrap();
    let [.., requested, succeeded] = &entries[..] else { panic!("{story}") };
    assert_eq!((&requested["kind"], &succeeded["kind"]), (&json!("refund.requested"), &json!("refund.succeeded")));
    let actor = format!("account:{}", admin.account);
    for entry in [requested, succeeded] {
        assert_eq!((&entry["actor"], &entry["details"]["refund_id"]), (&json!(actor), &refund["id"]), "{entry}");
        assert!(entry["request_id"].is_string());
    }
    assert_eq!(requested["details"]["reason"], "the donor asked for it");
    assert_eq!(story["donor_email"], "ivan@example.com", "an administrator sees it whole");
}
