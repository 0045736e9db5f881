//! What the use cases do when somebody else was first, and when a port fails.
#![expect(clippy::unwrap_used, reason = "a test reports by panicking")]

use std::sync::Arc;

use application::{
    Access, CancelDonationError, CompareDayError, House, Onward, ReceiveWebhookError, ReplayError, StartPaymentError,
    WebhookOutcome, cancel_donation, compare_day, receive_webhook, replay_delivery, start_payment,
};
use domain::donation::{Actor, CaptureReport, Cause, NewDonation, OrderFact};
use domain::ports::*;
use domain::reconciliation::Day;
use domain::*;
use support::{Ports, now};
use uuid::Uuid;

mod support;

const ID: DonationId = DonationId(Uuid::from_u128(1));

fn donation() -> Donation {
    let email = DonorEmail::parse("aigul@example.com").unwrap();
    let new = NewDonation {
        id: ID,
        donor: Donor { account: None, name: DonorName::parse("Айгүл").unwrap(), email },
        gift: Gift { amount: Tenge::new(5000), trees: 10, price_per_tree: Tenge::new(500) },
        campaign: CampaignSlug::parse("trees").unwrap(),
        campaign_title: LineText::parse("Ағаш отырғызу").unwrap(),
        message: None,
        certificate_name: None,
        anonymous: false,
        language: Language::Kk,
        test_mode: false,
    };
    Donation::new(new, now())
}

fn cause() -> Cause {
    Cause { actor: Actor::Guest, request_id: None }
}

fn captured() -> WebhookMessage {
    let amount = ReportedAmount::Tenge(Tenge::new(5000));
    WebhookMessage {
        dialect: "test",
        event: "captured".to_owned(),
        dedup_key: "1".to_owned(),
        external_id: Some(ExternalId::of_attempt(ID, 1)),
        order_id: None,
        fact: Some(OrderFact::Captured(CaptureReport {
            payment_id: None,
            ordered: amount.clone(),
            captured: amount,
            paid_at: None,
        })),
    }
}

fn request() -> WebhookRequest<'static> {
    WebhookRequest { headers: &[], body: b"{}", received_at: now() }
}

#[tokio::test]
async fn a_change_that_came_second_is_decided_again() {
    let mut ports = Ports::new();
    // Once to see whose it is, then once a round.
    ports.donations.expect_find().times(4).returning(|_| Ok(Some(donation())));
    let mut rounds = 0;
    ports.donations.expect_save().times(3).returning(move |change| {
        rounds += 1;
        Ok(if rounds < 3 { Save::Conflict } else { Save::Saved(Box::new(change.donation.clone())) })
    });
    let cancelled = cancel_donation(&ports.house(), ID, &Access::Guest, &cause()).await.unwrap();
    assert_eq!(cancelled.status(), DonationStatus::Cancelled);
}

#[tokio::test]
async fn a_change_that_always_comes_second_is_given_up_in_the_end() {
    let mut ports = Ports::new();
    ports.donations.expect_find().returning(|_| Ok(Some(donation())));
    ports.donations.expect_save().returning(|_| Ok(Save::Conflict));
    let given_up = cancel_donation(&ports.house(), ID, &Access::Guest, &cause()).await;
    assert!(matches!(given_up, Err(CancelDonationError::Busy)), "{given_up:?}");
}

#[tokio::test]
async fn a_delivery_whose_donation_changed_meanwhile_is_decided_again() {
    let mut ports = Ports::new();
    ports.webhooks.expect_read().times(1).returning(|_| Ok(captured()));
    ports.donations.expect_find().times(2).returning(|_| Ok(Some(donation())));
    let mut first = true;
    ports.deliveries.expect_record().times(2).returning(move |_, change| {
        assert_eq!(change.unwrap().donation.status(), DonationStatus::Completed);
        Ok(if std::mem::take(&mut first) { RecordDelivery::Conflict } else { RecordDelivery::Recorded })
    });
    let outcome = receive_webhook(&ports.house(), request(), None).await.unwrap();
    assert_eq!(outcome, WebhookOutcome::New(DeliveryOutcome::Applied));
}

#[tokio::test]
async fn a_delivery_that_cannot_be_stored_is_not_acknowledged() {
    let mut ports = Ports::new();
    ports.webhooks.expect_read().returning(|_| Ok(captured()));
    ports.donations.expect_find().returning(|_| Ok(Some(donation())));
    ports.deliveries.expect_record().returning(|_, _| Err(StoreError::Unavailable("gone".to_owned())));
    let refused = receive_webhook(&ports.house(), request(), None).await;
    assert!(matches!(refused, Err(ReceiveWebhookError::Store(StoreError::Unavailable(_)))), "{refused:?}");
}

fn unmatched() -> Delivery {
    Delivery {
        id: DeliveryId(Uuid::from_u128(7)),
        dedup_key: "1".to_owned(),
        dialect: "test".to_owned(),
        event: "captured".to_owned(),
        donation: None,
        outcome: DeliveryOutcome::Unmatched,
        body: "{}".to_owned(),
        received_at: now(),
        request_id: None,
        copies: 1,
    }
}

