//! A daily comparison's rows.

use diesel::prelude::*;
use domain::ports::TakenDay;
use domain::reconciliation::{Day, DayReport, Difference, DifferenceKind, ReportStatus, Tally, Totals};
use domain::{DonationId, GatewayRefundId, Instant, OrderId};

use super::{count, damaged, known, tenge};
use crate::error::QueryError;
use crate::schema::{reconciliation_differences, reconciliations};
use crate::types::{At, Id};

/// Whose turn a day is, of a row of `reconciliations`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reconciliations, primary_key(day), treat_none_as_null = true, treat_none_as_default_value = false)]
pub(crate) struct TurnRow {
    pub(crate) day: String,
    status: String,
    pub(crate) turn: i64,
    lease_until: Option<At>,
    started_at: At,
    finished_at: Option<At>,
    failures: i64,
    retry_at: Option<At>,
}

/// The numbers of a row of `reconciliations`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = reconciliations)]
pub(crate) struct TotalsRow {
    ours_orders: i64,
    ours_paid: i64,
    ours_paid_amount: i64,
    ours_refunds: i64,
    ours_refunded_amount: i64,
    gateway_orders: i64,
    gateway_paid: i64,
    gateway_paid_amount: i64,
    gateway_refunds: i64,
    gateway_refunded_amount: i64,
    foreign_orders: i64,
    differences_left_out: i64,
}

/// A row of `reconciliations`.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = reconciliations)]
pub(crate) struct ReportRow {
    #[diesel(embed)]
    turn: TurnRow,
    #[diesel(embed)]
    totals: TotalsRow,
}

/// A row of `reconciliation_differences`.
#[derive(Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(
    table_name = reconciliation_differences,
    primary_key(day, kind, order_id, refund_id),
    treat_none_as_null = true,
    treat_none_as_default_value = false
)]
pub(crate) struct DifferenceRow {
    day: String,
    kind: String,
    order_id: String,
    refund_id: String,
    donation_id: Option<Id>,
    ours: Option<String>,
    gateway: Option<String>,
    settled: bool,
}

/// A row of `reconciliations` of a day that was compared at the first turn.
#[cfg(feature = "bulk")]
#[derive(Insertable)]
#[diesel(table_name = reconciliations, treat_none_as_default_value = false)]
pub(crate) struct FinishedDayRow {
    #[diesel(embed)]
    turn: TurnRow,
    #[diesel(embed)]
    totals: TotalsRow,
}

#[cfg(feature = "bulk")]
impl FinishedDayRow {
    pub(crate) fn of(report: &DayReport) -> Self {
        let turn = TurnRow {
            day: report.day.to_string(),
            status: report.status.word().to_owned(),
            turn: 1,
            lease_until: None,
            started_at: At(report.started_at),
            finished_at: report.finished_at.map(At),
            failures: 0,
            retry_at: None,
        };
        Self { turn, totals: TotalsRow::of(&report.totals) }
    }
}

impl TurnRow {
    /// The first turn, or the one after `last`.
    pub(crate) fn next(day: Day, last: Option<&Self>, (now, lease_until): (Instant, Instant)) -> Self {
        Self {
            day: day.to_string(),
            status: ReportStatus::Running.word().to_owned(),
            turn: last.map_or(0, |last| last.turn) + 1,
            lease_until: Some(At(lease_until)),
            started_at: At(now),
            finished_at: None,
            failures: last.map_or(0, |last| last.failures),
            retry_at: None,
        }
    }

    pub(crate) fn taken(&self, day: Day) -> Result<TakenDay, QueryError> {
        Ok(TakenDay {
            day,
            turn: count("reconciliations.turn", self.turn)?,
            failures: count("reconciliations.failures", self.failures)?,
        })
    }

    pub(crate) fn status(&self) -> Result<ReportStatus, QueryError> {
        known("reconciliations.status", &self.status, ReportStatus::from_word)
    }

    /// Whether somebody is at it.
    pub(crate) fn is_leased(&self, now: Instant) -> bool {
        self.lease_until.is_some_and(|until| now < until.0)
    }

