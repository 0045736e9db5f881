//! A server that a test has yet to start.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use diesel_store::testing::TestDatabase;
use diesel_store::{Store, StoreOptions};
use domain::ports::PaymentGateway;
use fake_gateway::FakeGateway;
use http_api::app::Adapters;
use http_api::config::{Sources, load};
use http_api::security::SystemIds;
use http_api::state::AppState;
use ioka_adapter::IokaWebhookReader;
use tempfile::TempDir;

use super::app::{JWT_SECRET, serve};
use super::{App, Mailbox, RealMoney, TestClock, webhook};

/// A server that has yet to be started.
pub struct Setup {
    database: TestDatabase,
    store: Store,
    gateway: Arc<FakeGateway>,
    money: Arc<dyn PaymentGateway>,
    mailbox: Arc<Mailbox>,
    settings: Vec<(String, String)>,
    files: Option<TempDir>,
}

impl Setup {
    pub async fn sqlite() -> Self {
        Self::on(TestDatabase::sqlite().await)
    }

    pub async fn postgres() -> Self {
        Self::on(TestDatabase::postgres().await)
    }

    /// A server whose orders wait to be paid with real money.
    fn on(database: TestDatabase) -> Self {
        let gateway = Arc::new(FakeGateway::that_waits());
        let money = Arc::new(RealMoney(gateway.clone()));
        let settings = [
            ("PORT", "0"),
            ("DATABASE_URL", database.url()),
            ("FRONTEND_URL", "https://charity.test"),
            ("BACKEND_URL", "https://api.charity.test"),
            ("JWT_SECRET", JWT_SECRET),
            ("IOKA_WEBHOOK_SECRET", webhook::KEY),
            // All of a test comes from one address.
            ("RATE_LIMIT_ENABLED", "false"),
        ];
        let settings = settings.map(|(key, value)| (key.to_owned(), value.to_owned())).to_vec();
        let store = database.store().clone();
        Self { database, store, gateway, money, mailbox: Arc::default(), settings, files: None }
    }

    /// With a store that gives up soon when the database does not answer.
    pub async fn impatient(mut self) -> Self {
        let options = StoreOptions { url: self.database.url().into(), pool_size: 8, wait: Duration::from_secs(3) };
        self.store = Store::open(&options).await.unwrap();
        self
    }

    /// With the gateway that serves when Ioka is switched off: every order is paid at once.
    pub fn without_ioka(mut self) -> Self {
        self.gateway = Arc::new(FakeGateway::new());
        self.money = self.gateway.clone();
        self
    }

    pub fn with(mut self, key: &str, value: &str) -> Self {
        self.settings.push((key.to_owned(), value.to_owned()));
        self
    }

    /// With this file in `config/`.
    pub fn with_file(mut self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let folder = self.files.get_or_insert_with(|| tempfile::tempdir().unwrap());
        fs::write(folder.path().join(name), bytes).unwrap();
        self
    }

    /// A server as it is delivered: with its limits.
    pub fn limited(self) -> App {
        self.with("RATE_LIMIT_ENABLED", "true").with("TRUSTED_PROXIES", "127.0.0.1").start()
    }

    pub fn itself(self) -> Self {
        self
    }

    pub fn start(self) -> App {
        self.start_with(|_| {})
    }

    /// Starts it after `change` has put other ports in place.
    pub fn start_with(self, change: impl FnOnce(&mut AppState)) -> App {
        let settings: Vec<_> = self.settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let folder = self.files.as_ref().map(|folder| folder.path().to_owned());
        let config = load(&Sources { folder, ..Sources::of(&settings) }).unwrap();
        let clock = Arc::new(TestClock::default());
        let dialects = config.webhook_dialects.join(",").parse().unwrap();
        let adapters = Adapters {
            store: Arc::new(self.store),
            gateway: self.money,
            webhooks: Arc::new(IokaWebhookReader::new(&config.webhook_secret, dialects)),
            mailer: self.mailbox.clone(),
            clock: clock.clone(),
            ids: Arc::new(SystemIds),
        };
        let served = serve(&config, &adapters, change);
        App {
            address: served.address,
            served,
            config,
            adapters,
            clock,
            gateway: self.gateway,
            mailbox: self.mailbox,
            database: Some(self.database),
        }
    }
}
