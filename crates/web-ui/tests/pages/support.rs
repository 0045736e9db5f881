//! A house in memory.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use crate::drawing::{NoPictographs, TestSeals};
use actix_web::body::{self, MessageBody};
use actix_web::dev::ServiceResponse;
use actix_web::http::{StatusCode, header};
use actix_web::{App, test, web};
use application::{DonationLimits, Duplicates, House, PageAddresses, ReturnAddresses, Settings};
use async_trait::async_trait;
use chrono::{DateTime, TimeDelta};
use domain::donation::{Change, CheckSchedule, NewDonation, TimelineEntry};
use domain::ports::{
    AccessGrant, AccessTokens, Begin, CertificateStore, Clock, DonationQuery, DonationStore, FiledCertificate,
    IdGenerator, IdempotencyKey, IdempotencyStore, InsertDonation, MockAccountStore, MockAuditStore,
    MockCertificatePrinter, MockDeliveryStore, MockJobStore, MockLetterWriter, MockMailer, MockOpenOrderStore,
    MockPasswordHasher, MockPendingRefundStore, MockReconciliationStore, MockStatsStore, MockWebhookReader,
    PaymentGateway, Save, StoreError, StoredAnswer,
};
use domain::{
    Certificate, CertificateChange, CertificateNumber, CertificateStatus, Donation, DonationId, DonationRecord, Donor,
    DonorEmail, Instant, Language, LineText, OrderId, Tenge,
};
use fake_gateway::FakeGateway;
use uuid::Uuid;
use web_ui::{Pages, pages};

use crate::given::{campaign, campaigns};

/// Donations in memory; nothing that a page does needs more.
#[derive(Default)]
pub struct MemoryStore {
    donations: Mutex<BTreeMap<DonationId, Donation>>,
    forms: Mutex<BTreeMap<String, Option<StoredAnswer>>>,
    broken: Mutex<bool>,
}

impl MemoryStore {
    pub fn put(&self, donation: Donation) {
        self.donations.lock().unwrap().insert(donation.id, donation);
    }

    pub fn all(&self) -> Vec<Donation> {
        self.donations.lock().unwrap().values().cloned().collect()
    }

    pub fn break_down(&self) {
        *self.broken.lock().unwrap() = true;
    }
}

#[async_trait]
impl DonationStore for MemoryStore {
    async fn insert(&self, donation: &Donation, _: &TimelineEntry) -> Result<InsertDonation, StoreError> {
        self.put(donation.clone());
        Ok(InsertDonation::Inserted)
    }

    async fn find(&self, id: DonationId) -> Result<Option<Donation>, StoreError> {
        if *self.broken.lock().unwrap() {
            return Err(StoreError::Failed("the disk <b>burns</b>".to_owned()));
        }
        Ok(self.donations.lock().unwrap().get(&id).cloned())
    }

    async fn find_by_order(&self, _: &OrderId) -> Result<Option<Donation>, StoreError> {
        Ok(None)
    }

    async fn list(&self, _: &DonationQuery) -> Result<Vec<Donation>, StoreError> {
        Ok(Vec::new())
    }

    async fn save(&self, change: &Change) -> Result<Save, StoreError> {
        let mut donations = self.donations.lock().unwrap();
        let mut record = change.donation.clone().into_record();
        if donations.get(&record.id).is_none_or(|stored| stored.version + 1 != record.version) {
            return Ok(Save::Conflict);
        }
        if let Some(CertificateChange::Issue(draft)) = &change.certificate {
            let number = CertificateNumber::new(draft.series(), 2026, 42);
            let (draft, status) = (draft.clone(), CertificateStatus::Valid);
            record.certificate = Some(Certificate { number, donation: record.id, draft, status });
        }
        let donation = Donation::restore(record);
        donations.insert(donation.id, donation.clone());
        Ok(Save::Saved(Box::new(donation)))
    }

    async fn timeline(&self, _: DonationId) -> Result<Vec<TimelineEntry>, StoreError> {
        Ok(Vec::new())
    }
}

#[async_trait]
impl IdempotencyStore for MemoryStore {
    async fn begin(&self, key: &IdempotencyKey, _: Instant, _: Instant) -> Result<Begin, StoreError> {
        let mut forms = self.forms.lock().unwrap();
        Ok(match forms.get(&key.key) {
            Some(Some(answer)) => Begin::Replay(answer.clone()),
            Some(None) => Begin::InProgress,
            None => {
                forms.insert(key.key.clone(), None);
                Begin::Fresh
            }
        })
    }

