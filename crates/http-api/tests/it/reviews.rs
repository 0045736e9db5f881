//! What a person must look at, and payments made twice.

use domain::{Review, Tenge};
use serde_json::{Value, json};

use crate::support::{App, Session, Setup, webhook};

on_both_databases!(
    what_waits_for_a_person_is_listed_until_it_is_resolved,
    a_review_is_resolved_with_a_note_and_by_somebody,
    a_second_payment_is_flagged_and_left_to_a_person,
);

set_up_on_both_databases!(
    a_second_payment_goes_back_by_itself_where_the_charity_wants_it,
    a_second_payment_that_cannot_go_back_at_once_goes_back_later,
    a_second_payment_goes_back_though_another_refund_was_under_way_and_failed,
    a_second_payment_whose_return_was_refused_is_reserved_anew_before_it_is_asked_for_again,
);

/// A donation of which two orders were paid: in two tabs, the first one's order having seemed to be over.
pub async fn paid_twice(app: &App) -> (String, [domain::OrderId; 2]) {
    let (id, first) = app.awaiting().await;
    app.gateway.expire(&first).unwrap();
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, first.as_str())).await.expect(200);
    let second = app.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    let second = domain::OrderId::new(second);
    assert_ne!(first, second);
    for (order, name) in [(&second, format!("{id}-2")), (&first, id.clone())] {
        app.gateway.pay(order, Tenge::new(5000)).unwrap();
        assert_eq!(app.ioka(&webhook::captured(&name, order.as_str(), 5000)).await.expect(200)["outcome"], "applied");
    }
    (id, [first, second])
}

async fn flagged(app: &App, admin: &Session) -> Vec<Value> {
    let list = app.get("/api/admin/donations?flagged=true").bearer(&admin.token).await.expect(200);
    list["items"].as_array().unwrap().iter().map(|donation| donation["id"].clone()).collect()
}

async fn what_waits_for_a_person_is_listed_until_it_is_resolved(app: App) {
    let admin = app.admin().await;
    let (id, _) = paid_twice(&app).await;
    app.completed().await;
    assert_eq!(flagged(&app, &admin).await, [json!(id)]);
    let all = app.get("/api/admin/donations?status=completed").bearer(&admin.token).await.expect(200);
    assert_eq!(all["items"].as_array().unwrap().len(), 2);
    let wrong = app.get("/api/admin/donations?flagged=perhaps").bearer(&admin.token).await;
    assert_eq!(wrong.wrong_fields(), ["flagged: not_boolean"]);

    let resolve = app.post(&format!("/api/admin/donations/{id}/resolve")).bearer(&admin.token);
    resolve.json(&json!({"review": "paid_twice", "note": "meant to give twice"})).await.expect(200);
    assert_eq!(flagged(&app, &admin).await, [""; 0]);
}

async fn a_review_is_resolved_with_a_note_and_by_somebody(app: App) {
    let admin = app.admin().await;
    let (id, _) = paid_twice(&app).await;
    let resolve = || app.post(&format!("/api/admin/donations/{id}/resolve")).bearer(&admin.token);
    assert_eq!(resolve().json(&json!({})).await.wrong_fields(), ["note: required", "review: required"]);
    let odd = json!({"review": "odd", "note": "x"});
    assert_eq!(resolve().json(&odd).await.wrong_fields(), ["review: unknown_review"]);
    let never = json!({"review": "amount_mismatch", "note": "x"});
    resolve().json(&never).await.problem(404, "not_found");

    let story = resolve().json(&json!({"review": "paid_twice", "note": "meant so"})).await.expect(200);
    assert_eq!(story["status"], "completed", "resolving moves nothing");
    let review = &story["review"][0];
    assert_eq!((&review["review"], &review["note"]), (&json!("paid_twice"), &json!("meant so")));
    assert_eq!(review["resolved_by"], format!("account:{}", admin.account));
    let last = story["timeline"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["details"]["note"]), (&json!("review.resolved"), &json!("meant so")));
    let again = resolve().json(&json!({"review": "paid_twice", "note": "other"})).await.expect(200);
    assert_eq!(again["review"][0]["note"], "meant so", "what is resolved stays as it was");
}

async fn a_second_payment_is_flagged_and_left_to_a_person(app: App) {
    let admin = app.admin().await;
    let (id, [first, second]) = paid_twice(&app).await;
    app.work_off().await;
    let kept = app.kept(&id).await;
    assert!(kept.is_flagged(Review::PaidTwice) && kept.refunds.is_empty());
    assert_eq!(app.shown(&id).await["status"], "completed");

    // The superfluous payment goes first: which of the two that is, is the house's choice.
    let refund = app.refund(&admin, &id, &json!({"reason": "paid twice"})).await.expect(201);
    assert_eq!((&refund["payment"], &refund["amount"]), (&json!("superfluous"), &json!(5000)));
    let kept = app.kept(&id).await;
    assert!(!kept.is_flagged(Review::PaidTwice), "settled by that");
    assert_eq!(kept.status().word(), "completed");
    let mut there = 0;
    for order in [first, second] {
        there += domain::ports::PaymentGateway::refunds(app.gateway.as_ref(), &order).await.unwrap().len();
    }
    assert_eq!(there, 1);
}

