//! At least one row in every table, written by the store itself.

use chrono::{DateTime, TimeDelta};
use diesel_store::Store;
use domain::alert::{Alert, AlertKind, GatewayFailure};
use domain::audit::{AuditAction, AuditActor, AuditEntry, AuditOutcome};
use domain::donation::{
    Actor, CaptureReport, Cause, Change, Decline, DeclineReason, DonationEvent, NewDonation, OrderEvent, OrderFact,
    PaymentPlan, PaymentTerms, RefundReport, TimelineEntry, TimelineKind,
};
use domain::ports::{
    AccountStore, AlertStore, AuditStore as _, Brake, BrakePosition, CampaignStore as _, CertificateKeyStore, Delivery,
    DeliveryOutcome, DeliveryStore, DonationStore, GatewayAnswer, GatewayMode, IdempotencyKey, IdempotencyStore,
    OwnKey, Payer, PaymentEnded, PaymentGuardStore, PaymentOutcome, Pseudonym, Recipient, ReconciliationStore,
    RecordDelivery, Renewal, Save, StoredAnswer, TakeDay, Telling, WantedBy, WantedDay,
};
use domain::reconciliation::{Day, Difference, DifferenceKind, Totals};
use domain::{
    Account, AccountId, AccountMail, AccountToken, AuditId, BrowserSession, Campaign, CampaignPicture, CampaignSlug,
    CertificateKey, CertificateSeed, DeliveryId, Donation, DonationId, Donor, DonorEmail, GatewayRefundId, Gift,
    Instant, JobId, Language, LineText, Localised, OrderId, Paragraphs, PasswordHash, PaymentId, Picture, PictureKind,
    PictureName, ReportedAmount, Role, Session, SessionId, Tenge,
};
use uuid::Uuid;

/// So many minutes after noon.
pub fn at(minutes: i64) -> Instant {
    DateTime::from_timestamp(1_795_521_600, 0).unwrap() + TimeDelta::minutes(minutes)
}

/// One donation in each state that has facts of its own, and what belongs to them; an account with a session that
/// went on and a link, an answered request, a daily comparison in each state.
pub async fn fill(store: &Store) {
    let account = Account {
        id: AccountId(Uuid::from_u128(1)),
        email: DonorEmail::parse("owner@example.com").unwrap(),
        name: LineText::parse("Ivan").unwrap(),
        language: Language::Ru,
        role: Role::Donor,
        password: PasswordHash::new("hash"),
        created_at: at(0),
        email_confirmed_at: None,
    };
    store.create(&account, Some(JobId(Uuid::from_u128(1)))).await.unwrap();
    let session = Session {
        id: SessionId(Uuid::from_u128(1)),
        account: account.id,
        refresh_hash: [1; 32],
        created_at: at(0),
        expires_at: at(60),
    };
    store.open_session(&session, &account.password).await.unwrap();
    let renewal = Renewal { shown: [1; 32], next: [2; 32], now: at(1), expires_at: at(61) };
    store.renew(&renewal).await.unwrap();
    let (created_at, expires_at) = (at(0), at(60));
    let browser = BrowserSession { token_hash: [4; 32], account: account.id, created_at, expires_at };
    store.open_browser_session(&browser, &account.password).await.unwrap();
    let mail = AccountMail::ConfirmEmail;
    let token = AccountToken { hash: [3; 32], account: account.id, mail, created_at: at(0), expires_at: at(60) };
    store.keep_token(&token).await.unwrap();

    payments(store, pending(store, 1).await.id).await;
    save(store, &start(&pending(store, 2).await)).await;
    failed(store, 3).await;
    completed(store, 4).await;
    let paid = completed(store, 5).await;
    save(store, &news(&paid, refund(1_000))).await;
    deliver(store, &paid).await;
    answer(store).await;
    compare(store).await;
    told(store).await;
    audit(store).await;
    campaign(store).await;
    let own = OwnKey { key: CertificateKey([4; 32]), seed: CertificateSeed([5; 32]) };
    store.own(&own, at(0)).await.unwrap();
    CertificateKeyStore::remember(store, &CertificateKey([6; 32]), at(1)).await.unwrap();
}

