//! Webhooks as they came.

use diesel::dsl::{AsSelect, SqlTypeOf};
use diesel::prelude::*;
use domain::DeliveryId;
use domain::donation::Change;
use domain::ports::{Delivery, DeliveryOutcome, DeliveryQuery, RecordDelivery};

use super::changes::{Abort, apply};
use super::{Conn, Db, read, write};
use crate::error::QueryError;
use crate::rows::DeliveryRow;
use crate::schema::deliveries;
use crate::types::{At, Id};

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

pub(crate) fn get(conn: &mut Conn, id: DeliveryId) -> Result<Option<Delivery>, QueryError> {
    let row: Option<DeliveryRow> =
        read(conn, |conn| deliveries::table.find(Id(id.0)).select(DeliveryRow::as_select()).first(conn).optional())?;
    row.map(DeliveryRow::into_delivery).transpose()
}

type Page = deliveries::BoxedQuery<'static, Db, SqlTypeOf<AsSelect<DeliveryRow, Db>>>;

pub(super) fn page(query: &DeliveryQuery) -> Page {
    let mut rows = deliveries::table
        .order((deliveries::received_at.desc(), deliveries::id.desc()))
        .limit(query.limit.into())
        .select(DeliveryRow::as_select())
        .into_boxed::<Db>();
    if let Some(donation) = query.donation {
        rows = rows.filter(deliveries::donation_id.eq(Id(donation.0)));
    }
    if let Some(outcome) = query.outcome {
        rows = rows.filter(deliveries::outcome.eq(outcome.word()));
    }
    if let Some((at, id)) = query.after {
        let (at, id) = (At(at), Id(id.0));
        let later = deliveries::received_at.lt(at).or(deliveries::id.lt(id));
        rows = rows.filter(deliveries::received_at.le(at)).filter(later);
    }
    rows
}

pub(crate) fn list(conn: &mut Conn, query: &DeliveryQuery) -> Result<Vec<Delivery>, QueryError> {
    let rows: Vec<DeliveryRow> = read(conn, |conn| page(query).load(conn))?;
    rows.into_iter().map(DeliveryRow::into_delivery).collect()
}

/// Of two replays at once, the second waits at the delivery's row until the first has been committed or rolled back.
pub(crate) fn replay(
    conn: &mut Conn,
    delivery: &Delivery,
    change: Option<&Change>,
) -> Result<RecordDelivery, QueryError> {
    let replayed = write(conn, |conn| {
        let not_applied =
            deliveries::table.find(Id(delivery.id.0)).filter(deliveries::outcome.ne(DeliveryOutcome::Applied.word()));
        let updated = diesel::update(not_applied)
            .set((
                deliveries::outcome.eq(delivery.outcome.word()),
                deliveries::donation_id.eq(delivery.donation.map(|donation| Id(donation.0))),
            ))
            .execute(conn)?;
        if updated == 0 {
            let there =
                deliveries::table.find(Id(delivery.id.0)).select(deliveries::id).first::<Id>(conn).optional()?;
            return match there {
                Some(_) => Ok(RecordDelivery::Duplicate),
                None => Err(QueryError::broken("a delivery is replayed that is not on record").into()),
            };
        }
        if let Some(change) = change {
            apply(conn, change)?;
        }
        Ok(RecordDelivery::Recorded)
    });
    match replayed {
        Ok(replayed) => Ok(replayed),
        Err(Abort::Conflict) => Ok(RecordDelivery::Conflict),
        Err(Abort::Failed(error)) => Err(error),
    }
}
