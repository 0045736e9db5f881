use async_trait::async_trait;
use domain::DeliveryId;
use domain::donation::Change;
use domain::ports::{Delivery, DeliveryQuery, DeliveryStore, RecordDelivery, StoreError};

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

    async fn get(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        reading!(self, deliveries, |conn, deliveries| deliveries::get(conn, id))
    }

    async fn list(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        let query = *query;
        reading!(self, deliveries, |conn, deliveries| deliveries::list(conn, &query))
    }

    async fn replay<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        let (delivery, change) = (delivery.clone(), change.cloned());
        writing!(self, deliveries, |conn, deliveries| deliveries::replay(conn, &delivery, change.as_ref()))
    }
}
