//! An idempotency key's row.

use diesel::prelude::*;
use domain::ports::{Begin, IdempotencyKey, StoredAnswer};

use super::{count, damaged};
use crate::error::QueryError;
use crate::schema::idempotency_keys;
use crate::types::Json;

/// What a row of `idempotency_keys` says about a request that comes again.
#[derive(Clone, Queryable, Selectable)]
#[diesel(table_name = idempotency_keys)]
pub(crate) struct IdempotencyRow {
    fingerprint: Vec<u8>,
    answer_status: Option<i64>,
    answer_headers: Option<Json>,
    answer_body: Option<Vec<u8>>,
}

impl IdempotencyRow {
    /// What the request of `key` is told.
    pub(crate) fn into_begin(self, key: &IdempotencyKey) -> Result<Begin, QueryError> {
        if self.fingerprint != key.fingerprint {
            return Ok(Begin::Reused);
        }
        let (Some(status), Some(headers), Some(body)) = (self.answer_status, self.answer_headers, self.answer_body)
        else {
            return Ok(Begin::InProgress);
        };
        Ok(Begin::Replay(StoredAnswer {
            status: count("idempotency_keys.answer_status", status)?,
            headers: serde_json::from_value(headers.0).map_err(|_| damaged("idempotency_keys.answer_headers"))?,
            body,
        }))
    }
}
