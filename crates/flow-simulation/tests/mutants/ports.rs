//! Mistakes in a port.

use std::sync::Arc;

use application::House;
use async_trait::async_trait;
use domain::donation::{Change, OrderFact, TimelineEntry};
use domain::ports::{
    CreateOrder, DonationQuery, DonationStore, GatewayError, GatewayMode, GatewayOrder, GatewayRefund, NewOrder,
    NewRefund, OrderStatus, PaymentGateway, RefundOutcome, Save, StoreError, WebhookError, WebhookMessage,
    WebhookReader, WebhookRequest,
};
use domain::{CertificateChange, Donation, DonationId, ExternalId, GatewayRefundId, OrderId};
use flow_simulation::gateway::SIGNATURE;
use flow_simulation::product::Product;

use crate::assert_caught;

/// A gateway with one mistake.
struct Gateway {
    inner: Arc<dyn PaymentGateway>,
    mistake: GatewayMistake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum GatewayMistake {
    /// An order whose answer was lost is asked for again, under another name.
    OrderedBlindlyAgain,
    /// Whoever wants to pay again is not told that the order before can still be paid.
    OrderBeforeForgotten,
    /// What was captured is taken to be what was ordered.
    CapturedAmountNotLookedAt,
}

#[async_trait]
impl PaymentGateway for Gateway {
    fn mode(&self) -> GatewayMode {
        self.inner.mode()
    }

    async fn create_order(&self, order: &NewOrder) -> Result<CreateOrder, GatewayError> {
        let made = self.inner.create_order(order).await;
        match (&made, self.mistake) {
            (Err(GatewayError::OutcomeUnknown(_)), GatewayMistake::OrderedBlindlyAgain) => {
                let name = ExternalId::new(format!("{}-again", order.external_id));
                self.inner.create_order(&NewOrder { external_id: name, ..order.clone() }).await
            }
            _ => made,
        }
    }

    async fn order(&self, id: &OrderId) -> Result<Option<GatewayOrder>, GatewayError> {
        let told = self.inner.order(id).await?;
        Ok(told.map(|order| self.mistaken(order)))
    }

    async fn order_by_external_id(&self, external_id: &ExternalId) -> Result<Option<GatewayOrder>, GatewayError> {
        let told = self.inner.order_by_external_id(external_id).await?;
        Ok(told.map(|order| self.mistaken(order)))
    }

    async fn create_refund(&self, refund: &NewRefund) -> Result<RefundOutcome, GatewayError> {
        self.inner.create_refund(refund).await
    }

    async fn refund(&self, order: &OrderId, id: &GatewayRefundId) -> Result<Option<GatewayRefund>, GatewayError> {
        self.inner.refund(order, id).await
    }

    async fn refunds(&self, order: &OrderId) -> Result<Vec<GatewayRefund>, GatewayError> {
        self.inner.refunds(order).await
    }

