//! Refunds that the gateway has to be asked for or about.

use diesel::prelude::*;
use domain::ports::{DueRefunds, PendingRefund};
use domain::{DonationId, Instant};

use super::{Conn, write};
use crate::error::QueryError;
use crate::rows::RefundRow;
use crate::schema::refunds;
use crate::types::{At, Id};

pub(crate) fn take_due(conn: &mut Conn, due: &DueRefunds) -> Result<Vec<PendingRefund>, QueryError> {
    write(conn, |conn| {
        let query = refunds::table
            .filter(refunds::next_check_at.le(At(due.now)))
            .order(refunds::next_check_at)
            .limit(due.limit.into())
            .select(RefundRow::as_select());
        let rows: Vec<RefundRow> = that_nobody_holds!(query).load(conn)?;
        let mut taken = Vec::with_capacity(rows.len());
        for row in rows {
            diesel::update(refunds::table.find(row.id))
                .set(refunds::next_check_at.eq(At(due.lease_until)))
                .execute(conn)?;
            let donation = DonationId(row.donation_id.0);
            taken.push(PendingRefund { donation, refund: row.into_refund()?, lease_until: due.lease_until });
        }
        Ok(taken)
    })
}

/// Sets the time, unless the lease is over: whoever took the refund since, or settled it, has set another one.
pub(crate) fn schedule(conn: &mut Conn, refund: &PendingRefund, next_check_at: Instant) -> Result<(), QueryError> {
    write(conn, |conn| {
        let leased =
            refunds::table.find(Id(refund.refund.id.0)).filter(refunds::next_check_at.eq(At(refund.lease_until)));
        diesel::update(leased).set(refunds::next_check_at.eq(At(next_check_at))).execute(conn)?;
        Ok(())
    })
}
