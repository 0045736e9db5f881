//! A refund's row.

use diesel::prelude::*;
use domain::{Donation, GatewayRefundId, Refund, RefundId, RefundRequest, RefundStatus, RefundedPayment};

use super::{count, damaged, known, optional_line, tenge};
use crate::error::QueryError;
use crate::schema::refunds;
use crate::types::{At, Id};

/// A row of `refunds`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = refunds, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct RefundRow {
    pub(crate) id: Id,
    pub(crate) donation_id: Id,
    gateway_id: Option<String>,
    position: i64,
    attempt_number: i64,
    amount: i64,
    status: String,
    reason: Option<String>,
    payment: Option<String>,
    created_at: At,
}

/// A row of `refunds`, with when the gateway is asked next.
#[cfg(feature = "bulk")]
#[derive(Insertable)]
#[diesel(table_name = refunds, treat_none_as_default_value = false)]
pub(crate) struct CheckedRefundRow {
    #[diesel(embed)]
    row: RefundRow,
    next_check_at: Option<At>,
}

#[cfg(feature = "bulk")]
impl RefundRow {
    /// The row with its next check, which a pending one always has.
    pub(crate) fn next_checked_at(self, at: Option<domain::Instant>) -> CheckedRefundRow {
        let next_check_at = self.first_check_at().map(|first| at.map_or(first, At));
        CheckedRefundRow { row: self, next_check_at }
    }
}

impl RefundRow {
    pub(crate) fn all_of(donation: &Donation) -> Vec<Self> {
        let row = |(position, refund): (i64, &Refund)| Self {
            id: Id(refund.id.0),
            donation_id: Id(donation.id.0),
            gateway_id: refund.gateway_id.as_ref().map(ToString::to_string),
            position,
            attempt_number: refund.attempt.into(),
            amount: refund.amount.get(),
            status: refund.status.word().to_owned(),
            reason: refund.request.as_ref().map(|request| request.reason.to_string()),
            payment: refund.request.as_ref().map(|request| request.payment.word().to_owned()),
            created_at: At(refund.created_at),
        };
        (0..).zip(&donation.refunds).map(row).collect()
    }

    pub(crate) fn into_refund(self) -> Result<Refund, QueryError> {
        Ok(Refund {
            id: RefundId(self.id.0),
            gateway_id: self.gateway_id.clone().map(GatewayRefundId::new),
            attempt: count("refunds.attempt_number", self.attempt_number)?,
            amount: tenge("refunds.amount", self.amount)?,
            status: known("refunds.status", &self.status, RefundStatus::from_word)?,
            request: self.request()?,
            created_at: self.created_at.0,
        })
    }

    /// When the gateway is first to be asked about it, if it is pending.
    pub(crate) fn first_check_at(&self) -> Option<At> {
        let pending = self.status == RefundStatus::Pending.word();
        pending.then(|| At(self.created_at.0 + Refund::FIRST_ASKED_AFTER))
    }

    fn request(&self) -> Result<Option<RefundRequest>, QueryError> {
        let reason = optional_line("refunds.reason", self.reason.as_deref())?;
        let word = self.payment.as_deref();
        let payment = word.map(|word| known("refunds.payment", word, RefundedPayment::from_word)).transpose()?;
        match (reason, payment) {
            (Some(reason), Some(payment)) => Ok(Some(RefundRequest { reason, payment })),
            (None, None) => Ok(None),
            _ => Err(damaged("refunds.payment")),
        }
    }
}
