//! A house of mocks.
#![allow(dead_code, reason = "each test binary uses its own part")]

use std::sync::Arc;

use application::{DonationLimits, Duplicates, House, PageAddresses, ReturnAddresses, Settings};
use chrono::{DateTime, TimeDelta};
use domain::donation::CheckSchedule;
use domain::ports::*;
use domain::*;
use uuid::Uuid;

/// Ports that nobody may call; a test puts its own in the place of some.
pub struct Ports {
    pub campaigns: MockCampaignStore,
    pub donations: MockDonationStore,
    pub deliveries: MockDeliveryStore,
    pub audit: MockAuditStore,
    pub accounts: MockAccountStore,
    pub gateway: MockPaymentGateway,
    pub reconciliations: MockReconciliationStore,
    pub webhooks: MockWebhookReader,
    pub passwords: MockPasswordHasher,
    pub jobs: MockJobStore,
    pub mailer: MockMailer,
}

impl Ports {
    pub fn new() -> Self {
        let mut gateway = MockPaymentGateway::new();
        gateway.expect_mode().return_const(GatewayMode::Real);
        Self {
            campaigns: MockCampaignStore::new(),
            donations: MockDonationStore::new(),
            deliveries: MockDeliveryStore::new(),
            audit: MockAuditStore::new(),
            accounts: MockAccountStore::new(),
            gateway,
            reconciliations: MockReconciliationStore::new(),
            webhooks: MockWebhookReader::new(),
            passwords: MockPasswordHasher::new(),
            jobs: MockJobStore::new(),
            mailer: MockMailer::new(),
        }
    }

    pub fn house(self) -> House {
        let mut clock = MockClock::new();
        clock.expect_now().return_const(now());
        let mut ids = MockIdGenerator::new();
        ids.expect_next().return_const(Uuid::from_u128(9));
        ids.expect_secret().return_const([9; 32]);
        let mut letters = MockLetterWriter::new();
        letters.expect_write().returning(plainly);
        House {
            campaigns: Arc::new(self.campaigns),
            donations: Arc::new(self.donations),
            deliveries: Arc::new(self.deliveries),
            open_orders: Arc::new(MockOpenOrderStore::new()),
            pending_refunds: Arc::new(MockPendingRefundStore::new()),
            jobs: Arc::new(self.jobs),
            letters: Arc::new(letters),
            mailer: Arc::new(self.mailer),
            reconciliations: Arc::new(self.reconciliations),
            stats: Arc::new(MockStatsStore::new()),
            books: Arc::new(MockBookStore::new()),
            sheets: Arc::new(MockSpreadsheets::new()),
            certificates: Arc::new(Nothing),
            renderer: Arc::new(Nothing),
            printer: Arc::new(MockCertificatePrinter::new()),
            seals: Arc::new(Nothing),
            audit: Arc::new(self.audit),
            alerts: Arc::new(domain::ports::Untold),
            accounts: Arc::new(self.accounts),
            gateway: Arc::new(self.gateway),
            webhooks: Arc::new(self.webhooks),
            passwords: Arc::new(self.passwords),
            tokens: Arc::new(Nothing),
            clock: Arc::new(clock),
            ids: Arc::new(ids),
            guard: application::PaymentGuard::open(),
            settings: Arc::new(settings()),
        }
    }
}

/// Plays the ports that these tests have no part for.
struct Nothing;

#[async_trait::async_trait]
impl CertificateStore for Nothing {
    async fn find(&self, _: &CertificateNumber) -> Result<Option<FiledCertificate>, StoreError> {
        Ok(None)
    }
}

impl CertificateRenderer for Nothing {
    fn unprintable(&self, _: &str) -> Vec<char> {
        Vec::new()
    }

    fn render(&self, _: &CertificateSheet, _: &dyn CertificateSigner) -> Result<Vec<u8>, RenderError> {
        Err(RenderError("nothing is drawn here".to_owned()))
    }

    fn card(&self, _: &CertificateSheet) -> Result<Vec<u8>, RenderError> {
        Err(RenderError("nothing is drawn here".to_owned()))
    }
}

#[async_trait::async_trait]
impl CertificateSeals for Nothing {
    async fn signer(&self) -> Result<Arc<dyn CertificateSigner>, StoreError> {
        Err(StoreError::Failed("nothing is signed here".to_owned()))
    }

    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError> {
        Ok(Vec::new())
    }

    fn verifies(&self, _: &CertificateKey, _: &[u8], _: &CertificateSignature) -> bool {
        false
    }
}

impl AccessTokens for Nothing {
    fn issue(&self, _: &AccessGrant) -> Result<String, StoreError> {
        Ok("an access token".to_owned())
    }

    fn read(&self, _: &str, _: Instant) -> Option<AccessGrant> {
        None
    }
}

/// The facts as they are: what they look like is nothing to a use case.
fn plainly(letter: &Letter, language: Language) -> Wording {
    let text = format!("{language:?} {letter:?}");
    Wording { subject: "a letter".to_owned(), html: text.clone(), text }
}

pub fn now() -> Instant {
    DateTime::from_timestamp(1_800_000_000, 0).unwrap()
}

fn settings() -> Settings {
    let address = "https://example.kz/{donation_id}".to_owned();
    Settings {
        limits: DonationLimits { min: Tenge::new(100), max: Tenge::new(5_000_000) },
        payment_ttl: TimeDelta::minutes(60),
        check_schedule: CheckSchedule::new(TimeDelta::minutes(1)),
        pages: pages(),
        duplicates: Duplicates::Flag,
        return_to: ReturnAddresses { success: address.clone(), failure: address.clone(), back: address },
        access_ttl: TimeDelta::minutes(30),
        session_ttl: TimeDelta::days(30),
        alerts: application::AlertSettings::default(),
    }
}

fn pages() -> PageAddresses {
    let at = |path: &str| format!("https://example.kz/{path}");
    PageAddresses {
        donation: at("donations/{donation_id}"),
        certificate: at("certificates/{number}"),
        certificate_card: at("certificates/{number}.png"),
        confirm_email: at("confirm-email?token={token}"),
        reset_password: at("reset-password?token={token}"),
    }
}
