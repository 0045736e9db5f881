//! Where donations are kept, watched.

use std::sync::Arc;

use async_trait::async_trait;
use domain::donation::{Change, TimelineEntry};
use domain::ports::{DonationQuery, DonationStore, InsertDonation, Save, StoreError};
use domain::{Donation, DonationId, OrderId};

use super::steps::Steps;

pub(super) struct MeteredDonations {
    pub(super) inner: Arc<dyn DonationStore>,
    pub(super) steps: Steps,
}

#[async_trait]
impl DonationStore for MeteredDonations {
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<InsertDonation, StoreError> {
        let inserted = self.inner.insert(donation, entry).await?;
        if inserted == InsertDonation::Inserted {
            self.steps.stored(donation, std::slice::from_ref(entry));
        }
        Ok(inserted)
    }

    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError> {
        self.inner.find(id).await
    }

    async fn find_by_order(&self, order: &OrderId) -> Result<Option<Donation>, StoreError> {
        self.inner.find_by_order(order).await
    }

    async fn list(&self, query: &DonationQuery) -> Result<Vec<Donation>, StoreError> {
        self.inner.list(query).await
    }

    async fn save(&self, change: &Change) -> Result<Save, StoreError> {
        let saved = self.inner.save(change).await?;
        if let Save::Saved(donation) = &saved {
            self.steps.stored(donation, &change.entries);
        }
        Ok(saved)
    }

    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        self.inner.timeline(id).await
    }
}