    async fn check(&self) -> Result<(), GatewayError> {
        self.inner.check().await
    }
}

impl Gateway {
    fn mistaken(&self, mut order: GatewayOrder) -> GatewayOrder {
        match (&mut order.status, self.mistake) {
            (status @ OrderStatus::Payable, GatewayMistake::OrderBeforeForgotten) => *status = OrderStatus::Ended,
            (OrderStatus::Paid(report), GatewayMistake::CapturedAmountNotLookedAt) => {
                report.captured.clone_from(&report.ordered);
            }
            _ => {}
        }
        order
    }
}

impl Product for GatewayMistake {
    fn furnish(&self, mut house: House) -> House {
        house.gateway = Arc::new(Gateway { inner: house.gateway, mistake: *self });
        if *self == Self::CapturedAmountNotLookedAt {
            house.webhooks =
                Arc::new(Reader { inner: house.webhooks, mistake: ReaderMistake::CapturedAmountNotLookedAt });
        }
        house
    }
}

#[test]
fn an_order_asked_for_again_under_another_name_after_a_lost_answer() {
    assert_caught(GatewayMistake::OrderedBlindlyAgain, "two orders of one donation can be paid");
}

#[test]
fn a_new_order_without_asking_about_the_one_before() {
    assert_caught(GatewayMistake::OrderBeforeForgotten, "two orders of one donation can be paid");
}

#[test]
fn a_captured_amount_that_nobody_looks_at() {
    assert_caught(GatewayMistake::CapturedAmountNotLookedAt, "by the gateway's books it is unpaid");
}

/// A reader with one mistake.
struct Reader {
    inner: Arc<dyn WebhookReader>,
    mistake: ReaderMistake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum ReaderMistake {
    /// The signature is not looked at.
    SignatureNotChecked,
    /// Every copy of a refund's webhook is taken for a refund of its own.
    RefundsNotDeduplicated,
    /// What was captured is taken to be what was ordered.
    CapturedAmountNotLookedAt,
}

impl WebhookReader for Reader {
    fn read<'a>(&self, request: &WebhookRequest<'a>) -> Result<WebhookMessage, WebhookError> {
        if self.mistake == ReaderMistake::SignatureNotChecked {
            let headers = [(SIGNATURE.0, SIGNATURE.1.as_bytes())];
            let believed = WebhookRequest { headers: &headers, ..*request };
            return self.inner.read(&believed);
        }
        let mut message = self.inner.read(request)?;
        match (&mut message.fact, self.mistake) {
            (Some(OrderFact::Refunded(report)), ReaderMistake::RefundsNotDeduplicated) => {
                let copy = request.received_at.timestamp_micros();
                report.id = GatewayRefundId::new(format!("{}-{copy}", report.id));
                message.dedup_key = format!("{}-{copy}", message.dedup_key);
            }
            (Some(OrderFact::Captured(report)), ReaderMistake::CapturedAmountNotLookedAt) => {
                report.captured.clone_from(&report.ordered);
            }
            _ => {}
        }
        Ok(message)
    }
}

impl Product for ReaderMistake {
    fn furnish(&self, mut house: House) -> House {
        house.webhooks = Arc::new(Reader { inner: house.webhooks, mistake: *self });
        house
    }
}

#[test]
fn a_signature_that_nobody_checks() {
    assert_caught(ReaderMistake::SignatureNotChecked, "a webhook that the gateway never sent was taken");
}

#[test]
fn a_forged_webhook_that_is_believed_completes_what_nobody_paid() {
    let (_, violations) = crate::caught(ReaderMistake::SignatureNotChecked).unwrap();
    assert!(violations.iter().any(|violation| violation.contains("unpaid, here it is completed")), "{violations:?}");
}

#[test]
fn refund_reports_that_are_not_deduplicated() {
    assert_caught(ReaderMistake::RefundsNotDeduplicated, "refunds at the gateway");
}

/// A store with one mistake.
struct Donations {
    inner: Arc<dyn DonationStore>,
    mistake: StoreMistake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum StoreMistake {
    /// A change that was decided on an older version is written over the newer one.
    VersionNotChecked,
    /// A donation is acknowledged though it could not be kept.
    AcknowledgedUnkept,
    /// The certificate stays when the money goes back.
    CertificateNotWithdrawn,
    /// The steps of a change are not written down.
    TimelineForgotten,
}

#[async_trait]
impl DonationStore for Donations {
    async fn insert(&self, donation: &Donation, entry: &TimelineEntry) -> Result<(), StoreError> {
        let kept = self.inner.insert(donation, entry).await;
        if self.mistake == StoreMistake::AcknowledgedUnkept { Ok(()) } else { kept }
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
        let mut change = change.clone();
        if self.mistake == StoreMistake::TimelineForgotten {
            change.entries.retain(|entry| entry.from == entry.to);
        }
        if self.mistake == StoreMistake::CertificateNotWithdrawn {
            change.certificate = change.certificate.filter(|change| *change != CertificateChange::Withdraw);
        }
        loop {
            let saved = self.inner.save(&change).await?;
            if saved != Save::Conflict || self.mistake != StoreMistake::VersionNotChecked {
                return Ok(saved);
            }
            let Some(newer) = self.inner.find(change.donation.id).await? else { return Ok(saved) };
            let mut record = change.donation.into_record();
            record.version = newer.version + 1;
            change.donation = Donation::restore(record);
            change.certificate = None;
        }
    }

    async fn timeline(&self, id: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        self.inner.timeline(id).await
    }
}

impl Product for StoreMistake {
    fn furnish(&self, mut house: House) -> House {
        house.donations = Arc::new(Donations { inner: house.donations, mistake: *self });
        house
    }
}

#[test]
fn a_change_written_over_a_newer_one() {
    assert_caught(StoreMistake::VersionNotChecked, "donation");
}

#[test]
fn a_donation_acknowledged_though_it_was_not_kept() {
    assert_caught(StoreMistake::AcknowledgedUnkept, "there is no donation");
}

#[test]
fn a_step_that_is_missing_in_the_timeline() {
    assert_caught(StoreMistake::TimelineForgotten, "timeline");
}
