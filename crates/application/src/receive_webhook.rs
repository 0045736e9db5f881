//! The gateway tells us something.
//!
//! The signature is checked, then one transaction keeps the delivery, applies it and queues what follows. Nothing is
//! acknowledged before that: if it fails, the gateway is told so and delivers again.

use domain::donation::{Actor, Cause, Decision, DonationEvent, OrderEvent, Verdict};
use domain::ports::{
    Delivery, DeliveryOutcome, RecordDelivery, StoreError, WebhookError, WebhookMessage, WebhookRequest,
};
use domain::{DeliveryId, Donation, OrderId};

use crate::House;
use crate::payment_guard::count_outcome;
use crate::payment_log::log_steps;
use crate::save::ROUNDS;

/// What became of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WebhookOutcome {
    /// It was new.
    New(DeliveryOutcome),
    /// A copy of one that had come before.
    Duplicate,
}

impl WebhookOutcome {
    /// The stable word in the answer and in the logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::New(outcome) => outcome.word(),
            Self::Duplicate => "duplicate",
        }
    }
}

/// Why a webhook was not taken.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveWebhookError {
    /// It is not to be believed, or not to be understood.
    #[error(transparent)]
    Webhook(#[from] WebhookError),
    /// Its donation is being changed by too many at once: it has to be delivered again.
    #[error("busy")]
    Busy,
    /// The store failed: it has to be delivered again.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes a webhook in: exactly once, however many copies come.
///
/// # Errors
/// [`ReceiveWebhookError`]; then nothing was kept.
#[tracing::instrument(target = "telemetry", name = "receive_webhook", skip_all)]
pub async fn receive_webhook(
    house: &House,
    request: WebhookRequest<'_>,
    request_id: Option<String>,
) -> Result<WebhookOutcome, ReceiveWebhookError> {
    let message = house.webhooks.read(&request)?;
    let cause = Cause { actor: Actor::Gateway, request_id };
    for _ in 0..ROUNDS {
        let found = find_donation(house, &message).await?;
        let decision = found.as_ref().map(|found| decide(found, &message, (request.received_at, &cause)));
        let (verdict, change) = decision.map_or((None, None), |decision| (Some(decision.verdict), decision.change));
        let delivery = Delivery {
            id: DeliveryId(house.ids.next()),
            dedup_key: message.dedup_key.clone(),
            dialect: message.dialect.to_owned(),
            event: message.event.clone(),
            donation: found.as_ref().map(|found| found.donation.id),
            outcome: outcome(verdict),
            body: String::from_utf8_lossy(request.body).into_owned(),
            received_at: request.received_at,
            request_id: cause.request_id.clone(),
            copies: 1,
        };
        let outcome = match house.deliveries.record(&delivery, change.as_ref()).await? {
            RecordDelivery::Conflict => continue,
            RecordDelivery::Duplicate => WebhookOutcome::Duplicate,
            RecordDelivery::Recorded => {
                if let (Some(change), Some(found)) = (&change, &found) {
                    log_steps(Some(&found.donation), &change.donation, &change.entries);
                }
                count_outcome(house, &delivery, message.fact.as_ref()).await;
                WebhookOutcome::New(delivery.outcome)
            }
        };
        log_delivery(&delivery, &message, outcome);
        return Ok(outcome);
    }
    Err(ReceiveWebhookError::Busy)
}

/// What a message is about.
pub(crate) struct Found {
    pub(crate) donation: Donation,
    attempt: u32,
    /// The gateway's name for the order, unless it is on record as another donation's.
    order_id: Option<OrderId>,
}

/// The donation that a message is about. By the order's name first: an order whose answer to us the webhook has
/// overtaken is known by that alone. The name may stand for another attempt than the order does (the guide's webhooks
/// always name the donation); then the order counts.
pub(crate) async fn find_donation(house: &House, message: &WebhookMessage) -> Result<Option<Found>, StoreError> {
    let by_name = match message.external_id.as_ref().and_then(domain::ExternalId::attempt) {
        Some((id, named)) => house.donations.find(id).await?.map(|donation| (donation, named)),
        None => None,
    };
    if let Some((donation, _)) = &by_name
        && let Some(attempt) = attempt_of_order(donation, message)
    {
        return Ok(Some(Found { donation: donation.clone(), attempt, order_id: message.order_id.clone() }));
    }
    let by_order = match &message.order_id {
        Some(order) => house.donations.find_by_order(order).await?,
        None => None,
    };
    Ok(match (by_name, by_order) {
        (Some((donation, attempt)), None) => Some(Found { donation, attempt, order_id: message.order_id.clone() }),
        (Some((donation, attempt)), Some(_)) => Some(Found { donation, attempt, order_id: None }),
        (None, Some(donation)) => attempt_of_order(&donation, message).map(|attempt| Found {
            donation,
            attempt,
            order_id: message.order_id.clone(),
        }),
        (None, None) => None,
    })
}

fn attempt_of_order(donation: &Donation, message: &WebhookMessage) -> Option<u32> {
    let order = message.order_id.as_ref()?;
    donation.attempts.iter().find(|attempt| attempt.order_id.as_ref() == Some(order)).map(|attempt| attempt.number)
}

/// What the message means for it.
pub(crate) fn decide(found: &Found, message: &WebhookMessage, (now, cause): (domain::Instant, &Cause)) -> Decision {
    let Some(fact) = message.fact.clone() else {
        return Decision { verdict: Verdict::Stays, change: None };
    };
    let event = OrderEvent { attempt: found.attempt, order_id: found.order_id.clone(), fact };
    found.donation.apply(&DonationEvent::Order(event), now, cause)
}

pub(crate) const fn outcome(verdict: Option<Verdict>) -> DeliveryOutcome {
    match verdict {
        None => DeliveryOutcome::Unmatched,
        Some(Verdict::Applied) => DeliveryOutcome::Applied,
        Some(Verdict::AlreadyApplied | Verdict::Stays | Verdict::Refused(_)) => DeliveryOutcome::Ignored,
    }
}

fn log_delivery(delivery: &Delivery, message: &WebhookMessage, outcome: WebhookOutcome) {
    tracing::info!(
        target: "payments",
        {
        delivery.id = %delivery.id,
        delivery.event = delivery.event,
        delivery.dialect = delivery.dialect,
        delivery.outcome = outcome.word(),
        donation.id = delivery.donation.map(|id| id.to_string()),
        order.id = message.order_id.as_ref().map(domain::OrderId::as_str),
        request_id = delivery.request_id
        },
        "webhook.received",
    );
}
