//! A delivery's row.

use diesel::prelude::*;
use domain::ports::{Delivery, DeliveryOutcome};
use domain::{DeliveryId, DonationId};

use super::{count, known};
use crate::error::QueryError;
use crate::schema::deliveries;
use crate::types::{At, Id};

/// A row of `deliveries`.
#[derive(Clone, Queryable, Selectable, Insertable)]
#[diesel(table_name = deliveries, treat_none_as_default_value = false)]
pub(crate) struct DeliveryRow {
    id: Id,
    dedup_key: String,
    dialect: String,
    event: String,
    donation_id: Option<Id>,
    outcome: String,
    body: String,
    received_at: At,
    last_received_at: At,
    request_id: Option<String>,
    copies: i64,
}

impl DeliveryRow {
    pub(crate) fn of(delivery: &Delivery) -> Self {
        Self {
            id: Id(delivery.id.0),
            dedup_key: delivery.dedup_key.clone(),
            dialect: delivery.dialect.clone(),
            event: delivery.event.clone(),
            donation_id: delivery.donation.map(|donation| Id(donation.0)),
            outcome: delivery.outcome.word().to_owned(),
            body: delivery.body.clone(),
            received_at: At(delivery.received_at),
            last_received_at: At(delivery.received_at),
            request_id: delivery.request_id.clone(),
            copies: delivery.copies.into(),
        }
    }

    pub(crate) fn into_delivery(self) -> Result<Delivery, QueryError> {
        Ok(Delivery {
            id: DeliveryId(self.id.0),
            dedup_key: self.dedup_key,
            dialect: self.dialect,
            event: self.event,
            donation: self.donation_id.map(|donation| DonationId(donation.0)),
            outcome: known("deliveries.outcome", &self.outcome, DeliveryOutcome::from_word)?,
            body: self.body,
            received_at: self.received_at.0,
            request_id: self.request_id,
            copies: count("deliveries.copies", self.copies)?,
        })
    }
}
