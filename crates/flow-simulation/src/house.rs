//! A server: the simulated ports, plugged in as the product's composition root does it.

use std::sync::Arc;

use application::{DonationLimits, House, PageAddresses, ReturnAddresses, Settings};
use async_trait::async_trait;
use chrono::TimeDelta;
use domain::audit::AuditEntry;
use domain::donation::CheckSchedule;
use domain::ports::{
    AccessGrant, AccessTokens, AccountStore, AskWaiting, AuditQuery, AuditStore, CertificateRenderer, CertificateSeals,
    CertificateSheet, CertificateSigner, ConfirmWish, CreateAccount, DaySpan, DonationStep, Figures, FileFormat,
    OpenSession, PasswordHasher, Proved, RenderError, Renewal, Renewed, ResetWish, Series, Sheet, ShownToken,
    SpreadsheetError, SpreadsheetFile, Spreadsheets, Stamp, StatsStore, StoreError, Waiting,
};
use domain::reconciliation::Bucket;
use domain::{
    Account, AccountId, AccountToken, BrowserSession, CertificateKey, CertificateSignature, DonorEmail, Instant, JobId,
    PasswordHash, Session, SessionId, Tenge, TokenHash,
};

use crate::gateway::{SimGateway, SimReader};
use crate::letters::{SimLetters, SimPrinter};
use crate::mailer::SimMailer;
use crate::nature::SimNature;
use crate::one_campaign::OneCampaign;
use crate::plan::Setting;
use crate::stage::Stage;
use crate::store::SimStore;
use crate::world::World;

/// One of the servers of a history.
pub fn server(number: usize, world: &Arc<World>, stage: &Arc<Stage>, setting: &Setting) -> House {
    let store = Arc::new(SimStore::new(world.clone(), stage.clone(), number));
    let ahead = setting.clocks_ahead_s.get(number).copied().unwrap_or(0);
    let nature = Arc::new(SimNature::new(world.clone(), TimeDelta::seconds(ahead)));
    let nothing = Arc::new(Nothing);
    House {
        campaigns: Arc::new(OneCampaign),
        donations: store.clone(),
        deliveries: store.clone(),
        open_orders: store.clone(),
        pending_refunds: store.clone(),
        jobs: store.clone(),
        reconciliations: store.clone(),
        letters: Arc::new(SimLetters),
        mailer: Arc::new(SimMailer::new(world.clone(), number)),
        stats: nothing.clone(),
        certificates: store,
        renderer: nothing.clone(),
        printer: Arc::new(SimPrinter),
        seals: nothing.clone(),
        books: Arc::new(stage.store.clone()),
        sheets: nothing.clone(),
        audit: nothing.clone(),
        alerts: Arc::new(domain::ports::Untold),
        accounts: nothing.clone(),
        gateway: Arc::new(SimGateway::new(world.clone(), number)),
        webhooks: Arc::new(SimReader::new(world.clone())),
        passwords: nothing.clone(),
        tokens: nothing,
        clock: nature.clone(),
        ids: nature,
        guard: application::PaymentGuard::open(),
        settings: Arc::new(settings(setting)),
    }
}

fn settings(setting: &Setting) -> Settings {
    let address = "https://example.kz/{donation_id}".to_owned();
    Settings {
        limits: DonationLimits { min: Tenge::new(1), max: Tenge::new(5_000_000) },
        payment_ttl: TimeDelta::minutes(60),
        check_schedule: CheckSchedule::new(TimeDelta::minutes(1)),
        return_to: ReturnAddresses { success: address.clone(), failure: address.clone(), back: address },
        pages: PageAddresses {
            donation: "https://example.kz/{donation_id}".to_owned(),
            certificate: "https://example.kz/{number}".to_owned(),
            certificate_card: "https://example.kz/{number}.png".to_owned(),
            confirm_email: "https://example.kz/{token}".to_owned(),
            reset_password: "https://example.kz/{token}".to_owned(),
        },
        duplicates: setting.duplicates,
        access_ttl: TimeDelta::minutes(30),
        session_ttl: TimeDelta::days(30),
        alerts: application::AlertSettings::default(),
    }
}

/// Plays the ports that no history has a part for.
struct Nothing;

