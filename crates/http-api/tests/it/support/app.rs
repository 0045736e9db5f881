//! The server as a test has it.

use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};
use std::thread;

use application::{House, JobRound, RefundRound, seed_campaigns, settle_pending_refunds, work_off_jobs};
use chrono::TimeDelta;
use diesel_store::Store;
use diesel_store::testing::TestDatabase;
use domain::donation::Change;
use domain::ports::{AccountStore as _, DonationStore, PasswordHasher as _, Save};
use domain::{Account, AccountId, Donation, DonationId, Language, OrderId, Role, Tenge};
use fake_gateway::FakeGateway;
use http_api::app::{Adapters, state};
use http_api::config::ServerConfig;
use http_api::security::Argon2Passwords;
use http_api::server::{Server, Stopper};
use http_api::state::AppState;
use ioka_adapter::IokaWebhookReader;
use reqwest::Method;
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use uuid::Uuid;

use super::served::Served;
use super::{Answer, Call, Mailbox, TestClock, webhook};

pub const JWT_SECRET: &str = "signs-the-tokens-of-the-integration-tests";

/// Where servers run and end. A test's own runtime may be gone before its server is.
static SERVERS: LazyLock<Runtime> = LazyLock::new(|| Runtime::new().unwrap());

pub(super) fn serve(config: &ServerConfig, adapters: &Adapters, change: impl FnOnce(&mut AppState)) -> Served {
    let mut state = state(config, adapters);
    seed(&state.house, config);
    change(&mut state);
    let house = state.house.clone();
    let server = Server::bind(config, state).unwrap();
    let (address, metrics, stopper) = (server.address(), server.metrics_address(), server.stopper());
    SERVERS.spawn(server.run());
    Served { address, metrics, stopper, house }
}

/// What `donations serve` does before it listens. On a thread of its own, since a test's runtime must not wait for another.
fn seed(house: &House, config: &ServerConfig) {
    let work = || SERVERS.block_on(seed_campaigns(house, &config.campaigns));
    thread::scope(|scope| scope.spawn(work).join()).unwrap().unwrap();
}

/// A running server with a database of its own, and the hands on the other side of its ports.
pub struct App {
    pub address: SocketAddr,
    pub gateway: Arc<FakeGateway>,
    pub clock: Arc<TestClock>,
    pub mailbox: Arc<Mailbox>,
    pub(super) served: Served,
    pub(super) config: ServerConfig,
    pub(super) adapters: Adapters,
    pub(super) database: Option<TestDatabase>,
}

impl Drop for App {
    fn drop(&mut self) {
        let stopper = self.stopper();
        SERVERS.spawn(async move { stopper.stop().await });
    }
}

/// Somebody signed in.
#[derive(Debug, Clone)]
pub struct Session {
    pub token: String,
    pub refresh_token: String,
    pub account: String,
}

impl Session {
    /// The session that an answer has opened or renewed.
    pub fn of(answer: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        Self {
            token: text(&answer["token"]),
            refresh_token: text(&answer["refresh_token"]),
            account: text(&answer["user"]["id"]),
        }
    }
}

impl App {
    /// The server, started anew on the same database and gateway, as after a crash.
    pub fn restarted(mut self) -> Self {
        let served = serve(&self.config, &self.adapters, |_| {});
        Self {
            address: served.address,
            served,
            config: self.config.clone(),
            adapters: self.adapters.clone(),
            clock: self.clock.clone(),
            gateway: self.gateway.clone(),
            mailbox: self.mailbox.clone(),
            database: self.database.take(),
        }
    }

    /// One more server on the same database and gateway, which shares nothing else with this one.
    pub fn another(&self) -> Self {
        let served = serve(&self.config, &self.adapters, |_| {});
        Self {
            address: served.address,
            served,
            config: self.config.clone(),
            adapters: self.adapters.clone(),
            clock: self.clock.clone(),
            gateway: self.gateway.clone(),
            mailbox: self.mailbox.clone(),
            database: None,
        }
    }

