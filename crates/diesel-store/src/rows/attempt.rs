//! An attempt's row.

use diesel::prelude::*;
use domain::donation::{Attempt, AttemptState, Capture};
use domain::{Donation, ExternalId, OrderId, PaymentId};

use super::{count, damaged};
use crate::error::QueryError;
use crate::schema::attempts;
use crate::types::{At, Id};

/// A row of `attempts`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = attempts, primary_key(donation_id, number), treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct AttemptRow {
    pub(crate) donation_id: Id,
    number: i64,
    external_id: String,
    order_id: Option<String>,
    checkout_url: Option<String>,
    state: String,
    payment_id: Option<String>,
    paid_at: Option<At>,
    heard: bool,
    started_at: At,
    due_at: At,
}

/// A row of `attempts`, with when the gateway is asked next.
#[cfg(feature = "bulk")]
#[derive(Insertable)]
#[diesel(table_name = attempts, treat_none_as_default_value = false)]
pub(crate) struct CheckedAttemptRow {
    #[diesel(embed)]
    row: AttemptRow,
    next_check_at: Option<At>,
}

#[cfg(feature = "bulk")]
impl AttemptRow {
    /// The row with its next check, where the gateway still can have news of it.
    pub(crate) fn next_checked_at(self, at: Option<domain::Instant>) -> CheckedAttemptRow {
        let next_check_at = at.map(At).filter(|_| self.first_check_at(self.started_at).is_some());
        CheckedAttemptRow { row: self, next_check_at }
    }
}

impl AttemptRow {
    pub(crate) fn all_of(donation: &Donation) -> Vec<Self> {
        donation.attempts.iter().map(|attempt| Self::of(Id(donation.id.0), attempt)).collect()
    }

    fn of(donation_id: Id, attempt: &Attempt) -> Self {
        let capture = match &attempt.state {
            AttemptState::Prepared | AttemptState::Open | AttemptState::Ended => None,
            AttemptState::Paid(capture) | AttemptState::Mismatched(capture) => Some(capture),
        };
        let payment_id = capture.and_then(|capture| capture.payment_id.as_ref());
        Self {
            donation_id,
            number: attempt.number.into(),
            external_id: attempt.external_id.as_str().to_owned(),
            order_id: attempt.order_id.as_ref().map(ToString::to_string),
            checkout_url: attempt.checkout_url.clone(),
            state: attempt.state.word().to_owned(),
            payment_id: payment_id.map(ToString::to_string),
            paid_at: capture.map(|capture| At(capture.paid_at)),
            heard: attempt.heard,
            started_at: At(attempt.started_at),
            due_at: At(attempt.due_at),
        }
    }

    pub(crate) fn into_attempt(self) -> Result<Attempt, QueryError> {
        let state = match self.state.as_str() {
            "prepared" => AttemptState::Prepared,
            "open" => AttemptState::Open,
            "ended" => AttemptState::Ended,
            "paid" => AttemptState::Paid(self.capture()?),
            "mismatched" => AttemptState::Mismatched(self.capture()?),
            _ => return Err(damaged("attempts.state")),
        };
        Ok(Attempt {
            number: count("attempts.number", self.number)?,
            external_id: ExternalId::new(self.external_id),
            order_id: self.order_id.map(OrderId::new),
            checkout_url: self.checkout_url,
            state,
            heard: self.heard,
            started_at: self.started_at.0,
            due_at: self.due_at.0,
        })
    }

    /// When the gateway is to be asked about it if that has not been decided yet, given the time of the change.
    pub(crate) fn first_check_at(&self, changed_at: At) -> Option<At> {
        matches!(self.state.as_str(), "prepared" | "open").then_some(changed_at)
    }

    fn capture(&self) -> Result<Capture, QueryError> {
        Ok(Capture {
            payment_id: self.payment_id.clone().map(PaymentId::new),
            paid_at: self.paid_at.ok_or_else(|| damaged("attempts.paid_at"))?.0,
        })
    }
}
