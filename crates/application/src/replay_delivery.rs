//! A webhook that came before is applied once more, because somebody asks for it.
//!
//! Its signature was checked when it came; it is read by the same code, and the state table decides as it decides about a new
//! one. One transaction a round keeps the delivery's new outcome, the change and what follows. A delivery that has been applied
//! is never applied again, so that however often and however many at once ask, it counts once. What was changed bears the
//! delivery's id in the donation's timeline, and whoever asked for it.

use domain::DeliveryId;
use domain::donation::{Cause, Decision};
use domain::ports::{Delivery, DeliveryOutcome, KeptWebhook, RecordDelivery, StoreError, WebhookError};

use crate::House;
use crate::payment_guard::count_outcome;
use crate::payment_log::log_steps;
use crate::receive_webhook::{WebhookOutcome, decide, find_donation, outcome};
use crate::save::ROUNDS;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// The delivery as it is now on record.
    pub delivery: Delivery,
    /// What became of it this time; a duplicate, if it had been applied before.
    pub outcome: WebhookOutcome,
}

/// Why it was not applied once more.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// There is no such delivery.
    #[error("not found")]
    NotFound,
    /// It is on record, but nobody can read it any longer.
    #[error(transparent)]
    Unreadable(WebhookError),
    /// Its donation is being changed by too many at once.
    #[error("busy")]
    Busy,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The timeline's word for the delivery that a step comes from.
const DELIVERY: &str = "replayed_delivery";

/// Applies a stored delivery once more.
///
/// # Errors
/// [`ReplayError`]; then nothing was changed.
pub async fn replay_delivery(house: &House, id: DeliveryId, cause: &Cause) -> Result<Replay, ReplayError> {
    for _ in 0..ROUNDS {
        let kept = house.deliveries.get(id).await?.ok_or(ReplayError::NotFound)?;
        if kept.outcome == DeliveryOutcome::Applied {
            return Ok(replayed(kept, WebhookOutcome::Duplicate, cause));
        }
        let stored = KeptWebhook { dialect: &kept.dialect, body: &kept.body, received_at: kept.received_at };
        let message = house.webhooks.read_again(&stored).map_err(ReplayError::Unreadable)?;
        let found = find_donation(house, &message).await?;
        let decision = found.as_ref().map(|found| decide(found, &message, (house.clock.now(), cause)));
        let (verdict, mut change) = match decision {
            Some(Decision { verdict, change }) => (Some(verdict), change),
            None => (None, None),
        };
        for entry in change.iter_mut().flat_map(|change| &mut change.entries) {
            entry.details.insert(DELIVERY.to_owned(), id.to_string());
        }
        let donation = found.as_ref().map(|found| found.donation.id);
        let delivery = Delivery { donation, outcome: outcome(verdict), ..kept };
        match house.deliveries.replay(&delivery, change.as_ref()).await? {
            // Somebody else was first: with the donation, or with this delivery.
            RecordDelivery::Conflict | RecordDelivery::Duplicate => {}
            RecordDelivery::Recorded => {
                if let (Some(change), Some(found)) = (&change, &found) {
                    log_steps(Some(&found.donation), &change.donation, &change.entries);
                }
                count_outcome(house, &delivery, message.fact.as_ref()).await;
                let outcome = WebhookOutcome::New(delivery.outcome);
                return Ok(replayed(delivery, outcome, cause));
            }
        }
    }
    Err(ReplayError::Busy)
}

fn replayed(delivery: Delivery, outcome: WebhookOutcome, cause: &Cause) -> Replay {
    tracing::info!(
        target: "payments",
        {
        delivery.id = %delivery.id,
        delivery.event = delivery.event,
        delivery.dialect = delivery.dialect,
        delivery.outcome = outcome.word(),
        donation.id = delivery.donation.map(|id| id.to_string()),
        actor = cause.actor.word(),
        request_id = cause.request_id
        },
        "webhook.replayed",
    );
    Replay { delivery, outcome }
}
