//! Keys of requests that may be repeated, and the answers to give again.

use diesel::prelude::*;
use diesel::result::Error;
use domain::Instant;
use domain::ports::{Begin, IdempotencyKey, StoredAnswer};

use super::{Conn, write};
use crate::error::QueryError;
use crate::rows::IdempotencyRow;
use crate::schema::idempotency_keys as keys;
use crate::types::{At, Json};

/// How often a key may be freed between our failing to take it and our looking at it.
const TRIES: u32 = 10;

pub(crate) fn begin(
    conn: &mut Conn,
    key: &IdempotencyKey,
    now: Instant,
    stale_before: Instant,
) -> Result<Begin, QueryError> {
    write(conn, |conn| {
        for _ in 0..TRIES {
            if insert(conn, key, now)? || take_over(conn, key, now, stale_before)? {
                return Ok(Begin::Fresh);
            }
            if let Some(row) = look(conn, key)? {
                return row.into_begin(key);
            }
        }
        // Whoever frees a key so eagerly will be done with it soon.
        Ok(Begin::InProgress)
    })
}

fn insert(conn: &mut Conn, key: &IdempotencyKey, now: Instant) -> QueryResult<bool> {
    let inserted = diesel::insert_into(keys::table)
        .values((
            keys::caller.eq(&key.caller),
            keys::key.eq(&key.key),
            keys::fingerprint.eq(key.fingerprint.to_vec()),
            keys::started_at.eq(At(now)),
        ))
        .on_conflict_do_nothing()
        .execute(conn)?;
    Ok(inserted == 1)
}

/// Takes a key whose answer has expired, or whose request has been running for too long. Of two at once the second
/// waits for the first, sees that the key has just been taken, and leaves it.
fn take_over(conn: &mut Conn, key: &IdempotencyKey, now: Instant, stale_before: Instant) -> QueryResult<bool> {
    let expired = keys::expires_at.is_not_null().and(keys::expires_at.le(At(now)));
    let stale = keys::expires_at.is_null().and(keys::started_at.lt(At(stale_before)));
    let free =
        keys::table.filter(keys::caller.eq(&key.caller)).filter(keys::key.eq(&key.key)).filter(expired.or(stale));
    let taken = diesel::update(free)
        .set((
            keys::fingerprint.eq(key.fingerprint.to_vec()),
            keys::started_at.eq(At(now)),
            keys::answer_status.eq(None::<i64>),
            keys::answer_headers.eq(None::<Json>),
            keys::answer_body.eq(None::<Vec<u8>>),
            keys::expires_at.eq(None::<At>),
        ))
        .execute(conn)?;
    Ok(taken == 1)
}

fn look(conn: &mut Conn, key: &IdempotencyKey) -> QueryResult<Option<IdempotencyRow>> {
    keys::table
        .filter(keys::caller.eq(&key.caller))
        .filter(keys::key.eq(&key.key))
        .select(IdempotencyRow::as_select())
        .first(conn)
        .optional()
}

/// Keeps the answer, unless there is one, or the key has been taken for another request since.
pub(crate) fn finish(
    conn: &mut Conn,
    key: &IdempotencyKey,
    answer: &StoredAnswer,
    expires_at: Instant,
) -> Result<(), QueryError> {
    write(conn, |conn| {
        let running = keys::table
            .filter(keys::caller.eq(&key.caller))
            .filter(keys::key.eq(&key.key))
            .filter(keys::fingerprint.eq(key.fingerprint.to_vec()))
            .filter(keys::expires_at.is_null());
        diesel::update(running)
            .set((
                keys::answer_status.eq(Some(i64::from(answer.status))),
                keys::answer_headers.eq(Some(Json(serde_json::json!(answer.headers)))),
                keys::answer_body.eq(Some(answer.body.clone())),
                keys::expires_at.eq(Some(At(expires_at))),
            ))
            .execute(conn)?;
        Ok(())
    })
}

/// Frees the key, unless its request has been answered, or the key has been taken for another request since.
pub(crate) fn abandon(conn: &mut Conn, key: &IdempotencyKey) -> Result<(), QueryError> {
    let freed: Result<usize, Error> = write(conn, |conn| {
        let running = keys::table
            .filter(keys::caller.eq(&key.caller))
            .filter(keys::key.eq(&key.key))
            .filter(keys::fingerprint.eq(key.fingerprint.to_vec()))
            .filter(keys::expires_at.is_null());
        diesel::delete(running).execute(conn)
    });
    freed?;
    Ok(())
}
