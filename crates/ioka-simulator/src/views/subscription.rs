//! Subscriptions.

use serde::Serialize;

use crate::model::{Card, FreeJson, ScheduleStatus, ScheduleUnit, Stamp, Subscription};

/// A subscription. \[API\]
#[derive(Serialize)]
pub(crate) struct SubscriptionView<'a> {
    id: &'a str,
    created_at: Stamp,
    amount: i64,
    currency: &'static str,
    description: Option<&'a str>,
    extra_info: Option<&'a FreeJson>,
    payer: PayerPart<'a>,
    schedule: SchedulePart,
}

#[derive(Serialize)]
struct PayerPart<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    pan_masked: Option<&'a str>,
    customer_id: &'a str,
    card_id: &'a str,
}

#[derive(Serialize)]
struct SchedulePart {
    status: ScheduleStatus,
    next_pay: Stamp,
    step: u32,
    unit: ScheduleUnit,
}

impl<'a> SubscriptionView<'a> {
    /// The subscription with its card.
    pub(crate) fn of(subscription: &'a Subscription, card: Option<&'a Card>) -> Self {
        Self {
            id: &subscription.id,
            created_at: subscription.created_at,
            amount: subscription.amount,
            currency: "KZT",
            description: subscription.description.as_deref(),
            extra_info: subscription.extra_info.as_ref(),
            payer: PayerPart {
                kind: "BINDING",
                pan_masked: card.map(|card| card.pan_masked.as_str()),
                customer_id: &subscription.customer_id,
                card_id: &subscription.card_id,
            },
            schedule: SchedulePart {
                status: subscription.status,
                next_pay: subscription.next_pay,
                step: subscription.step,
                unit: subscription.unit,
            },
        }
    }
}
