//! Where the books of a period are read, each table by itself.

use async_trait::async_trait;

use crate::books::{BookedCertificate, BookedDonation, BookedPayment, BookedRefund, DayFigures};
use crate::ports::{GatewayMode, StoreError, TimeSpan};
use crate::reconciliation::Day;
use crate::{CertificateNumber, DonationId, RefundId};

/// Which part of the books.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BookQuery {
    /// Of payments made in it; see [`crate::books`] for what belongs to a payment that is on no record.
    pub span: TimeSpan,
    /// Of this kind of money.
    pub money: GatewayMode,
    /// At most so many.
    pub limit: u32,
}

/// Reads payments, refunds, donations and certificates. No method believes another one's table in what it tells: where one is
/// wrong the others show it.
#[cfg_attr(feature = "mocks", mockall::automock)]
#[async_trait]
pub trait BookStore: Send + Sync {
    /// Attempts whose money was taken in the span, by donation and number: of those that come after `after`.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn payments(
        &self,
        query: &BookQuery,
        after: Option<(DonationId, u32)>,
    ) -> Result<Vec<BookedPayment>, StoreError>;

    /// Refunds that succeeded, of attempts that were paid in the span, by id: of those that come after `after`. One whose attempt
    /// is not paid counts by its own date.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn refunds(&self, query: &BookQuery, after: Option<RefundId>) -> Result<Vec<BookedRefund>, StoreError>;

    /// Donations that were paid, whose first payment was made in the span, by id: of those that come after `after`. One without a
    /// payment counts by when it was completed.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn donations(&self, query: &BookQuery, after: Option<DonationId>) -> Result<Vec<BookedDonation>, StoreError>;

    /// Valid certificates of donations whose first payment was made in the span, by number: of those that come after `after`. One
    /// without a payment counts by when its donation was completed, or else by its own date.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn certificates(
        &self,
        query: &BookQuery,
        after: Option<CertificateNumber>,
    ) -> Result<Vec<BookedCertificate>, StoreError>;

    /// The figures of each of these days, in their order.
    ///
    /// # Errors
    /// [`StoreError`].
    async fn day_figures(&self, days: &[Day], money: GatewayMode) -> Result<Vec<DayFigures>, StoreError>;
}