async fn a_second_payment_goes_back_by_itself_where_the_charity_wants_it(setup: Setup) {
    let app = setup.with("AUTO_REFUND_DUPLICATES", "true").start();
    let (id, [first, _]) = paid_twice(&app).await;
    app.work_off().await;
    let kept = app.kept(&id).await;
    assert_eq!((kept.status().word(), kept.refunds.len()), ("completed", 1));
    assert!(!kept.is_flagged(Review::PaidTwice));
    assert_eq!(kept.refunds[0].amount, Tenge::new(5000));
    let told = app.mailbox.subjects();
    assert_eq!(told.len(), 1, "the certificate; of the refund the donor is told in the next round: {told:?}");
    app.work_off().await;
    app.work_off().await;
    assert_eq!(app.mailbox.mails().len(), 2, "{:?}", app.mailbox.subjects());
    assert!(app.ioka(&webhook::captured(&id, first.as_str(), 5000)).await.expect(200)["outcome"] != "applied");
    assert_eq!(app.kept(&id).await.refunds.len(), 1);
}

async fn a_second_payment_that_cannot_go_back_at_once_goes_back_later(setup: Setup) {
    use fake_gateway::{Behaviour, Call};
    let app = setup.with("AUTO_REFUND_DUPLICATES", "true").start();
    let (id, _) = paid_twice(&app).await;
    app.gateway.next(Call::CreateRefund, Behaviour::LoseAnswer);
    app.work_off().await;
    assert!(app.kept(&id).await.is_flagged(Review::PaidTwice), "until the bank has agreed");
    app.clock.advance(chrono::TimeDelta::minutes(1));
    assert_eq!(app.settle_refunds().await.settled, 1);
    let kept = app.kept(&id).await;
    assert!(!kept.is_flagged(Review::PaidTwice));
    assert_eq!((kept.refunds.len(), app.gateway.calls(Call::CreateRefund)), (1, 1));
}

/// The operator gave the one payment back, then the second one came, then the bank declined: both are held.
async fn a_second_payment_goes_back_though_another_refund_was_under_way_and_failed(setup: Setup) {
    use fake_gateway::{Behaviour, Call};
    let app = setup.with("AUTO_REFUND_DUPLICATES", "true").start();
    let admin = app.admin().await;
    let (id, first) = app.awaiting().await;
    app.gateway.expire(&first).unwrap();
    app.ioka(&webhook::order_event("ORDER_EXPIRED", &id, first.as_str())).await.expect(200);
    let second = app.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
    app.gateway.pay(&first, Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(&id, first.as_str(), 5000)).await.expect(200);
    app.gateway.next(Call::CreateRefund, Behaviour::RefundPending);
    let refund = app.refund(&admin, &id, &json!({"reason": "x"})).await.expect(201);
    assert_eq!(refund["status"], "pending");
    app.gateway.pay(&domain::OrderId::new(second.clone()), Tenge::new(5000)).unwrap();
    app.ioka(&webhook::captured(&format!("{id}-2"), &second, 5000)).await.expect(200);

    assert_eq!(app.work_off().await.again, 1, "nothing is superfluous yet, but it may be");
    let name = domain::GatewayRefundId::new(refund["gateway_refund_id"].as_str().unwrap());
    app.gateway.settle_refund(&first, &name, domain::RefundStatus::Failed).unwrap();
    app.clock.advance(chrono::TimeDelta::minutes(2));
    assert_eq!(app.settle_refunds().await.settled, 1);
    app.work_off().await;
    let kept = app.kept(&id).await;
    assert_eq!((kept.status().word(), kept.payments_held()), ("completed", 1));
    assert!(!kept.is_flagged(Review::PaidTwice));
}

/// The gateway refused, and what came of the job was not written down: it is done again.
async fn a_second_payment_whose_return_was_refused_is_reserved_anew_before_it_is_asked_for_again(setup: Setup) {
    use fake_gateway::{Behaviour, Call};
    let app = setup.with("AUTO_REFUND_DUPLICATES", "true").start();
    let admin = app.admin().await;
    let (id, _) = paid_twice(&app).await;
    app.gateway.next(Call::CreateRefund, Behaviour::Refuse);
    assert_eq!(app.work_off().await.parked, 1);
    assert_eq!(app.kept(&id).await.refunds[0].status, domain::RefundStatus::Failed);

    let parked = app.get("/api/admin/jobs?status=parked").bearer(&admin.token).await.expect(200);
    let retry = format!("/api/admin/jobs/{}/retry", parked["items"][0]["id"].as_str().unwrap());
    app.post(&retry).bearer(&admin.token).await.expect(202);
    app.gateway.next(Call::CreateRefund, Behaviour::RefundPending);
    app.work_off().await;
    let kept = app.kept(&id).await;
    let states: Vec<_> = kept.refunds.iter().map(|refund| refund.status.word()).collect();
    assert_eq!(states, ["failed", "pending"], "each is on record by itself");
    assert_eq!(kept.unreserved_of(kept.refunds[1].attempt), Tenge::ZERO);
}
