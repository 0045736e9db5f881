//! The composition root: the only place that names adapters.

use std::sync::Arc;
use std::time::Duration;

use application::{House, PaymentGuard, PseudonymSecret, Settings, UnderWay};
use certificate_pdf::PdfCertificates;
use diesel_store::{Store, StoreOptions};
use domain::donation::CheckSchedule;
use domain::ports::{
    CertificateReader, CertificateRenderer, CertificateSeals, Clock, IdGenerator, MailArchive, Mailer, PaymentGateway,
    RateLimits, Unlimited, WebhookReader,
};
use fake_gateway::FakeGateway;
use ioka_adapter::{Dialect, Dialects, IokaConfig, IokaGateway, IokaWebhookReader};
use mail::{FolderMailer, Letters, MailConfigError, MailFolder, SmtpConfig, SmtpMailer};
use secrecy::ExposeSecret as _;
use spreadsheets::SpreadsheetFiles;

use crate::config::{AppEnv, MailSettings, ServerConfig};
use crate::limits::ProcessLimits;
use crate::middleware::Drain;
use crate::monitoring::{Meter, Monitoring};
use crate::printer::OffThreadPrinter;
use crate::security::{Argon2Passwords, Ed25519Seals, JwtAccessTokens, SystemClock, SystemIds};
use crate::state::{AppState, Site};

/// The adapters that a server is built from. Tests put their own in place of some.
#[derive(Clone)]
pub struct Adapters {
    /// The database.
    pub store: Arc<Store>,
    /// Who takes the money.
    pub gateway: Arc<dyn PaymentGateway>,
    /// Who believes its webhooks.
    pub webhooks: Arc<dyn WebhookReader>,
    /// Who carries mail.
    pub mailer: Arc<dyn Mailer>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// New names.
    pub ids: Arc<dyn IdGenerator>,
}

