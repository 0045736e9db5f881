//! Mistakes in a use case.

use std::collections::BTreeMap;

use application::{
    House, ReceiveWebhookError, ReconcileRound, RefundDonation, RefundDonationError, RefundRound, WebhookOutcome,
    receive_webhook,
};
use async_trait::async_trait;
use domain::donation::{Actor, Cause, Change, DonationState, OrderFact, RefundWish, TimelineEntry, TimelineKind};
use domain::ports::{DeliveryOutcome, NewRefund, RefundOutcome, Save, StoreError, WebhookRequest};
use domain::{Donation, ExternalId, Refund, RefundId};
use flow_simulation::product::Product;

use crate::assert_caught;

/// Nobody asks the gateway about open orders.
struct NeverAsks;

#[async_trait]
impl Product for NeverAsks {
    async fn reconcile(&self, _: &House) -> Result<ReconcileRound, StoreError> {
        Ok(ReconcileRound::default())
    }
}

#[test]
fn open_orders_that_nobody_asks_about() {
    assert_caught(NeverAsks, "something is left open");
}

/// A webhook that could not be stored is acknowledged.
struct AcknowledgesUnstored;

#[async_trait]
impl Product for AcknowledgesUnstored {
    async fn receive_webhook(
        &self,
        house: &House,
        request: WebhookRequest<'_>,
    ) -> Result<WebhookOutcome, ReceiveWebhookError> {
        match receive_webhook(house, request, None).await {
            Err(ReceiveWebhookError::Store(_)) => Ok(WebhookOutcome::New(DeliveryOutcome::Applied)),
            outcome => outcome,
        }
    }
}

#[test]
fn a_webhook_acknowledged_though_it_was_not_stored() {
    assert_caught(AcknowledgesUnstored, "was answered and is not on record");
}

/// The last webhook is believed, whatever came before it.
struct LastWordWins;

#[async_trait]
impl Product for LastWordWins {
    async fn receive_webhook(
        &self,
        house: &House,
        request: WebhookRequest<'_>,
    ) -> Result<WebhookOutcome, ReceiveWebhookError> {
        let outcome = receive_webhook(house, request, None).await?;
        let message = house.webhooks.read(&request)?;
        let (kind, state) = match message.fact {
            Some(OrderFact::Declined(decline)) => (TimelineKind::PaymentDeclined, DonationState::Failed(decline)),
            Some(OrderFact::Ended) => (TimelineKind::OrderEnded, DonationState::Cancelled),
            _ => return Ok(outcome),
        };
        let Some((id, _)) = message.external_id.and_then(|name| name.attempt()) else { return Ok(outcome) };
        if let Some(donation) = house.donations.find(id).await? {
            let from = donation.status();
            let mut record = donation.into_record();
            record.state = state;
            record.version += 1;
            let donation = Donation::restore(record);
            let cause = Cause { actor: Actor::Gateway, request_id: None };
            let (at, to) = (request.received_at, donation.status());
            let entry = TimelineEntry { at, kind, cause, from, to, details: BTreeMap::new() };
            house.donations.save(&Change { donation, entries: vec![entry], work: vec![], certificate: None }).await?;
        }
        Ok(outcome)
    }
}

#[test]
fn a_late_decline_or_expiry_that_undoes_a_payment() {
    assert_caught(LastWordWins, "undid that it was paid");
}

/// Nobody asks the gateway about refunds that wait.
struct NeverAsksAboutRefunds;

#[async_trait]
impl Product for NeverAsksAboutRefunds {
    async fn settle_refunds(&self, _: &House) -> Result<RefundRound, StoreError> {
        Ok(RefundRound::default())
    }
}

#[test]
fn refunds_that_nobody_asks_about() {
    assert_caught(NeverAsksAboutRefunds, "something is left open");
}

/// The gateway is asked for a refund first, and it is written down afterwards.
struct RefundsUnreserved;

#[async_trait]
impl Product for RefundsUnreserved {
    async fn refund_donation(
        &self,
        house: &House,
        wanted: RefundDonation,
        cause: &Cause,
    ) -> Result<Refund, RefundDonationError> {
        let donation = house.donations.find(wanted.donation).await?.ok_or(RefundDonationError::NotFound)?;
        let wish = RefundWish { id: RefundId(house.ids.next()), amount: wanted.amount, reason: wanted.reason };
        let planned = donation.plan_refund(&wish, house.clock.now(), cause)?.donation;
        let planned = planned.refund(wish.id).cloned().ok_or(RefundDonationError::NotFound)?;
        let attempt = donation.attempt(planned.attempt).and_then(|attempt| attempt.order_id.clone());
        let refund = NewRefund {
            order: attempt.ok_or(RefundDonationError::NeverPaid)?,
            external_id: ExternalId::of_refund(wish.id),
            amount: planned.amount,
            reason: None,
        };
        let RefundOutcome::Made(made) =
            house.gateway.create_refund(&refund).await.map_err(RefundDonationError::Gateway)?
        else {
            return Err(RefundDonationError::ExceedsPaid);
        };
        loop {
            let donation = house.donations.find(wanted.donation).await?.ok_or(RefundDonationError::NotFound)?;
            let mut change = donation.plan_refund(&wish, house.clock.now(), cause)?;
            let mut record = change.donation.into_record();
            if let Some(refund) = record.refunds.last_mut() {
                refund.gateway_id = Some(made.id.clone());
            }
            change.donation = Donation::restore(record);
            if let Save::Saved(saved) = house.donations.save(&change).await? {
                return saved.refund(wish.id).cloned().ok_or(RefundDonationError::NotFound);
            }
        }
    }
}

#[test]
fn a_refund_that_is_not_reserved_before_the_gateway_is_asked() {
    assert_caught(RefundsUnreserved, "more was asked back than is left");
}
