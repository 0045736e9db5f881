//! Donations and what happens to them, as the suites use them.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta};
use uuid::Uuid;

use super::Stores;
use crate::donation::{
    Actor, CaptureReport, Cause, Change, DonationEvent, NewDonation, OrderEvent, OrderFact, PaymentPlan, PaymentTerms,
    RefundReport, TimelineEntry, TimelineKind,
};
use crate::ports::{GatewayMode, Save};
use crate::{
    Account, AccountId, Campaign, CampaignSlug, Donation, DonationId, DonationRecord, Donor, DonorEmail,
    GatewayRefundId, Gift, Instant, Language, LineText, Localised, OrderId, Paragraphs, PasswordHash, ReportedAmount,
    Resolution, Review, ReviewItem, Role, Tenge,
};

pub(super) const AMOUNT: u32 = 5_000;

/// So many minutes after noon of a day in November 2026.
pub(super) fn at(minutes: i64) -> Instant {
    let noon = DateTime::from_timestamp_micros(1_794_916_800_123_456).expect("an instant within the calendar");
    noon + TimeDelta::minutes(minutes)
}

pub(super) fn cause() -> Cause {
    Cause { actor: Actor::Gateway, request_id: Some("request-1".to_owned()) }
}

pub(super) fn email(text: &str) -> DonorEmail {
    DonorEmail::parse(text).expect("a sample is an address")
}

pub(super) fn text<const MAX: usize>(text: &str) -> LineText<MAX> {
    LineText::parse(text).expect("a sample is a line")
}

pub(super) fn account(number: u128, address: &str) -> Account {
    Account {
        id: AccountId(Uuid::from_u128(number)),
        email: email(address),
        name: text("Әсел Қуанышқызы"),
        language: Language::Kk,
        role: Role::Donor,
        password: PasswordHash::new("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"),
        created_at: at(0),
        email_confirmed_at: None,
    }
}

/// A campaign with no more than it must have.
pub(super) fn campaign(slug: &str) -> Campaign {
    Campaign {
        slug: CampaignSlug::parse(slug).expect("a sample is a slug"),
        position: 0,
        title: Localised::all(text("Посадка деревьев")),
        text: Localised::all(Paragraphs::parse("").expect("a sample is a text")),
        picture: None,
        price_per_tree: Tenge::new(500),
        goal: None,
        presets: Vec::new(),
        starts_at: None,
        ends_at: None,
        draft: false,
        version: 0,
    }
}

/// A guest's donation, `pending`.
pub(super) fn donation(number: u128) -> Donation {
    donation_of(number, None, at(0))
}

pub(super) fn donation_of(number: u128, account: Option<AccountId>, created_at: Instant) -> Donation {
    let new = NewDonation {
        id: DonationId(Uuid::from_u128(number)),
        donor: Donor { account, name: text("Ivan"), email: email("ivan@example.com") },
        gift: Gift { amount: Tenge::new(AMOUNT), trees: 10, price_per_tree: Tenge::new(500) },
        campaign: CampaignSlug::parse("trees").expect("a sample is a slug"),
        campaign_title: text("Посадка деревьев"),
        message: None,
        certificate_name: None,
        anonymous: false,
        language: Language::Ru,
        test_mode: false,
    };
    Donation::new(new, created_at)
}

/// The first entry of a donation's timeline.
pub(super) fn created(donation: &Donation) -> TimelineEntry {
    TimelineEntry {
        at: donation.created_at,
        kind: TimelineKind::DonationCreated,
        cause: cause(),
        from: donation.status(),
        to: donation.status(),
        details: BTreeMap::new(),
    }
}

/// Something to look at, which somebody may have looked at.
pub(super) fn review(resolved_by: Option<Actor>) -> ReviewItem {
    let resolution = resolved_by.map(|by| Resolution { at: at(9), by, note: text("Әсел қарады") });
    ReviewItem { review: Review::PaidLate, subject: "attempt 1".to_owned(), raised_at: at(3), resolution }
}

/// Keeps a new donation.
pub(super) async fn kept(stores: Stores<'_>, donation: Donation) -> Donation {
    stores.donations.insert(&donation, &created(&donation)).await.unwrap();
    donation
}

/// Keeps a new donation and its first attempt.
pub(super) async fn started(stores: Stores<'_>, donation: Donation) -> Donation {
    let donation = kept(stores, donation).await;
    saved(stores, &start(&donation)).await
}

/// Keeps a new donation that is paid at once.
pub(super) async fn completed(stores: Stores<'_>, donation: Donation) -> Donation {
    let donation = started(stores, donation).await;
    saved(stores, &capture(&donation)).await
}

/// Saves a change that nobody competes with.
pub(super) async fn saved(stores: Stores<'_>, change: &Change) -> Donation {
    match stores.donations.save(change).await.unwrap() {
        Save::Saved(donation) => *donation,
        Save::Conflict => panic!("a conflict where nobody else has written"),
    }
}

pub(super) async fn found(stores: Stores<'_>, id: DonationId) -> Donation {
    let found = stores.donations.find(id).await.unwrap();
    found.expect("the donation has been kept")
}

/// The change that begins the first attempt.
pub(super) fn start(donation: &Donation) -> Change {
    let terms = PaymentTerms {
        ttl: TimeDelta::minutes(30),
        mode: if donation.test_mode { GatewayMode::Test } else { GatewayMode::Real },
        ended_at_gateway: None,
    };
    match donation.plan_payment(terms, at(1), &cause()) {
        Ok(PaymentPlan::Prepare(change)) => *change,
        other => panic!("an attempt to prepare, not {other:?}"),
    }
}

/// The order of a donation's attempt, as the samples name it.
pub(super) fn order_id(donation: DonationId, attempt: u32) -> OrderId {
    OrderId::new(format!("order-{donation}-{attempt}"))
}

/// The change that news of a donation's first order bring about.
pub(super) fn news(donation: &Donation, fact: OrderFact) -> Change {
    let event = OrderEvent { attempt: 1, order_id: Some(order_id(donation.id, 1)), fact };
    let decision = donation.apply(&DonationEvent::Order(event), at(2), &cause());
    decision.change.expect("news that change something")
}

pub(super) fn capture(donation: &Donation) -> Change {
    let amount = ReportedAmount::Tenge(donation.gift.amount);
    let report = CaptureReport { payment_id: None, ordered: amount.clone(), captured: amount, paid_at: None };
    news(donation, OrderFact::Captured(report))
}

pub(super) fn refund(donation: &Donation, id: &str, amount: u32) -> Change {
    let report = RefundReport {
        id: GatewayRefundId::new(id),
        external_id: None,
        amount: ReportedAmount::Tenge(Tenge::new(amount)),
    };
    news(donation, OrderFact::Refunded(report))
}

/// A change that leaves the donation as `edit` makes it, whether or not the domain would.
pub(super) fn edited(donation: &Donation, edit: impl FnOnce(&mut DonationRecord)) -> Change {
    let mut record = donation.clone().into_record();
    edit(&mut record);
    record.version = donation.version + 1;
    Change { donation: Donation::restore(record), entries: Vec::new(), work: Vec::new(), certificate: None }
}

/// The same donation under another campaign, so that changes can be told apart.
pub(super) fn renamed(donation: &Donation, campaign: &str) -> Change {
    edited(donation, |record| {
        record.campaign = CampaignSlug::parse(campaign).expect("a sample is a slug");
    })
}
