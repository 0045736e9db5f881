use async_trait::async_trait;
use domain::ports::{Brake, Payer, PaymentEnded, PaymentGuardStore, StoreError};
use domain::{Instant, Record};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl PaymentGuardStore for Store {
    async fn record(&self, payer: &Payer, since: Instant) -> Result<(Record, Option<Brake>), StoreError> {
        let payer = *payer;
        reading!(self, payment_guard, |conn, guard| guard::record(conn, &payer, since))
    }

    async fn remember(&self, payer: &Payer, now: Instant) -> Result<(), StoreError> {
        let payer = *payer;
        writing!(self, payment_guard, |conn, guard| guard::remember(conn, &payer, now))
    }

    async fn count(&self, ended: &PaymentEnded) -> Result<(), StoreError> {
        let ended = *ended;
        writing!(self, payment_guard, |conn, guard| guard::count(conn, &ended))
    }

    async fn forget(&self, before: Instant) -> Result<u64, StoreError> {
        writing!(self, payment_guard, |conn, guard| guard::forget(conn, before))
    }

    async fn brake(&self) -> Result<Option<Brake>, StoreError> {
        reading!(self, payment_guard, |conn, guard| guard::brake(conn))
    }

    async fn set_brake(&self, brake: &Brake) -> Result<(), StoreError> {
        let brake = brake.clone();
        writing!(self, payment_guard, |conn, guard| guard::set_brake(conn, &brake))
    }
}