    /// Whether it is waiting to be compared: nobody came back from it, it broke off and its time has come, or it was
    /// compared before it had closed.
    pub(crate) fn is_due(&self, day: Day, now: Instant) -> Result<bool, QueryError> {
        Ok(match self.status()? {
            ReportStatus::Running => !self.is_leased(now),
            ReportStatus::Done => self.started_at.0 < day.closes_at(),
            ReportStatus::Failed => self.retry_at.is_none_or(|at| at.0 <= now),
        })
    }
}

impl TotalsRow {
    pub(crate) fn of(totals: &Totals) -> Self {
        let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
        Self {
            ours_orders: whole(totals.ours.orders),
            ours_paid: whole(totals.ours.paid),
            ours_paid_amount: totals.ours.paid_amount.get(),
            ours_refunds: whole(totals.ours.refunds),
            ours_refunded_amount: totals.ours.refunded_amount.get(),
            gateway_orders: whole(totals.gateway.orders),
            gateway_paid: whole(totals.gateway.paid),
            gateway_paid_amount: totals.gateway.paid_amount.get(),
            gateway_refunds: whole(totals.gateway.refunds),
            gateway_refunded_amount: totals.gateway.refunded_amount.get(),
            foreign_orders: whole(totals.foreign_orders),
            differences_left_out: whole(totals.differences_left_out),
        }
    }

    fn into_totals(self) -> Result<Totals, QueryError> {
        Ok(Totals {
            ours: Tally {
                orders: count("reconciliations.ours_orders", self.ours_orders)?,
                paid: count("reconciliations.ours_paid", self.ours_paid)?,
                paid_amount: tenge("reconciliations.ours_paid_amount", self.ours_paid_amount)?,
                refunds: count("reconciliations.ours_refunds", self.ours_refunds)?,
                refunded_amount: tenge("reconciliations.ours_refunded_amount", self.ours_refunded_amount)?,
            },
            gateway: Tally {
                orders: count("reconciliations.gateway_orders", self.gateway_orders)?,
                paid: count("reconciliations.gateway_paid", self.gateway_paid)?,
                paid_amount: tenge("reconciliations.gateway_paid_amount", self.gateway_paid_amount)?,
                refunds: count("reconciliations.gateway_refunds", self.gateway_refunds)?,
                refunded_amount: tenge("reconciliations.gateway_refunded_amount", self.gateway_refunded_amount)?,
            },
            foreign_orders: count("reconciliations.foreign_orders", self.foreign_orders)?,
            differences_left_out: count("reconciliations.differences_left_out", self.differences_left_out)?,
        })
    }
}

impl ReportRow {
    pub(crate) fn into_report(self, differences: Vec<DifferenceRow>) -> Result<DayReport, QueryError> {
        let differences: Result<Vec<_>, _> = differences.into_iter().map(DifferenceRow::into_difference).collect();
        let mut differences = differences?;
        // Not by the database, whose collations differ.
        differences.sort_by(|a, b| (a.kind, &a.order, &a.refund).cmp(&(b.kind, &b.order, &b.refund)));
        Ok(DayReport {
            day: Day::parse(&self.turn.day).ok_or_else(|| damaged("reconciliations.day"))?,
            status: self.turn.status()?,
            started_at: self.turn.started_at.0,
            finished_at: self.turn.finished_at.map(|at| at.0),
            totals: self.totals.into_totals()?,
            differences,
        })
    }
}

impl DifferenceRow {
    pub(crate) fn of(day: Day, difference: &Difference) -> Self {
        Self {
            day: day.to_string(),
            kind: difference.kind.word().to_owned(),
            order_id: difference.order.to_string(),
            refund_id: difference.refund.as_ref().map(ToString::to_string).unwrap_or_default(),
            donation_id: difference.donation.map(|donation| Id(donation.0)),
            ours: difference.ours.clone(),
            gateway: difference.gateway.clone(),
            settled: difference.settled,
        }
    }

    fn into_difference(self) -> Result<Difference, QueryError> {
        Ok(Difference {
            kind: known("reconciliation_differences.kind", &self.kind, DifferenceKind::from_word)?,
            donation: self.donation_id.map(|donation| DonationId(donation.0)),
            order: OrderId::new(self.order_id),
            refund: (!self.refund_id.is_empty()).then(|| GatewayRefundId::new(self.refund_id)),
            ours: self.ours,
            gateway: self.gateway,
            settled: self.settled,
        })
    }
}
