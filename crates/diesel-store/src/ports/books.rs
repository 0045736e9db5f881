use async_trait::async_trait;
use domain::books::{BookedCertificate, BookedDonation, BookedPayment, BookedRefund, DayFigures};
use domain::ports::{BookQuery, BookStore, GatewayMode, StoreError};
use domain::reconciliation::Day;
use domain::{CertificateNumber, DonationId, RefundId};

use super::reading;
use crate::Store;

#[async_trait]
impl BookStore for Store {
    async fn payments(
        &self,
        query: &BookQuery,
        after: Option<(DonationId, u32)>,
    ) -> Result<Vec<BookedPayment>, StoreError> {
        let query = *query;
        reading!(self, books, |conn, books| books::payments(conn, &query, after))
    }

    async fn refunds(&self, query: &BookQuery, after: Option<RefundId>) -> Result<Vec<BookedRefund>, StoreError> {
        let query = *query;
        reading!(self, books, |conn, books| books::refunds(conn, &query, after))
    }

    async fn donations(&self, query: &BookQuery, after: Option<DonationId>) -> Result<Vec<BookedDonation>, StoreError> {
        let query = *query;
        reading!(self, books, |conn, books| books::donations(conn, &query, after))
    }

    async fn certificates(
        &self,
        query: &BookQuery,
        after: Option<CertificateNumber>,
    ) -> Result<Vec<BookedCertificate>, StoreError> {
        let query = *query;
        reading!(self, books, |conn, books| books::certificates(conn, &query, after.as_ref()))
    }

    async fn day_figures(&self, days: &[Day], money: GatewayMode) -> Result<Vec<DayFigures>, StoreError> {
        let days = days.to_vec();
        reading!(self, books, |conn, books| books::day_figures(conn, &days, money))
    }
}