async fn audit(store: &Store) {
    let entry = AuditEntry {
        id: AuditId(Uuid::from_u128(1)),
        at: at(0),
        actor: AuditActor::Account(AccountId(Uuid::from_u128(1)), Role::Admin),
        action: AuditAction::SignIn,
        target: None,
        outcome: AuditOutcome::Done,
        status: None,
        address: None,
        request_id: None,
        details: [].into(),
    };
    store.append(&entry).await.unwrap();
}

async fn campaign(store: &Store) {
    let name = PictureName::parse(&"a".repeat(32)).unwrap();
    let campaign = Campaign {
        slug: CampaignSlug::parse("trees").unwrap(),
        position: 0,
        title: Localised::all(LineText::parse("Ағаш отырғызу").unwrap()),
        text: Localised::all(Paragraphs::parse("Қазақстанда").unwrap()),
        picture: Some(CampaignPicture {
            name: Localised::all(name.clone()),
            alt: Localised::all(LineText::parse("Дала").unwrap()),
        }),
        price_per_tree: Tenge::new(500),
        goal: Some(Tenge::new(1_000)),
        presets: vec![Tenge::new(1_000)],
        starts_at: Some(at(0)),
        ends_at: Some(at(1)),
        draft: false,
        version: 0,
    };
    let picture = Picture { name, kind: PictureKind::Png, bytes: vec![1] };
    store.insert_if_absent(&campaign, &[picture]).await.unwrap();
}

pub async fn pending(store: &Store, number: u128) -> Donation {
    let new = NewDonation {
        id: DonationId(Uuid::from_u128(number)),
        donor: Donor {
            account: None,
            name: LineText::parse("Ivan").unwrap(),
            email: DonorEmail::parse("ivan@example.com").unwrap(),
        },
        gift: Gift { amount: Tenge::new(5_000), trees: 10, price_per_tree: Tenge::new(500) },
        campaign: CampaignSlug::parse("trees").unwrap(),
        campaign_title: LineText::parse("Ағаш отырғызу").unwrap(),
        message: Some(LineText::parse("Рахмет").unwrap()),
        certificate_name: Some(LineText::parse("Әсел").unwrap()),
        anonymous: false,
        language: Language::Kk,
        test_mode: false,
    };
    let donation = Donation::new(new, at(0));
    store.insert(&donation, &created(&donation)).await.unwrap();
    donation
}

/// The first step of its timeline.
pub fn created(donation: &Donation) -> TimelineEntry {
    TimelineEntry {
        at: at(0),
        kind: TimelineKind::DonationCreated,
        cause: Cause { actor: domain::donation::Actor::Guest, request_id: None },
        from: donation.status(),
        to: donation.status(),
        details: [].into(),
    }
}

/// The change that begins an attempt.
pub fn start(donation: &Donation) -> Change {
    let terms = PaymentTerms { ttl: TimeDelta::minutes(30), mode: GatewayMode::Real, ended_at_gateway: None };
    match donation.plan_payment(terms, at(1), &gateway()) {
        Ok(PaymentPlan::Prepare(change)) => *change,
        other => panic!("an attempt to prepare, not {other:?}"),
    }
}

/// The change that news of the first order bring about.
pub fn news(donation: &Donation, fact: OrderFact) -> Change {
    let event = OrderEvent { attempt: 1, order_id: Some(OrderId::new(format!("order-{}", donation.id))), fact };
    let decision = donation.apply(&DonationEvent::Order(event), at(2), &gateway());
    decision.change.unwrap()
}

/// The whole amount, paid late, so that there is something to look at.
pub fn captured() -> OrderFact {
    let amount = ReportedAmount::Tenge(Tenge::new(5_000));
    OrderFact::Captured(CaptureReport {
        payment_id: Some(PaymentId::new("payment")),
        ordered: amount.clone(),
        captured: amount,
        paid_at: Some(at(100)),
    })
}

pub fn declined() -> OrderFact {
    OrderFact::Declined(Decline {
        declined_at: at(2),
        reason: DeclineReason::Unknown,
        gateway_code: Some("51".to_owned()),
    })
}

pub fn refund(amount: u32) -> OrderFact {
    OrderFact::Refunded(RefundReport {
        id: GatewayRefundId::new("refund"),
        external_id: None,
        amount: ReportedAmount::Tenge(Tenge::new(amount)),
    })
}