    /// The server, started anew on the same database with the gateway that serves when Ioka is switched off.
    pub fn without_ioka(mut self) -> Self {
        self.gateway = Arc::new(FakeGateway::new());
        self.adapters.gateway = self.gateway.clone();
        self.restarted()
    }

    /// The server, started anew after the webhooks' secret was changed and Ioka's own dialect switched off.
    pub fn with_another_secret(mut self) -> Self {
        self.adapters.webhooks = Arc::new(IokaWebhookReader::new(&"another".into(), "guide".parse().unwrap()));
        self.restarted()
    }

    /// What a server on the same database and gateway has in hand: this one or another, for they share nothing else.
    pub fn house(&self) -> House {
        state(&self.config, &self.adapters).house
    }

    pub fn stopper(&self) -> Stopper {
        self.served.stopper.clone()
    }

    /// Takes the database away while the server runs.
    pub fn lose_database(&mut self) {
        self.database = None;
    }

    /// Does something to the database past the server.
    pub fn execute(&self, statements: &str) {
        self.database.as_ref().unwrap().execute(statements);
    }

    /// Every value in every row of the database, as text.
    pub fn everything_kept(&self) -> String {
        self.database.as_ref().unwrap().everything()
    }

    /// The same without the record of who did what.
    pub fn everything_kept_but_the_record(&self) -> String {
        self.database.as_ref().unwrap().everything_but("audit_entries")
    }

    pub fn store(&self) -> &Store {
        &self.adapters.store
    }

    pub fn call(&self, method: Method, path: &str) -> Call {
        Call::new(method, format!("http://{}{path}", self.address))
    }

    pub fn get(&self, path: &str) -> Call {
        self.call(Method::GET, path)
    }

    pub fn post(&self, path: &str) -> Call {
        self.call(Method::POST, path)
    }

    /// Somebody without an account donates 5 000 ₸: the donation's id.
    pub async fn guest_donation(&self) -> String {
        let body = json!({"amount": 5000, "donor_name": "Иван Иванов", "donor_email": "ivan@example.com"});
        let donation = self.post("/api/guest-donations").json(&body).await.expect(201);
        donation["id"].as_str().unwrap().to_owned()
    }

    /// A guest wants to pay.
    pub fn pay(&self, donation: &str) -> Call {
        self.post(&format!("/api/guest-donations/{donation}/payment"))
    }

    /// A guest's donation that waits to be paid, and its order.
    pub async fn awaiting(&self) -> (String, OrderId) {
        let id = self.guest_donation().await;
        let order = self.pay(&id).await.expect(200)["order_id"].as_str().unwrap().to_owned();
        (id, OrderId::new(order))
    }

    /// A guest's donation that has been paid, and its order.
    pub async fn completed(&self) -> (String, OrderId) {
        let (id, order) = self.awaiting().await;
        self.gateway.pay(&order, Tenge::new(5000)).unwrap();
        let captured = webhook::captured(&id, order.as_str(), 5000);
        assert_eq!(self.ioka(&captured).await.expect(200)["outcome"], "applied");
        (id, order)
    }

    /// A guest's donation as the API shows it.
    pub async fn shown(&self, donation: &str) -> Value {
        self.get(&format!("/api/guest-donations/{donation}")).await.expect(200)
    }

    /// A donation as it is kept.
    pub async fn kept(&self, donation: &str) -> Donation {
        DonationStore::find(self.store(), DonationId(Uuid::try_parse(donation).unwrap())).await.unwrap().unwrap()
    }

    /// From now on the donation's first order is on record under this name.
    pub async fn call_order(&self, donation: &str, order: &str) {
        let mut record = self.kept(donation).await.into_record();
        record.version += 1;
        record.attempts[0].order_id = Some(OrderId::new(order));
        let donation = Donation::restore(record);
        let change = Change { donation, entries: Vec::new(), work: Vec::new(), certificate: None };
        assert!(matches!(self.store().save(&change).await.unwrap(), Save::Saved(_)));
    }

    /// An administrator asks for a refund.
    pub fn refund(&self, admin: &Session, donation: &str, body: &Value) -> Call {
        self.post(&format!("/api/admin/donations/{donation}/refund")).bearer(&admin.token).json(body)
    }

