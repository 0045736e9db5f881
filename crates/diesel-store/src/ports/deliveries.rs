use async_trait::async_trait;
use domain::donation::Change;
use domain::ports::{Delivery, DeliveryStore, RecordDelivery, StoreError};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl DeliveryStore for Store {
    async fn record<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        let (delivery, change) = (delivery.clone(), change.cloned());
        writing!(self, deliveries, |conn, deliveries| deliveries::record(conn, &delivery, change.as_ref()))
    }

    async fn find(&self, dedup_key: &str) -> Result<Option<Delivery>, StoreError> {
        let dedup_key = dedup_key.to_owned();
        reading!(self, deliveries, |conn, deliveries| deliveries::find(conn, &dedup_key))
    }
}
