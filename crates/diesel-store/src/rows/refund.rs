//! A refund's row.

use diesel::prelude::*;
use domain::{Donation, GatewayRefundId, Refund, RefundStatus};

use super::{count, known, tenge};
use crate::error::QueryError;
use crate::schema::refunds;
use crate::types::{At, Id};

/// A row of `refunds`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = refunds, primary_key(donation_id, gateway_id))]
pub(crate) struct RefundRow {
    pub(crate) donation_id: Id,
    gateway_id: String,
    position: i64,
    attempt_number: i64,
    amount: i64,
    status: String,
    created_at: At,
}

impl RefundRow {
    pub(crate) fn all_of(donation: &Donation) -> Vec<Self> {
        let row = |(position, refund): (i64, &Refund)| Self {
            donation_id: Id(donation.id.0),
            gateway_id: refund.gateway_id.to_string(),
            position,
            attempt_number: refund.attempt.into(),
            amount: refund.amount.get(),
            status: refund.status.word().to_owned(),
            created_at: At(refund.created_at),
        };
        (0..).zip(&donation.refunds).map(row).collect()
    }

    pub(crate) fn into_refund(self) -> Result<Refund, QueryError> {
        Ok(Refund {
            gateway_id: GatewayRefundId::new(self.gateway_id),
            attempt: count("refunds.attempt_number", self.attempt_number)?,
            amount: tenge("refunds.amount", self.amount)?,
            status: known("refunds.status", &self.status, RefundStatus::from_word)?,
            created_at: self.created_at.0,
        })
    }
}