fn no_part<T>() -> Result<T, StoreError> {
    Err(StoreError::Failed("nobody signs in here".to_owned()))
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

#[async_trait]
impl CertificateSeals for Nothing {
    async fn signer(&self) -> Result<Arc<dyn CertificateSigner>, StoreError> {
        no_part()
    }

    async fn keys(&self) -> Result<Vec<CertificateKey>, StoreError> {
        no_part()
    }

    fn verifies(&self, _: &CertificateKey, _: &[u8], _: &CertificateSignature) -> bool {
        false
    }
}

impl AccessTokens for Nothing {
    fn issue(&self, _: &AccessGrant) -> Result<String, StoreError> {
        no_part()
    }

    fn read(&self, _: &str, _: Instant) -> Option<AccessGrant> {
        None
    }
}

#[async_trait]
impl AuditStore for Nothing {
    async fn append(&self, _: &AuditEntry) -> Result<(), StoreError> {
        no_part()
    }

    async fn list(&self, _: &AuditQuery) -> Result<Vec<AuditEntry>, StoreError> {
        no_part()
    }
}

#[async_trait]
impl StatsStore for Nothing {
    async fn series(&self, _: &DaySpan, _: Bucket) -> Result<Series, StoreError> {
        no_part()
    }

    async fn figures(&self, _: &[DaySpan]) -> Result<Vec<Figures>, StoreError> {
        no_part()
    }

    async fn waiting(&self, _: &AskWaiting) -> Result<Waiting, StoreError> {
        no_part()
    }
}

#[async_trait]
impl Spreadsheets for Nothing {
    async fn begin(&self, _: FileFormat, _: Vec<Sheet>) -> Result<Box<dyn SpreadsheetFile>, SpreadsheetError> {
        Err(SpreadsheetError("nothing is written here".to_owned()))
    }
}

#[async_trait]
impl PasswordHasher for Nothing {
    async fn hash(&self, _: &str) -> Result<PasswordHash, StoreError> {
        no_part()
    }

    async fn verify<'a>(&self, _: &str, _: Option<&'a PasswordHash>) -> Result<bool, StoreError> {
        no_part()
    }
}

#[async_trait]
impl AccountStore for Nothing {
    async fn create(&self, _: &Account, _: Option<JobId>) -> Result<CreateAccount, StoreError> {
        no_part()
    }

    async fn find(&self, _: AccountId) -> Result<Option<Account>, StoreError> {
        no_part()
    }

    async fn find_by_email(&self, _: &DonorEmail) -> Result<Option<Account>, StoreError> {
        no_part()
    }

    async fn open_session(&self, _: &Session, _: &PasswordHash) -> Result<OpenSession, StoreError> {
        no_part()
    }

    async fn account_of_session(&self, _: SessionId, _: Instant) -> Result<Option<Account>, StoreError> {
        no_part()
    }

    async fn renew(&self, _: &Renewal) -> Result<Renewed, StoreError> {
        no_part()
    }

    async fn end_session(&self, _: &TokenHash) -> Result<Option<AccountId>, StoreError> {
        no_part()
    }

    async fn open_browser_session(&self, _: &BrowserSession, _: &PasswordHash) -> Result<OpenSession, StoreError> {
        no_part()
    }

    async fn browser_session(
        &self,
        _: &TokenHash,
        _: Instant,
    ) -> Result<Option<(BrowserSession, Account)>, StoreError> {
        no_part()
    }

    async fn prolong_browser_session(&self, _: &TokenHash, _: Instant) -> Result<(), StoreError> {
        no_part()
    }

    async fn end_browser_session(&self, _: &TokenHash) -> Result<Option<AccountId>, StoreError> {
        no_part()
    }

    async fn end_all_sessions(&self, _: AccountId) -> Result<(), StoreError> {
        no_part()
    }

    async fn queue_confirm(&self, _: &ConfirmWish) -> Result<(), StoreError> {
        no_part()
    }

    async fn queue_reset(&self, _: &ResetWish) -> Result<(), StoreError> {
        no_part()
    }

    async fn keep_token(&self, _: &AccountToken) -> Result<(), StoreError> {
        no_part()
    }

    async fn account_of_token(&self, _: &ShownToken) -> Result<Option<AccountId>, StoreError> {
        no_part()
    }

    async fn confirm_email(&self, _: &TokenHash, _: &Stamp) -> Result<Option<Proved>, StoreError> {
        no_part()
    }

    async fn reset_password(&self, _: &TokenHash, _: &PasswordHash, _: &Stamp) -> Result<Option<Proved>, StoreError> {
        no_part()
    }

    async fn join_donations(&self, _: AccountId, _: &Stamp) -> Result<Vec<DonationStep>, StoreError> {
        no_part()
    }

    async fn erase(&self, _: AccountId, _: &Stamp) -> Result<Vec<DonationStep>, StoreError> {
        no_part()
    }
}
