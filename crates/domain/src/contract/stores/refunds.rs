//! Refunds are kept with their donation.

use uuid::Uuid;

use super::Stores;
use super::samples::{at, donation, edited, found, saved, started, text};
use crate::{GatewayRefundId, Refund, RefundId, RefundRequest, RefundStatus, RefundedPayment, Tenge};

/// In the order of their arrival, whatever their ids sort like; those that we asked for, and those that we only heard of.
pub async fn refunds_are_found_in_the_order_of_their_arrival(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let heard = |(id, status): (&str, RefundStatus)| Refund {
        id: RefundId::of_gateway(current.id, &GatewayRefundId::new(id)),
        gateway_id: Some(GatewayRefundId::new(id)),
        attempt: 1,
        amount: Tenge::new(100),
        status,
        request: None,
        created_at: at(8),
    };
    let mut refunds: Vec<_> = ["z", "a", "m"].into_iter().zip(RefundStatus::ALL).map(heard).collect();
    for (number, payment) in [(9, RefundedPayment::Kept), (2, RefundedPayment::Superfluous)] {
        let request = Some(RefundRequest { reason: text("Донор өтінді"), payment });
        let asked = Refund { id: refund_id(number), gateway_id: None, request, ..heard(("", RefundStatus::Pending)) };
        refunds.push(asked);
    }
    let change = edited(&current, |record| record.refunds = refunds);
    let current = saved(stores, &change).await;
    assert_eq!(current, change.donation);

    let change = edited(&current, |record| {
        record.refunds[0].status = RefundStatus::Failed;
        record.refunds[3].gateway_id = Some(GatewayRefundId::new("ours"));
        record.refunds[3].status = RefundStatus::Succeeded;
        record.refunds.push(heard(("b", RefundStatus::Pending)));
    });
    saved(stores, &change).await;
    assert_eq!(found(stores, current.id).await, change.donation);
}

/// One that we had asked for, and one that we had heard of.
pub async fn two_refunds_that_turn_out_to_be_one_become_one(stores: Stores<'_>) {
    let current = started(stores, donation(1)).await;
    let name = GatewayRefundId::new("rfd");
    let heard = Refund {
        id: RefundId::of_gateway(current.id, &name),
        gateway_id: Some(name.clone()),
        attempt: 1,
        amount: Tenge::new(100),
        status: RefundStatus::Succeeded,
        request: None,
        created_at: at(8),
    };
    let request = Some(RefundRequest { reason: text("Ivan"), payment: RefundedPayment::Kept });
    let asked = Refund { id: refund_id(1), gateway_id: None, status: RefundStatus::Pending, request, ..heard.clone() };
    let change = edited(&current, |record| record.refunds = vec![heard.clone(), asked.clone()]);
    let current = saved(stores, &change).await;
    let one = Refund { gateway_id: Some(name), status: RefundStatus::Succeeded, ..asked };
    let change = edited(&current, |record| record.refunds = vec![one]);
    saved(stores, &change).await;
    assert_eq!(found(stores, current.id).await, change.donation);
}

fn refund_id(number: u128) -> RefundId {
    RefundId(Uuid::from_u128(number))
}
