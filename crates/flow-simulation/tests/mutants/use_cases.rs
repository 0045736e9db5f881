//! Mistakes in a use case.

use application::{House, ReceiveWebhookError, ReconcileRound, WebhookOutcome, receive_webhook};
use async_trait::async_trait;
use domain::donation::{Change, DonationState, OrderFact};
use domain::ports::{DeliveryOutcome, StoreError, WebhookRequest};
use domain::{Donation, DonationRecord};
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
        let state = match message.fact {
            Some(OrderFact::Declined(decline)) => DonationState::Failed(decline),
            Some(OrderFact::Ended) => DonationState::Cancelled,
            _ => return Ok(outcome),
        };
        let Some((id, _)) = message.external_id.and_then(|name| name.attempt()) else { return Ok(outcome) };
        if let Some(donation) = house.donations.find(id).await? {
            let mut record: DonationRecord = donation.into_record();
            record.state = state;
            record.version += 1;
            let donation = Donation::restore(record);
            house.donations.save(&Change { donation, entries: vec![], work: vec![], certificate: None }).await?;
        }
        Ok(outcome)
    }
}

#[test]
fn a_late_decline_or_expiry_that_undoes_a_payment() {
    assert_caught(LastWordWins, "by the gateway's books it is completed");
}
