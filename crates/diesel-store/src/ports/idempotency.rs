use async_trait::async_trait;
use domain::Instant;
use domain::ports::{Begin, IdempotencyKey, IdempotencyStore, StoreError, StoredAnswer};

use super::writing;
use crate::Store;

#[async_trait]
impl IdempotencyStore for Store {
    async fn begin(&self, key: &IdempotencyKey, now: Instant, stale_before: Instant) -> Result<Begin, StoreError> {
        let key = key.clone();
        writing!(self, idempotency, |conn, idempotency| idempotency::begin(conn, &key, now, stale_before))
    }

    async fn finish(&self, key: &IdempotencyKey, answer: &StoredAnswer, expires_at: Instant) -> Result<(), StoreError> {
        let (key, answer) = (key.clone(), answer.clone());
        writing!(self, idempotency, |conn, idempotency| idempotency::finish(conn, &key, &answer, expires_at))
    }

    async fn abandon(&self, key: &IdempotencyKey) -> Result<(), StoreError> {
        let key = key.clone();
        writing!(self, idempotency, |conn, idempotency| idempotency::abandon(conn, &key))
    }
}
