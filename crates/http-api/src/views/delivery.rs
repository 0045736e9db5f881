//! A webhook as an operator sees it.

use application::redacted;
use domain::ports::Delivery;
use serde::Serialize;

use super::timestamp;

/// A delivery, its body without what is nobody's business.
#[derive(Debug, Serialize)]
pub struct DeliveryView {
    id: String,
    received_at: String,
    dialect: String,
    event: String,
    outcome: &'static str,
    donation_id: Option<String>,
    copies: u32,
    request_id: Option<String>,
    body: String,
}

impl DeliveryView {
    /// All of it that may be shown.
    pub fn new(delivery: &Delivery) -> Self {
        Self {
            id: delivery.id.to_string(),
            received_at: timestamp(delivery.received_at),
            dialect: delivery.dialect.clone(),
            event: delivery.event.clone(),
            outcome: delivery.outcome.word(),
            donation_id: delivery.donation.map(|donation| donation.to_string()),
            copies: delivery.copies,
            request_id: delivery.request_id.clone(),
            body: redacted(&delivery.body),
        }
    }
}