    async fn finish(&self, key: &IdempotencyKey, answer: &StoredAnswer, _: Instant) -> Result<(), StoreError> {
        self.forms.lock().unwrap().insert(key.key.clone(), Some(answer.clone()));
        Ok(())
    }

    async fn abandon(&self, key: &IdempotencyKey) -> Result<(), StoreError> {
        self.forms.lock().unwrap().remove(&key.key);
        Ok(())
    }
}

#[async_trait]
impl CertificateStore for MemoryStore {
    async fn find(&self, number: &CertificateNumber) -> Result<Option<FiledCertificate>, StoreError> {
        if *self.broken.lock().unwrap() {
            return Err(StoreError::Failed("the disk <b>burns</b>".to_owned()));
        }
        let donations = self.all();
        let of_number =
            |donation: &&Donation| donation.certificate.as_ref().is_some_and(|known| known.number == *number);
        let found = donations.iter().find(of_number);
        Ok(found.and_then(|donation| {
            let certificate = donation.certificate.clone()?;
            let replaced = certificate.status == CertificateStatus::Replaced;
            Some(FiledCertificate {
                campaign: donation.campaign.clone(),
                campaign_title: donation.campaign_title.clone(),
                language: donation.language,
                created_at: donation.created_at,
                replaced_by: replaced.then(|| CertificateNumber::new("TREE", 2026, 43)),
                certificate,
            })
        }))
    }
}

struct NoTokens;

impl AccessTokens for NoTokens {
    fn issue(&self, _: &AccessGrant) -> Result<String, StoreError> {
        Err(StoreError::Failed("pages issue no tokens".to_owned()))
    }

    fn read(&self, _: &str, _: Instant) -> Option<AccessGrant> {
        None
    }
}

struct StoppedClock;

impl Clock for StoppedClock {
    fn now(&self) -> Instant {
        noon()
    }
}

#[derive(Default)]
struct Counter(AtomicU64);

impl IdGenerator for Counter {
    fn next(&self) -> Uuid {
        Uuid::from_u128(u128::from(self.0.fetch_add(1, Ordering::Relaxed)) + 1)
    }

    fn secret(&self) -> [u8; 32] {
        [7; 32]
    }
}

pub fn noon() -> Instant {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap()
}

/// A site to visit.
pub struct TestSite {
    pub store: Arc<MemoryStore>,
    pub gateway: Arc<FakeGateway>,
    pub pages: Pages,
}

impl TestSite {
    /// Where orders wait for their payer.
    pub fn new() -> Self {
        Self::with(FakeGateway::that_waits())
    }

    /// Where orders are paid as the gateway pays them.
    pub fn with(gateway: FakeGateway) -> Self {
        let (store, gateway) = (Arc::new(MemoryStore::default()), Arc::new(gateway));
        let pages = Pages {
            house: house(store.clone(), gateway.clone()),
            idempotency: store.clone(),
            backend_url: "https://charity.test".to_owned(),
            request_id: |_| Some("request-1".to_owned()),
            client: |_| domain::ClientNet::of(None),
            client_address: |_| "192.0.2.1".to_owned(),
            pace: Arc::new(|| Box::new(|_| Box::pin(std::future::ready(application::Onward::GoOn)))),
            mail_archive: None,
        };
        Self { store, gateway, pages }
    }

    pub async fn send(&self, request: test::TestRequest) -> Page {
        let app = App::new().app_data(web::Data::new(self.pages.clone())).configure(pages);
        let app = test::init_service(app).await;
        Page::read(test::call_service(&app, request.to_request()).await).await
    }

    /// A file that is no text.
    pub async fn bytes(&self, path: &str) -> (StatusCode, header::HeaderMap, Vec<u8>) {
        let app = App::new().app_data(web::Data::new(self.pages.clone())).configure(pages);
        let app = test::init_service(app).await;
        let answer = test::call_service(&app, test::TestRequest::get().uri(path).to_request()).await;
        let (status, headers) = (answer.status(), answer.headers().clone());
        (status, headers, body::to_bytes(answer.into_body()).await.ok().unwrap().to_vec())
    }

    pub async fn get(&self, path: &str) -> Page {
        self.send(test::TestRequest::get().uri(path)).await
    }

    pub async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let form = test::TestRequest::post().uri(path).set_payload(body);
        self.send(form.insert_header((header::CONTENT_TYPE, "application/x-www-form-urlencoded"))).await
    }
}

