use async_trait::async_trait;
use domain::Instant;
use domain::ports::{DueOrders, OpenOrder, OpenOrderStore, StoreError};

use super::writing;
use crate::Store;

#[async_trait]
impl OpenOrderStore for Store {
    async fn take_due(&self, due: &DueOrders) -> Result<Vec<OpenOrder>, StoreError> {
        let due = *due;
        writing!(self, open_orders, |conn, open_orders| open_orders::take_due(conn, &due))
    }

    async fn schedule(&self, order: &OpenOrder, next_check_at: Option<Instant>) -> Result<(), StoreError> {
        let order = order.clone();
        writing!(self, open_orders, |conn, open_orders| open_orders::schedule(conn, &order, next_check_at))
    }
}
