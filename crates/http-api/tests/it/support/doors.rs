//! Ports that can be shut.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use domain::DeliveryId;
use domain::donation::Change;
use domain::ports::{Delivery, DeliveryQuery, DeliveryStore, RecordDelivery, StoreError};

/// Deliveries that cannot be kept as long as it is shut.
pub struct FailingDeliveries {
    inner: Arc<dyn DeliveryStore>,
    shut: AtomicBool,
}

impl FailingDeliveries {
    /// Shut.
    pub fn before(inner: Arc<dyn DeliveryStore>) -> Arc<Self> {
        Arc::new(Self { inner, shut: AtomicBool::new(true) })
    }

    /// From now on everything is kept.
    pub fn open(&self) {
        self.shut.store(false, Ordering::SeqCst);
    }

    fn check(&self) -> Result<(), StoreError> {
        let why = "INSERT INTO deliveries: disk full at /var/lib/donations".to_owned();
        if self.shut.load(Ordering::SeqCst) { Err(StoreError::Failed(why)) } else { Ok(()) }
    }
}

#[async_trait]
impl DeliveryStore for FailingDeliveries {
    async fn record<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        self.check()?;
        self.inner.record(delivery, change).await
    }

    async fn find(&self, dedup_key: &str) -> Result<Option<Delivery>, StoreError> {
        self.inner.find(dedup_key).await
    }

    async fn get(&self, id: DeliveryId) -> Result<Option<Delivery>, StoreError> {
        self.inner.get(id).await
    }

    async fn list(&self, query: &DeliveryQuery) -> Result<Vec<Delivery>, StoreError> {
        self.inner.list(query).await
    }

    async fn replay<'a>(&self, delivery: &Delivery, change: Option<&'a Change>) -> Result<RecordDelivery, StoreError> {
        self.check()?;
        self.inner.replay(delivery, change).await
    }
}
