//! The charity's people: give money back, in parts or whole, some of them twice at once, and repeat what was not answered.

use std::sync::Arc;
use std::time::Duration;

use chrono::DateTime;
use diesel_store::Store;
use domain::ports::{AccountStore, PasswordHasher as _};
use domain::{Account, AccountId, DonorEmail, DonorName, Language, Role};
use http_api::security::Argon2Passwords;
use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::call::{Answer, Caller};
use crate::site::{Site, pause};
use crate::told::ToldRefund;

/// Most donations are to be left alone.
const BETWEEN: Duration = Duration::from_millis(100);

const PASSWORD: &str = "correct horse";

/// An administrator, whom only the database can make, signed in.
pub async fn hire(site: &Arc<Site>, store: &Store) -> String {
    let account = Account {
        id: AccountId(Uuid::from_u128(0xad317)),
        email: DonorEmail::parse("admin@charity.kz").unwrap(),
        name: DonorName::parse("Admin").unwrap(),
        language: Language::Ru,
        role: Role::Admin,
        password: Argon2Passwords.hash(PASSWORD).await.unwrap(),
        email_confirmed_at: None,
        created_at: DateTime::UNIX_EPOCH,
    };
    store.create(&account, None).await.unwrap();
    let caller = Caller::new(site.clone());
    let body = json!({ "email": "admin@charity.kz", "password": PASSWORD });
    for _ in caller.patience() {
        match caller.call(caller.post("/api/auth/login").json(&body)).await {
            Some(Answer { status: 200, body }) => return body["token"].as_str().unwrap().to_owned(),
            answer => caller.try_again(answer).await,
        }
    }
    panic!("nobody answers the operator, with CRASH_SEED={}", site.seed);
}

pub struct Operator {
    site: Arc<Site>,
    caller: Caller,
    dice: StdRng,
    token: String,
}

impl Operator {
    pub fn new(site: Arc<Site>, dice: StdRng, token: String) -> Self {
        Self { caller: Caller::new(site.clone()), site, dice, token }
    }

    /// One wish to give money back.
    pub async fn decide(&mut self) {
        pause(BETWEEN).await;
        let Some(donation) = self.site.told.some_paid(self.dice.random_range(0..1_000_000)) else { return };
        // The reason is the wish's own, so that its refund is known again.
        let wish = format!("{:032x}", self.dice.random::<u128>());
        let body = match self.dice.random_range(0..4) {
            0 => json!({ "reason": wish }),
            parts => json!({ "reason": wish, "amount": 500 * parts }),
        };
        if self.dice.random_ratio(1, 4) {
            tokio::join!(self.ask(&donation, &body), self.ask(&donation, &body));
        } else {
            self.ask(&donation, &body).await;
        }
    }

    /// Asks until somebody answers. Whatever becomes of it, one wish is one refund at most.
    async fn ask(&self, donation: &str, body: &Value) {
        let wish = body["reason"].as_str().unwrap();
        for _ in self.caller.patience() {
            let request = self.caller.post(&format!("/api/admin/donations/{donation}/refund"));
            let request = request.bearer_auth(&self.token).header("Idempotency-Key", wish).json(body);
            match self.caller.call(request).await {
                Some(Answer { status: 201, body }) => return self.site.told.of_refund(donation, told(wish, &body)),
                // Somebody else is at it, or was when it died.
                Some(Answer { status: 409, body }) if body["code"] == "idempotency_in_progress" => return,
                // Less is left.
                Some(Answer { status: 422, .. }) => return,
                answer => self.caller.try_again(answer).await,
            }
        }
    }
}

fn told(wish: &str, view: &Value) -> ToldRefund {
    ToldRefund {
        id: view["id"].as_str().unwrap().to_owned(),
        wish: wish.to_owned(),
        amount: view["amount"].as_i64().unwrap(),
        has_succeeded: view["status"] == "succeeded",
    }
}