pub async fn save(store: &Store, change: &Change) -> Donation {
    match store.save(change).await.unwrap() {
        Save::Saved(donation) => *donation,
        Save::Conflict => panic!("nobody else writes"),
    }
}

async fn failed(store: &Store, number: u128) -> Donation {
    let started = save(store, &start(&pending(store, number).await)).await;
    save(store, &news(&started, declined())).await
}

async fn completed(store: &Store, number: u128) -> Donation {
    let started = save(store, &start(&pending(store, number).await)).await;
    save(store, &news(&started, captured())).await
}

async fn deliver(store: &Store, donation: &Donation) {
    let delivery = Delivery {
        id: DeliveryId(Uuid::from_u128(1)),
        dedup_key: "key".to_owned(),
        dialect: "events".to_owned(),
        event: "PAYMENT_CAPTURED".to_owned(),
        donation: Some(donation.id),
        outcome: DeliveryOutcome::Applied,
        body: "{}".to_owned(),
        received_at: at(2),
        request_id: None,
        copies: 1,
    };
    let recorded = DeliveryStore::record(store, &delivery, None).await;
    assert_eq!(recorded, Ok(RecordDelivery::Recorded));
}

async fn answer(store: &Store) {
    let key = IdempotencyKey { caller: "caller".to_owned(), key: "key".to_owned(), fingerprint: [1; 32] };
    let answer = StoredAnswer { status: 200, headers: Vec::new(), body: Vec::new() };
    IdempotencyStore::begin(store, &key, at(0), at(0)).await.unwrap();
    store.finish(&key, &answer, at(60)).await.unwrap();
}

async fn compare(store: &Store) {
    let mut taken = Vec::new();
    for ago in 1..=3 {
        let day = Day::of(at(0)).before(ago);
        let wanted = WantedDay { day, now: at(0), lease_until: at(10), wanted_by: WantedBy::Schedule };
        match store.take_day(&wanted).await.unwrap() {
            TakeDay::Taken(day) => taken.push(day),
            other => panic!("nobody else takes a day, but {other:?}"),
        }
    }
    let order = Difference {
        kind: DifferenceKind::PaidThereOnly,
        donation: Some(DonationId(Uuid::from_u128(2))),
        order: OrderId::new("order"),
        refund: None,
        ours: Some("prepared".to_owned()),
        gateway: Some("paid".to_owned()),
        settled: true,
    };
    let kind = DifferenceKind::RefundMissingHere;
    let refund = Difference { kind, refund: Some(GatewayRefundId::new("refund")), ..order.clone() };
    store.keep(&taken[0], &[order, refund], at(10)).await.unwrap();
    store.complete(&taken[1], &Totals::default(), at(5)).await.unwrap();
    store.break_off(&taken[2], at(5)).await.unwrap();
}

fn gateway() -> Cause {
    Cause { actor: domain::donation::Actor::Gateway, request_id: None }
}

/// Who began to pay, how it ended, and the brake.
async fn payments(store: &Store, donation: DonationId) {
    let payer = Payer { donation, client: Pseudonym([1; 16]), email: Pseudonym([2; 16]) };
    PaymentGuardStore::remember(store, &payer, at(1)).await.unwrap();
    let delivery = DeliveryId(Uuid::from_u128(1));
    let ended = PaymentEnded { delivery, donation, outcome: PaymentOutcome::Declined, heard_at: at(2) };
    store.count(&ended).await.unwrap();
    let (position, reason) = (BrakePosition::Released, Some(LineText::parse("over").unwrap()));
    store.set_brake(&Brake { position, reason, changed_at: at(3), changed_by: Actor::System }).await.unwrap();
}

/// A gateway that fails, and the mail that tells of it.
async fn told(store: &Store) {
    let alerts: &dyn AlertStore = store;
    let failure = Some(GatewayFailure::Unreachable);
    alerts.gateway_answered(&GatewayAnswer { at: at(1), failure }).await.unwrap();
    let down = Alert::of(AlertKind::GatewayDown, "gateway", at(1)).with("unreachable");
    alerts.begin(&down, at(11)).await.unwrap();
    let recipients = vec![Recipient::Address(DonorEmail::parse("operator@example.com").unwrap())];
    let told = alerts.tell(&Telling { recipients, now: at(11), gathered_since: at(1) }).await.unwrap();
    assert_eq!(told.len(), 1);
}