/// Why a server cannot be built. The text tells an operator what to change.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The database cannot be opened.
    #[error("DATABASE_URL: {0}")]
    Store(#[from] diesel_store::OpenError),
    /// The gateway's client cannot be built.
    #[error("IOKA_BASE_URL, IOKA_API_KEY: {0}")]
    Gateway(String),
    /// Mail cannot be sent like that.
    #[error("SMTP_URL, MAIL_FROM: {0}")]
    Mail(#[from] MailConfigError),
}

impl Adapters {
    /// The adapters that the settings ask for. Opens the database; migrates nothing.
    ///
    /// # Errors
    /// [`BuildError`].
    pub async fn from_config(config: &ServerConfig) -> Result<Self, BuildError> {
        Ok(Self {
            store: Arc::new(open_store(config).await?),
            gateway: gateway(config)?,
            webhooks: Arc::new(IokaWebhookReader::new(&config.webhook_secret, dialects(config))),
            mailer: mailer(config)?,
            clock: Arc::new(SystemClock),
            ids: Arc::new(SystemIds),
        })
    }
}

/// How long a request waits for a connection before it is told that the server is busy.
const DATABASE_WAIT: Duration = Duration::from_secs(5);

/// The database that the settings name.
///
/// # Errors
/// [`diesel_store::OpenError`].
pub async fn open_store(config: &ServerConfig) -> Result<Store, diesel_store::OpenError> {
    let (url, pool_size) = (config.database_url.clone(), config.database_pool_size);
    let options = StoreOptions { url, pool_size, wait: DATABASE_WAIT };
    Store::open(&options).await
}

/// The webhooks' dialects that the settings name.
fn dialects(config: &ServerConfig) -> Dialects {
    let named = |dialect: &Dialect| config.webhook_dialects.iter().any(|name| name == dialect.word());
    Dialect::ALL.into_iter().filter(named).collect()
}

/// The gateway that the settings name.
///
/// # Errors
/// [`BuildError::Gateway`].
pub fn gateway(config: &ServerConfig) -> Result<Arc<dyn PaymentGateway>, BuildError> {
    let Some(ioka) = &config.ioka else { return Ok(Arc::new(FakeGateway::new())) };
    let settings = IokaConfig::new(ioka.base_url.clone(), ioka.api_key.clone(), config.gateway_timeout);
    let gateway = IokaGateway::new(&settings).map_err(|error| BuildError::Gateway(error.to_string()))?;
    Ok(Arc::new(gateway))
}

/// How long a mail server may take for one mail.
const MAIL_TIMEOUT: Duration = Duration::from_secs(30);

/// The mailer that the settings name.
///
/// # Errors
/// [`MailConfigError`].
pub fn mailer(config: &ServerConfig) -> Result<Arc<dyn Mailer>, MailConfigError> {
    let MailSettings { smtp_url, from, folder } = &config.mail;
    let Some(url) = smtp_url else { return Ok(Arc::new(FolderMailer::new(folder, from)?)) };
    let smtp = SmtpConfig { url: url.clone(), from: from.clone(), timeout: MAIL_TIMEOUT };
    Ok(Arc::new(SmtpMailer::new(&smtp)?))
}

/// Where a developer looks up mails that went to nobody; `None` where they go to somebody, and in production always.
pub fn mail_archive(config: &ServerConfig) -> Option<Arc<dyn MailArchive>> {
    let kept = config.mail.smtp_url.is_none() && config.app_env == AppEnv::Development;
    kept.then(|| Arc::new(MailFolder::new(&config.mail.folder)) as Arc<dyn MailArchive>)
}

/// Who signs certificates: the key of the settings, else the database's own.
fn seals(config: &ServerConfig, adapters: &Adapters) -> Arc<dyn CertificateSeals> {
    let (store, clock, ids) = (adapters.store.clone(), adapters.clock.clone(), adapters.ids.clone());
    Arc::new(Ed25519Seals::new(config.certificate_seed.clone(), store, clock, ids))
}

/// What stands between a client and a new order.
fn guard(config: &ServerConfig, adapters: &Adapters) -> PaymentGuard {
    let limits: Arc<dyn RateLimits> = match &config.abuse.limits {
        Some(settings) => Arc::new(ProcessLimits::new(settings, adapters.clock.clone())),
        None => Arc::new(Unlimited),
    };
    PaymentGuard {
        limits,
        records: adapters.store.clone(),
        declines: config.abuse.declines,
        secret: PseudonymSecret::new(config.jwt_secret.expose_secret().as_bytes()),
        under_way: UnderWay::default(),
    }
}

/// Who reads certificates' files.
pub fn certificate_reader() -> impl CertificateReader {
    PdfCertificates::new()
}

/// Whoever watches over the server. Numbers are kept only if somebody can ask for them.
fn monitoring(config: &ServerConfig, adapters: &Adapters) -> Monitoring {
    let on = |_| Meter::on(adapters.clock.now()).expect("every histogram has its buckets");
    let meter = config.metrics_addr.map_or_else(Meter::off, on);
    Monitoring::new(meter, adapters.store.clone(), adapters.clock.clone())
}

/// What the handlers work with.
pub fn state(config: &ServerConfig, adapters: &Adapters) -> AppState {
    let store = &adapters.store;
    let settings = Settings {
        limits: config.limits,
        payment_ttl: config.payment_ttl,
        check_schedule: CheckSchedule::new(config.reconcile_first_after),
        return_to: config.return_to.clone(),
        pages: config.pages.clone(),
        duplicates: config.duplicates,
        access_ttl: config.access_ttl,
        session_ttl: config.session_ttl,
        alerts: config.alerts.clone(),
    };
    let renderer: Arc<dyn CertificateRenderer> = Arc::new(PdfCertificates::new());
    let seals = seals(config, adapters);
    let monitoring = monitoring(config, adapters);
    let house = House {
        campaigns: store.clone(),
        donations: monitoring.donations(store.clone()),
        deliveries: monitoring.deliveries(store.clone()),
        open_orders: store.clone(),
        pending_refunds: store.clone(),
        jobs: store.clone(),
        letters: Arc::new(Letters),
        mailer: monitoring.mailer(adapters.mailer.clone()),
        reconciliations: store.clone(),
        stats: store.clone(),
        books: store.clone(),
        sheets: Arc::new(SpreadsheetFiles),
        certificates: store.clone(),
        printer: Arc::new(OffThreadPrinter::new(renderer.clone(), seals.clone())),
        renderer,
        seals,
        audit: store.clone(),
        alerts: store.clone(),
        accounts: store.clone(),
        gateway: monitoring.gateway(adapters.gateway.clone()),
        webhooks: monitoring.webhooks(adapters.webhooks.clone()),
        passwords: Arc::new(Argon2Passwords),
        tokens: Arc::new(JwtAccessTokens::new(&config.jwt_secret)),
        guard: guard(config, adapters),
        clock: adapters.clock.clone(),
        ids: adapters.ids.clone(),
        settings: Arc::new(settings),
    };
    AppState {
        house,
        idempotency: store.clone(),
        health: store.clone(),
        mail_archive: mail_archive(config),
        monitoring,
        drain: Drain::default(),
        site: Site {
            backend_url: config.backend_url.clone(),
            pages: config.pages.clone(),
            presets: config.presets.clone(),
            trusted_proxies: config.trusted_proxies.clone(),
        },
    }
}
