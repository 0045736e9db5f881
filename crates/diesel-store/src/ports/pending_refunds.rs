use async_trait::async_trait;
use domain::Instant;
use domain::ports::{DueRefunds, PendingRefund, PendingRefundStore, StoreError};

use super::writing;
use crate::Store;

#[async_trait]
impl PendingRefundStore for Store {
    async fn take_due(&self, due: &DueRefunds) -> Result<Vec<PendingRefund>, StoreError> {
        let due = *due;
        writing!(self, pending_refunds, |conn, pending_refunds| pending_refunds::take_due(conn, &due))
    }

    async fn schedule(&self, refund: &PendingRefund, next_check_at: Instant) -> Result<(), StoreError> {
        let refund = refund.clone();
        writing!(self, pending_refunds, |conn, pending_refunds| pending_refunds::schedule(conn, &refund, next_check_at))
    }
}