fn house(store: Arc<MemoryStore>, gateway: Arc<dyn PaymentGateway>) -> House {
    House {
        campaigns: Arc::new(campaigns(vec![campaign()])),
        donations: store.clone(),
        deliveries: Arc::new(MockDeliveryStore::new()),
        open_orders: Arc::new(MockOpenOrderStore::new()),
        pending_refunds: Arc::new(MockPendingRefundStore::new()),
        jobs: Arc::new(MockJobStore::new()),
        letters: Arc::new(MockLetterWriter::new()),
        mailer: Arc::new(MockMailer::new()),
        reconciliations: Arc::new(MockReconciliationStore::new()),
        stats: Arc::new(MockStatsStore::new()),
        books: Arc::new(domain::ports::MockBookStore::new()),
        sheets: Arc::new(domain::ports::MockSpreadsheets::new()),
        certificates: store,
        renderer: Arc::new(NoPictographs),
        printer: Arc::new(MockCertificatePrinter::new()),
        seals: Arc::new(TestSeals),
        audit: Arc::new(MockAuditStore::new()),
        alerts: Arc::new(domain::ports::Untold),
        accounts: Arc::new(MockAccountStore::new()),
        gateway,
        webhooks: Arc::new(MockWebhookReader::new()),
        passwords: Arc::new(MockPasswordHasher::new()),
        tokens: Arc::new(NoTokens),
        clock: Arc::new(StoppedClock),
        ids: Arc::new(Counter::default()),
        guard: application::PaymentGuard::open(),
        settings: Arc::new(settings()),
    }
}

pub fn line<const MAX: usize>(text: &str) -> LineText<MAX> {
    LineText::parse(text).unwrap()
}

fn settings() -> Settings {
    let back = "http://localhost:3000/donations/{donation_id}";
    Settings {
        limits: DonationLimits { min: Tenge::new(100), max: Tenge::new(5_000_000) },
        payment_ttl: TimeDelta::minutes(60),
        check_schedule: CheckSchedule::new(TimeDelta::minutes(1)),
        return_to: ReturnAddresses {
            success: format!("{back}?result=success"),
            failure: format!("{back}?result=failure"),
            back: format!("{back}?result=back"),
        },
        pages: PageAddresses {
            donation: back.to_owned(),
            certificate: "https://pages.test/certificates/{number}".to_owned(),
            certificate_card: "https://pages.test/certificates/{number}.png".to_owned(),
            confirm_email: String::new(),
            reset_password: String::new(),
        },
        duplicates: Duplicates::Flag,
        access_ttl: TimeDelta::minutes(30),
        session_ttl: TimeDelta::days(30),
        alerts: application::AlertSettings::default(),
    }
}

/// A guest's donation of 5 000 ₸, `pending`, changed as the test wants it.
pub fn donation(change: impl FnOnce(&mut DonationRecord)) -> Donation {
    let new = NewDonation {
        id: DonationId(Uuid::from_u128(0x0193_f2c4_0000_7000_8000_0000_0000_0001)),
        donor: Donor {
            account: None,
            name: line("Айгүл Серікқызы"),
            email: DonorEmail::parse("aigul@example.kz").unwrap(),
        },
        gift: campaign().gift(Some(Tenge::new(5000)), None).unwrap(),
        campaign: campaign().slug,
        campaign_title: line("Ағаш отырғызу"),
        message: None,
        certificate_name: None,
        anonymous: false,
        language: Language::Kk,
        test_mode: false,
    };
    let mut record = Donation::new(new, noon()).into_record();
    change(&mut record);
    Donation::restore(record)
}

/// An answer.
pub struct Page {
    pub status: StatusCode,
    pub html: String,
    headers: header::HeaderMap,
}

impl Page {
    async fn read(answer: ServiceResponse<impl MessageBody>) -> Self {
        let (status, headers) = (answer.status(), answer.headers().clone());
        let body = body::to_bytes(answer.into_body()).await.ok().unwrap();
        Self { status, html: String::from_utf8(body.to_vec()).unwrap(), headers }
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    #[track_caller]
    pub fn has(&self, text: &str) -> &Self {
        assert!(self.html.contains(text), "{text:?} is missing in {}", self.html);
        self
    }

    #[track_caller]
    pub fn lacks(&self, text: &str) -> &Self {
        assert!(!self.html.contains(text), "{text:?} is in {}", self.html);
        self
    }
}
