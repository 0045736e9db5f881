//! Donations and events to test with.
#![allow(dead_code, reason = "each test binary uses its own part")]
#![allow(clippy::panic, reason = "a test reports by panicking")]

use chrono::{DateTime, TimeDelta};
use domain::donation::{
    Actor, CaptureReport, Cause, Decline, DeclineReason, DonationEvent, NewDonation, OrderEvent, OrderFact,
    PaymentPlan, PaymentTerms, RefundReport,
};
use domain::ports::GatewayMode;
use domain::*;
use uuid::Uuid;

pub fn now() -> Instant {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

pub fn at(minutes: i64) -> Instant {
    now() + TimeDelta::minutes(minutes)
}

pub fn cause() -> Cause {
    Cause { actor: Actor::Gateway, request_id: None }
}

pub fn terms() -> PaymentTerms {
    PaymentTerms { ttl: TimeDelta::minutes(60), mode: GatewayMode::Real, ended_at_gateway: None }
}

pub fn donation() -> Donation {
    let gift = Gift { amount: Tenge::new(5000), trees: 10, price_per_tree: Tenge::new(500) };
    let donor = Donor {
        account: None,
        name: DonorName::parse("Айгүл Қасымова").unwrap(),
        email: DonorEmail::parse("aigul@example.com").unwrap(),
    };
    let new = NewDonation {
        id: DonationId(Uuid::from_u128(1)),
        donor,
        gift,
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

pub fn order(attempt: u32, fact: OrderFact) -> DonationEvent {
    DonationEvent::Order(OrderEvent { attempt, order_id: Some(OrderId::new(format!("ord_{attempt}"))), fact })
}

pub fn created(attempt: u32) -> DonationEvent {
    let checkout_url = format!("https://pay.example/{attempt}");
    order(attempt, OrderFact::Created { checkout_url, due_at: None })
}

pub fn captured(attempt: u32) -> DonationEvent {
    captured_amount(attempt, 5000)
}

pub fn captured_amount(attempt: u32, amount: u32) -> DonationEvent {
    let amount = ReportedAmount::Tenge(Tenge::new(amount));
    let report = CaptureReport {
        payment_id: Some(PaymentId::new(format!("pay_{attempt}"))),
        ordered: amount.clone(),
        captured: amount,
        paid_at: Some(at(1)),
    };
    order(attempt, OrderFact::Captured(report))
}

pub fn declined(attempt: u32, minutes: i64) -> DonationEvent {
    let decline = Decline { declined_at: at(minutes), reason: DeclineReason::NotEnoughMoney, gateway_code: None };
    order(attempt, OrderFact::Declined(decline))
}

pub fn ended(attempt: u32) -> DonationEvent {
    order(attempt, OrderFact::Ended)
}

pub fn report(id: &str, amount: u32) -> RefundReport {
    let amount = ReportedAmount::Tenge(Tenge::new(amount));
    RefundReport { id: GatewayRefundId::new(id), external_id: None, amount }
}

/// The report of a refund that we asked for, with our name for it.
pub fn report_of(refund: &Refund, id: &str) -> RefundReport {
    let amount = ReportedAmount::Tenge(refund.amount);
    RefundReport { id: GatewayRefundId::new(id), external_id: refund.external_id(), amount }
}

pub fn refunded(attempt: u32, id: &str, amount: u32) -> DonationEvent {
    order(attempt, OrderFact::Refunded(report(id, amount)))
}

pub fn refund_pending(attempt: u32, id: &str, amount: u32) -> DonationEvent {
    order(attempt, OrderFact::RefundPending(report(id, amount)))
}

pub fn refund_declined(attempt: u32, id: &str, amount: u32) -> DonationEvent {
    order(attempt, OrderFact::RefundDeclined(report(id, amount)))
}

/// The donation after these events, as a store would give it back: its certificate numbered.
pub fn after(donation: Donation, events: &[DonationEvent]) -> Donation {
    events.iter().fold(donation, |donation, event| match donation.apply(event, now(), &cause()).change {
        Some(change) => stored(change),
        None => donation,
    })
}

/// What a store makes of a change.
pub fn stored(change: domain::donation::Change) -> Donation {
    let id = change.donation.id;
    let mut record = change.donation.into_record();
    let certificate = |draft: CertificateDraft| Certificate {
        number: CertificateNumber::new(draft.series(), 2027, 1),
        donation: id,
        draft,
        status: CertificateStatus::Valid,
    };
    match change.certificate {
        Some(CertificateChange::Issue(draft) | CertificateChange::Replace(draft)) => {
            let earlier = record.certificate.replace(certificate(draft));
            record.earlier_certificate = earlier.map(|earlier| earlier.number);
        }
        Some(CertificateChange::Withdraw) => {
            if let Some(known) = &mut record.certificate {
                known.status = CertificateStatus::Withdrawn;
            }
        }
        Some(CertificateChange::Rename(name)) => {
            if let Some(known) = &mut record.certificate {
                known.draft.name = name;
            }
        }
        None => {}
    }
    Donation::restore(record)
}

/// Begins a payment: the attempt is written down.
pub fn prepared(donation: Donation, terms: PaymentTerms) -> Donation {
    match donation.plan_payment(terms, now(), &cause()).unwrap() {
        PaymentPlan::Prepare(change) => stored(*change),
        other => panic!("nothing to prepare: {other:?}"),
    }
}

/// A donation with one attempt written down.
pub fn started() -> Donation {
    prepared(donation(), terms())
}

/// A donation with a second attempt written down, the first one's order having ended.
pub fn started_again() -> Donation {
    let donation = after(started(), &[created(1), ended(1)]);
    prepared(donation, PaymentTerms { ended_at_gateway: Some(1), ..terms() })
}