    /// A donation as an administrator sees it.
    pub async fn story(&self, admin: &Session, donation: &str) -> Value {
        self.get(&format!("/api/admin/donations/{donation}")).bearer(&admin.token).await.expect(200)
    }

    /// Does the background work that is due, as a server's worker does.
    pub async fn work_off(&self) -> JobRound {
        work_off_jobs(&self.house(), &|| false).await.unwrap()
    }

    /// Turns to the gateway about the refunds that are due, as a server's worker does.
    pub async fn settle_refunds(&self) -> RefundRound {
        settle_pending_refunds(&self.house()).await.unwrap()
    }

    /// Ioka tells us this, signed.
    pub fn ioka(&self, body: &str) -> Call {
        self.post("/api/webhooks/ioka").header("x-signature", &webhook::signed(body)).text(body)
    }

    /// The same in the guide's dialect.
    pub fn guide(&self, body: &str) -> Call {
        self.post("/api/webhooks/ioka").header("x-ioka-signature", &webhook::hmac(body)).text(body)
    }

    pub async fn register(&self, email: &str) -> Session {
        let body = json!({"email": email, "password": "correct horse", "name": "Асем Ким"});
        Session::of(&self.post("/api/auth/register").json(&body).await.expect(201))
    }

    /// The token in the latest mail to this address whose link leads to this page of the site.
    pub fn link(&self, email: &str, page: &str) -> String {
        let start = format!("https://charity.test/{page}?token=");
        let mails = self.mailbox.mails();
        let texts = mails.iter().filter(|mail| mail.to.as_str() == email).map(|mail| mail.text.as_str());
        let latest = texts.filter_map(|text| text.split_once(&start)).next_back();
        let (_, rest) = latest.unwrap_or_else(|| panic!("no mail to {email} has {start}"));
        rest.split_whitespace().next().unwrap().to_owned()
    }

    /// Somebody proves an address, with what the mail to it says.
    pub async fn confirm(&self, email: &str) {
        self.work_off().await;
        let body = json!({"token": self.link(email, "confirm-email")});
        self.post("/api/auth/confirm").json(&body).await.nothing();
    }

    /// An administrator, whom only the database can make, signed in.
    pub async fn admin(&self) -> Session {
        self.operator(0xad317, Role::Admin).await
    }

    /// Somebody of this role, whom only the database can make, signed in.
    pub async fn operator(&self, number: u128, role: Role) -> Session {
        let email = format!("{}@charity.kz", role.word());
        let account = Account {
            id: AccountId(Uuid::from_u128(number)),
            email: domain::DonorEmail::parse(&email).unwrap(),
            name: domain::DonorName::parse("Admin").unwrap(),
            language: Language::Ru,
            role,
            password: Argon2Passwords.hash("correct horse").await.unwrap(),
            created_at: domain::ports::Clock::now(self.clock.as_ref()),
            email_confirmed_at: None,
        };
        self.store().create(&account, None).await.unwrap();
        Session::of(&self.log_in(&email, "correct horse").await.expect(200))
    }

    /// A guest with this address donates 5 000 ₸: the donation's id.
    pub async fn guest_donation_of(&self, email: &str) -> String {
        let body = json!({
            "amount": 5000, "donor_name": "Иван Иванов", "donor_email": email, "message": "Рахмет",
            "certificate_name": "Семья Ивановых",
        });
        let donation = self.post("/api/guest-donations").json(&body).await.expect(201);
        donation["id"].as_str().unwrap().to_owned()
    }

    pub async fn log_in(&self, email: &str, password: &str) -> Answer {
        self.post("/api/auth/login").json(&json!({"email": email, "password": password})).await
    }

    /// An account's donation of so much: the donation's id.
    pub async fn donation_of(&self, session: &Session, amount: u32) -> String {
        let call = self.post("/api/donations").bearer(&session.token).json(&json!({"amount": amount}));
        self.clock.advance(TimeDelta::seconds(1));
        call.await.expect(201)["id"].as_str().unwrap().to_owned()
    }
}
