//! What is simulated: the use cases as the product has them. Tests put flawed ones in their places.

use application::{
    Access, CancelDonationError, CheckPaymentError, CompareDayError, CreateDonation, CreateDonationError, DayOutcome,
    House, JobRound, Onward, PaymentStarted, ReadError, ReceiveWebhookError, ReconcileRound, RefundDonation,
    RefundDonationError, RefundRound, StartPaymentError, WebhookOutcome,
};
use async_trait::async_trait;
use domain::donation::Cause;
use domain::ports::{StoreError, WantedBy, WebhookRequest};
use domain::reconciliation::Day;
use domain::{ClientNet, Donation, DonationId, Refund};

/// The use cases that a history calls, the product's own unless somebody says otherwise.
#[async_trait]
pub trait Product: Send + Sync {
    /// The ports as a server uses them.
    fn furnish(&self, house: House) -> House {
        house
    }

    /// See [`application::create_donation`].
    async fn create_donation(&self, house: &House, command: CreateDonation) -> Result<Donation, CreateDonationError> {
        application::create_donation(house, command).await
    }

    /// See [`application::start_payment`].
    async fn start_payment(
        &self,
        house: &House,
        id: DonationId,
        cause: &Cause,
    ) -> Result<PaymentStarted, StartPaymentError> {
        application::start_payment(house, id, &Access::Guest, (cause, ClientNet::of(None))).await
    }

    /// See [`application::cancel_donation`].
    async fn cancel_donation(
        &self,
        house: &House,
        id: DonationId,
        cause: &Cause,
    ) -> Result<Donation, CancelDonationError> {
        application::cancel_donation(house, id, &Access::Guest, cause).await
    }

    /// See [`application::read_donation`].
    async fn read_donation(&self, house: &House, id: DonationId) -> Result<Donation, ReadError> {
        application::read_donation(house, id, &Access::Guest).await
    }

    /// See [`application::receive_webhook`].
    async fn receive_webhook(
        &self,
        house: &House,
        request: WebhookRequest<'_>,
    ) -> Result<WebhookOutcome, ReceiveWebhookError> {
        application::receive_webhook(house, request, None).await
    }

    /// See [`application::reconcile_open_orders`].
    async fn reconcile(&self, house: &House) -> Result<ReconcileRound, StoreError> {
        application::reconcile_open_orders(house).await
    }

    /// See [`application::refund_donation`].
    async fn refund_donation(
        &self,
        house: &House,
        wanted: RefundDonation,
        cause: &Cause,
    ) -> Result<Refund, RefundDonationError> {
        application::refund_donation(house, wanted, cause).await
    }

    /// See [`application::settle_pending_refunds`].
    async fn settle_refunds(&self, house: &House) -> Result<RefundRound, StoreError> {
        application::settle_pending_refunds(house).await
    }

    /// See [`application::work_off_jobs`].
    async fn work_off_jobs(&self, house: &House, stopping: &(dyn Fn() -> bool + Sync)) -> Result<JobRound, StoreError> {
        application::work_off_jobs(house, stopping).await
    }

    /// See [`application::compare_day`].
    async fn compare_day(&self, house: &House, day: Day) -> Result<DayOutcome, CompareDayError> {
        application::compare_day(house, day, WantedBy::Person, &|_| Box::pin(std::future::ready(Onward::GoOn))).await
    }

    /// See [`application::sync_donation`].
    async fn sync_donation(&self, house: &House, id: DonationId, cause: &Cause) -> Result<Donation, CheckPaymentError> {
        application::sync_donation(house, id, cause).await
    }
}

/// The product as it is.
#[derive(Debug, Clone, Copy, Default)]
pub struct TheProduct;

impl Product for TheProduct {}
