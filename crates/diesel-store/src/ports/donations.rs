use async_trait::async_trait;
use domain::donation::{Change, TimelineEntry};
use domain::ports::{DonationQuery, DonationStore, InsertDonation, Save, StoreError};
use domain::{Donation, DonationId, OrderId};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl DonationStore for Store {
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<InsertDonation, StoreError> {
        let (donation, entry) = (donation.clone(), entry.clone());
        writing!(self, donations, |conn, donations| donations::insert(conn, &donation, &entry))
    }

    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError> {
        reading!(self, donations, |conn, donations| donations::find(conn, id))
    }

    async fn find_by_order(&self, order: &OrderId) -> Result<Option<Donation>, StoreError> {
        let order = order.clone();
        reading!(self, donations, |conn, donations| donations::find_by_order(conn, &order))
    }

    async fn list(&self, query: &DonationQuery) -> Result<Vec<Donation>, StoreError> {
        let query = query.clone();
        reading!(self, donations, |conn, donations| donations::list(conn, &query))
    }

    async fn save(&self, change: &Change) -> Result<Save, StoreError> {
        let change = change.clone();
        writing!(self, donations, |conn, donations| donations::save(conn, &change))
    }

    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        reading!(self, donations, |conn, donations| donations::timeline(conn, id))
    }
}
