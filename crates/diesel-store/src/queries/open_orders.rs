//! Attempts whose orders the gateway has to be asked about.

use diesel::prelude::*;
use domain::ports::{DueOrders, OpenOrder};
use domain::{DonationId, Instant};

use super::{Conn, write};
use crate::error::QueryError;
use crate::rows::AttemptRow;
use crate::schema::attempts;
use crate::types::{At, Id};

pub(crate) fn take_due(conn: &mut Conn, due: &DueOrders) -> Result<Vec<OpenOrder>, QueryError> {
    write(conn, |conn| {
        let query = attempts::table
            .filter(attempts::next_check_at.le(At(due.now)))
            .filter(attempts::started_at.le(At(due.begun_by)))
            .order(attempts::next_check_at)
            .limit(due.limit.into())
            .select(AttemptRow::as_select());
        let rows: Vec<AttemptRow> = that_nobody_holds!(query).load(conn)?;
        let mut orders = Vec::with_capacity(rows.len());
        for row in rows {
            let donation = DonationId(row.donation_id.0);
            let order = OpenOrder { donation, attempt: row.into_attempt()?, lease_until: due.lease_until };
            let key = (Id(donation.0), i64::from(order.attempt.number));
            diesel::update(attempts::table.find(key))
                .set(attempts::next_check_at.eq(At(due.lease_until)))
                .execute(conn)?;
            orders.push(order);
        }
        Ok(orders)
    })
}

/// Sets the time, unless the lease is over: whoever took the attempt since, or settled it, has set another one.
pub(crate) fn schedule(conn: &mut Conn, order: &OpenOrder, next_check_at: Option<Instant>) -> Result<(), QueryError> {
    write(conn, |conn| {
        let leased = attempts::table
            .find((Id(order.donation.0), i64::from(order.attempt.number)))
            .filter(attempts::next_check_at.eq(At(order.lease_until)));
        diesel::update(leased).set(attempts::next_check_at.eq(next_check_at.map(At))).execute(conn)?;
        Ok(())
    })
}