#[tokio::test]
async fn a_replay_whose_donation_changed_meanwhile_is_decided_again() {
    let mut ports = Ports::new();
    ports.deliveries.expect_get().times(2).returning(|_| Ok(Some(unmatched())));
    ports.webhooks.expect_read_again().times(2).returning(|kept| {
        assert_eq!((kept.dialect, kept.body), ("test", "{}"));
        Ok(captured())
    });
    ports.donations.expect_find().times(2).returning(|_| Ok(Some(donation())));
    let mut first = true;
    ports.deliveries.expect_replay().times(2).returning(move |delivery, change| {
        assert_eq!((delivery.outcome, delivery.donation), (DeliveryOutcome::Applied, Some(ID)));
        let change = change.unwrap();
        assert!(change.entries.iter().all(|entry| entry.details["replayed_delivery"] == delivery.id.to_string()));
        Ok(if std::mem::take(&mut first) { RecordDelivery::Conflict } else { RecordDelivery::Recorded })
    });
    let replay = replay_delivery(&ports.house(), unmatched().id, &cause()).await.unwrap();
    assert_eq!(replay.outcome, WebhookOutcome::New(DeliveryOutcome::Applied));
    assert_eq!(replay.delivery.donation, Some(ID));
}

/// Neither is read, or looked for a donation of.
#[tokio::test]
async fn what_was_applied_or_never_came_is_not_applied() {
    let mut ports = Ports::new();
    ports.deliveries.expect_get().times(2).returning(|id| {
        let applied = Delivery { outcome: DeliveryOutcome::Applied, donation: Some(ID), ..unmatched() };
        Ok((id == applied.id).then_some(applied))
    });
    let house = ports.house();
    let replay = replay_delivery(&house, unmatched().id, &cause()).await.unwrap();
    assert_eq!((replay.outcome, replay.delivery.outcome), (WebhookOutcome::Duplicate, DeliveryOutcome::Applied));
    let never = replay_delivery(&house, DeliveryId(Uuid::from_u128(8)), &cause()).await;
    assert!(matches!(never, Err(ReplayError::NotFound)), "{never:?}");
}

#[tokio::test]
async fn a_delivery_that_nobody_can_read_any_longer_stays_as_it_is() {
    let mut ports = Ports::new();
    ports.deliveries.expect_get().returning(|_| Ok(Some(unmatched())));
    ports.webhooks.expect_read_again().returning(|_| Err(WebhookError::MalformedEvent("no order".to_owned())));
    let unreadable = replay_delivery(&ports.house(), unmatched().id, &cause()).await;
    assert!(matches!(unreadable, Err(ReplayError::Unreadable(_))), "{unreadable:?}");
}

#[tokio::test]
async fn an_order_that_exists_but_is_not_listed_is_not_made_again() {
    let mut ports = Ports::new();
    let stored = Arc::new(std::sync::Mutex::new(donation()));
    let read = stored.clone();
    ports.donations.expect_find().returning(move |_| Ok(Some(read.lock().unwrap().clone())));
    ports.donations.expect_save().times(1).returning(move |change| {
        *stored.lock().unwrap() = change.donation.clone();
        Ok(Save::Saved(Box::new(change.donation.clone())))
    });
    ports.gateway.expect_create_order().times(1).returning(|_| Ok(CreateOrder::AlreadyExists));
    ports.gateway.expect_order_by_external_id().times(1).returning(|_| Ok(None));
    let unknown = start_payment(&ports.house(), ID, &Access::Guest, (&cause(), ClientNet::of(None))).await;
    assert!(matches!(unknown, Err(StartPaymentError::Gateway(GatewayError::OutcomeUnknown(_)))), "{unknown:?}");
}

/// A store that hands out a day of which nothing is ours.
fn of_an_empty_day() -> MockReconciliationStore {
    let mut store = MockReconciliationStore::new();
    store.expect_take_day().returning(|wanted| Ok(TakeDay::Taken(TakenDay { day: wanted.day, turn: 1, failures: 0 })));
    store.expect_keep().returning(|_, _, _| Ok(Lease::Held));
    store.expect_donations_in().returning(|_, _, _| Ok(Vec::new()));
    store.expect_report().returning(|_| Ok(None));
    store
}

async fn compare(house: &House) -> Result<application::DayOutcome, CompareDayError> {
    let at_once =
        |_| -> futures_util::future::BoxFuture<'static, Onward> { Box::pin(std::future::ready(Onward::GoOn)) };
    compare_day(house, Day::of(now()).before(1), WantedBy::Schedule, &at_once).await
}

#[tokio::test]
async fn a_gateway_that_gives_the_same_page_again_is_not_asked_for_another() {
    let mut ports = Ports::new();
    ports.reconciliations = of_an_empty_day();
    let of_somebody_else = ListedOrder {
        id: OrderId::new("ord_1"),
        external_id: Some(ExternalId::new("shop-42")),
        amount: ReportedAmount::Tenge(Tenge::new(700)),
        status: ListedStatus::Paid,
        made_at: None,
    };
    let page = move |_: &TimeSpan, page| Ok(Listing { items: vec![of_somebody_else.clone()], next: Some(page + 1) });
    ports.gateway.expect_orders_made().times(2).returning(page);
    ports.gateway.expect_refunds_made().times(1).returning(|_, _| Ok(Listing { items: Vec::new(), next: None }));
    let counted_once = |_: &TakenDay, totals: &domain::reconciliation::Totals, _: &Instant| totals.foreign_orders == 1;
    ports.reconciliations.expect_complete().withf(counted_once).times(1).returning(|_, _, _| Ok(Lease::Held));
    assert!(compare(&ports.house()).await.is_ok());
}

#[tokio::test]
async fn a_list_that_has_no_end_breaks_the_comparison_off() {
    let mut ports = Ports::new();
    ports.reconciliations = of_an_empty_day();
    let nothing_yet = |_: &TimeSpan, page| Ok(Listing { items: Vec::new(), next: Some(page + 1) });
    ports.gateway.expect_orders_made().times(2000).returning(nothing_yet);
    ports.reconciliations.expect_break_off().times(1).returning(|_, _| Ok(Lease::Held));
    let broke_off = compare(&ports.house()).await;
    assert!(matches!(broke_off, Err(CompareDayError::Gateway(GatewayError::Refused(_)))), "{broke_off:?}");
}
