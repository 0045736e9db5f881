//! Webhooks as they came.

use diesel::prelude::*;
use domain::donation::Change;
use domain::ports::{Delivery, RecordDelivery};

use super::changes::{Abort, apply};
use super::{Conn, read, write};
use crate::error::QueryError;
use crate::rows::DeliveryRow;
use crate::schema::deliveries;
use crate::types::At;

/// Of two copies at once, the second waits at the insert until the first has been committed or rolled back; only then
/// it is known whether it is a copy.
pub(crate) fn record(
    conn: &mut Conn,
    delivery: &Delivery,
    change: Option<&Change>,
) -> Result<RecordDelivery, QueryError> {
    let recorded = write(conn, |conn| {
        let kept = diesel::insert_into(deliveries::table)
            .values(DeliveryRow::of(delivery))
            .on_conflict(deliveries::dedup_key)
            .do_nothing()
            .execute(conn)?;
        if kept == 0 {
            count_copy(conn, delivery)?;
            return Ok(RecordDelivery::Duplicate);
        }
        if let Some(change) = change {
            apply(conn, change)?;
        }
        Ok(RecordDelivery::Recorded)
    });
    match recorded {
        Ok(recorded) => Ok(recorded),
        Err(Abort::Conflict) => Ok(RecordDelivery::Conflict),
        Err(Abort::Failed(error)) => Err(error),
    }
}

fn count_copy(conn: &mut Conn, delivery: &Delivery) -> QueryResult<()> {
    diesel::update(deliveries::table.filter(deliveries::dedup_key.eq(&delivery.dedup_key)))
        .set((
            deliveries::copies.eq(deliveries::copies + 1_i64),
            deliveries::last_received_at.eq(At(delivery.received_at)),
        ))
        .execute(conn)?;
    Ok(())
}

pub(crate) fn find(conn: &mut Conn, dedup_key: &str) -> Result<Option<Delivery>, QueryError> {
    let row: Option<DeliveryRow> = read(conn, |conn| {
        deliveries::table
            .filter(deliveries::dedup_key.eq(dedup_key))
            .select(DeliveryRow::as_select())
            .first(conn)
            .optional()
    })?;
    row.map(DeliveryRow::into_delivery).transpose()
}
