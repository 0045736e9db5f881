//! Who is there, and what they have: something to find at every path that names one.

use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;

use crate::prepared::{CAMPAIGN, Known};
use crate::server::{ServerProcess, program};
use crate::webhook;

const PASSWORD: &str = "correct horse";

/// Whose tokens there are, and what they look at.
pub struct People<'a> {
    api: Api<'a>,
    pub donor: String,
    pub admin: String,
    /// An administrator whose account may go.
    pub spoiler: String,
}

impl<'a> People<'a> {
    /// Gives a server its people, and these what they need.
    pub async fn settle(server: &'a ServerProcess, settings: &[(&str, &str)]) -> Self {
        for email in ["admin@charity.kz", "spoiler@charity.kz"] {
            make_administrator(email, settings).await;
        }
        let api = Api { server, client: reqwest::Client::new() };
        let registration = json!({"email": "donor@example.com", "password": PASSWORD, "name": "Асем Ким"});
        let donor = token(&api.post("/api/auth/register", None, registration).await);
        let admin = api.log_in("admin@charity.kz").await;
        let spoiler = api.log_in("spoiler@charity.kz").await;
        let people = Self { api, donor, admin, spoiler };
        let titles = json!({"kk": "Қайың", "ru": "Берёза", "en": "Birch"});
        let campaign = json!({"slug": CAMPAIGN, "title": titles, "price_per_tree": 700});
        people.api.post("/api/admin/campaigns", Some(&people.admin), campaign).await;
        people.donate().await;
        people
    }

    async fn donate(&self) {
        let gift = json!({"amount": 5000, "message": "Рахмет"});
        for paid in [true, true, false] {
            let donation = id(&self.api.post("/api/donations", Some(&self.donor), gift.clone()).await);
            let guests = id(&self.api.post("/api/guest-donations", None, guests_gift()).await);
            if paid {
                self.api.post(&format!("/api/donations/{donation}/payment"), Some(&self.donor), json!({})).await;
                self.api.post(&format!("/api/guest-donations/{guests}/payment"), None, json!({})).await;
                let refund = json!({"amount": 1000, "reason": "asked for"});
                self.api.post(&format!("/api/admin/donations/{guests}/refund"), Some(&self.admin), refund).await;
            }
        }
        // Of another system that shares the gateway's shop.
        let event = webhook::guide("payment.succeeded", ("elsewhere-1", "ord_elsewhere"), 5000);
        let call = self.api.client.post(format!("{}/api/webhooks/ioka", self.api.server.url));
        let answer = call.header("x-ioka-signature", webhook::hmac(&event)).body(event).send().await.unwrap();
        assert_eq!(answer.status(), 200);
    }

    /// What there is to find now. Donations that a run has cancelled or given back are made good for by new ones.
    pub async fn known(&self) -> Known {
        self.donate().await;
        let all = self.api.get("/api/admin/donations?limit=100", &self.admin).await;
        let guests = |donation: &&Value| donation["donor_email"] == "guest@example.com";
        let items = all["items"].as_array().unwrap();
        Known {
            donations: self.api.ids("/api/donations?limit=6", &self.donor).await,
            guest_donations: items.iter().filter(guests).take(6).map(id).collect(),
            jobs: self.api.ids("/api/admin/jobs?limit=3", &self.admin).await,
            deliveries: self.api.ids("/api/admin/webhooks?limit=3", &self.admin).await,
            certificates: items
                .iter()
                .filter_map(|it| it["certificate"]["number"].as_str())
                .take(3)
                .map(str::to_owned)
                .collect(),
        }
    }
}

fn guests_gift() -> Value {
    json!({"amount": 5000, "donor_name": "Иван Иванов", "donor_email": "guest@example.com"})
}

fn id(item: &Value) -> String {
    item["id"].as_str().unwrap().to_owned()
}

fn token(session: &Value) -> String {
    session["token"].as_str().unwrap().to_owned()
}

/// As an operator makes one.
async fn make_administrator(email: &str, settings: &[(&str, &str)]) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(folder.path(), settings);
    command.args(["admin", "create", "--email", email, "--name", "Айман"]).stdin(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(format!("{PASSWORD}\n").as_bytes()).await.unwrap();
    assert!(child.wait().await.unwrap().success());
}

struct Api<'a> {
    server: &'a ServerProcess,
    client: reqwest::Client,
}

impl Api<'_> {
    async fn post(&self, path: &str, token: Option<&String>, body: Value) -> Value {
        let call = self.client.post(format!("{}{path}", self.server.url)).json(&body);
        let call = token.into_iter().fold(call, |call, token| call.bearer_auth(token));
        let answer = call.send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert!(status.is_success(), "{path}: {status} {text}");
        serde_json::from_str(&text).unwrap()
    }

    async fn get(&self, path: &str, token: &str) -> Value {
        let call = self.client.get(format!("{}{path}", self.server.url)).bearer_auth(token);
        call.send().await.unwrap().error_for_status().unwrap().json().await.unwrap()
    }

    async fn ids(&self, path: &str, token: &str) -> Vec<String> {
        self.get(path, token).await["items"].as_array().unwrap().iter().map(id).collect()
    }

    async fn log_in(&self, email: &str) -> String {
        token(&self.post("/api/auth/login", None, json!({"email": email, "password": PASSWORD})).await)
    }
}
