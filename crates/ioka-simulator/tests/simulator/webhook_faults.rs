//! Faults of webhooks.

use serde_json::{Value, json};

use crate::receiver::Receiver;
use crate::support::{GOOD_CARD, POOR_CARD, shop_with};
use crate::webhooks::{KEY, assert_signed, sign, to};

#[tokio::test]
async fn a_lost_webhook_never_comes() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    shop.fault(json!({ "kind": "webhook_lost", "match": { "event": "PAYMENT_CAPTURED" } })).await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    let deliveries = shop.settled_deliveries(2).await;
    assert_eq!((&deliveries[1]["state"], &deliveries[1]["fault"]), (&json!("lost"), &json!("webhook_lost")));
    assert_eq!(receiver.events(), ["PAYMENT_DECLINED"]);
}

#[tokio::test]
async fn a_late_webhook_comes_when_the_clock_has_moved() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    shop.fault(json!({ "kind": "webhook_late", "seconds": 3600 })).await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    receiver.wait_for(1).await;
    assert_eq!(receiver.events(), ["PAYMENT_CAPTURED"]);
    shop.advance(3600).await;
    receiver.wait_for(2).await;
    assert_eq!(receiver.events(), ["PAYMENT_CAPTURED", "PAYMENT_DECLINED"]);
}

#[tokio::test]
async fn a_doubled_webhook_comes_twice_with_the_same_bytes() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    shop.fault(json!({ "kind": "webhook_doubled" })).await;
    shop.paid_order().await;
    let received = receiver.wait_for(2).await;
    assert_eq!(received[0].body, received[1].body);
    assert_signed(&received[1], KEY);
    assert_eq!(shop.settled_deliveries(2).await.len(), 2);
}

#[tokio::test]
async fn a_reordered_webhook_comes_after_the_next_one() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    shop.fault(json!({ "kind": "webhook_reordered" })).await;
    let order = shop.order(json!({ "amount": 1_000 })).await;
    shop.pay(&order, POOR_CARD).await;
    shop.pay(&order, GOOD_CARD).await;
    receiver.wait_for(2).await;
    assert_eq!(receiver.events(), ["PAYMENT_CAPTURED", "PAYMENT_DECLINED"]);
}

#[tokio::test]
async fn a_wrong_signature_is_wrong_in_every_repeat() {
    let receiver = Receiver::answering(&[401, 401]).await;
    let shop = shop_with(to(&receiver)).await;
    shop.fault(json!({ "kind": "webhook_wrong_signature" })).await;
    shop.paid_order().await;
    let received = receiver.wait_for(3).await;
    let canonical = serde_json::from_str::<Value>(&received[0].body).unwrap().to_string();
    for webhook in received {
        let signature = webhook.header("x-signature").unwrap();
        assert_eq!(signature.len(), 64);
        assert_ne!(signature, sign(KEY, &canonical));
    }
    shop.paid_order().await;
    assert_signed(&receiver.wait_for(4).await[3], KEY);
}

#[tokio::test]
async fn webhook_faults_match_the_receivers_path() {
    let receiver = Receiver::start().await;
    let shop = shop_with(to(&receiver)).await;
    shop.fault(json!({ "kind": "webhook_lost", "match": { "path": "/other" } })).await;
    shop.paid_order().await;
    receiver.wait_for(1).await;
    shop.fault(json!({ "kind": "webhook_lost", "match": { "path": "/hooks" } })).await;
    shop.paid_order().await;
    let deliveries = shop.settled_deliveries(2).await;
    assert_eq!(deliveries[1]["state"], "lost");
}
