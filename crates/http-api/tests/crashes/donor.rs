//! One donor after another: gives, tries to pay, repeats what was not answered, and notes what was answered.

use std::sync::Arc;

use rand::RngExt as _;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use crate::agreement;
use crate::call::{Answer, Caller};
use crate::site::Site;

pub struct Donor {
    site: Arc<Site>,
    dice: StdRng,
    caller: Caller,
}

impl Donor {
    pub fn new(site: Arc<Site>, dice: StdRng) -> Self {
        Self { caller: Caller::new(site.clone()), site, dice }
    }

    /// A donation and whatever the dice make of it.
    pub async fn visit(&mut self) {
        let Some(donation) = self.donate().await else { return };
        for _ in 0..self.dice.random_range(1..=3) {
            let Some(order) = self.begin_payment(&donation).await else { break };
            self.at_the_checkout(&donation, &order).await;
        }
        self.look_at(&donation).await;
        let earlier = self.site.told.some_donation(self.dice.random_range(0..1_000_000));
        self.look_at(&earlier.unwrap()).await;
    }

    async fn donate(&mut self) -> Option<String> {
        let key = format!("{:032x}", self.dice.random::<u128>());
        let amount = self.dice.random_range(1..=100) * 500;
        let body = json!({ "amount": amount, "donor_name": "Айгүл", "donor_email": "aigul@example.com" });
        let donation = self.create(&key, &body).await?;
        if self.dice.random_ratio(1, 4) {
            // The answer came, and the browser sends the form again. A server that died before it had kept the answer
            // does not know it; but it never gives two answers.
            let again = self.create(&key, &body).await;
            if again.as_ref().is_some_and(|again| *again != donation) {
                self.site.told.wrong(format!("{donation}: the same Idempotency-Key made {again:?}"));
            }
        }
        Some(donation)
    }

    async fn create(&self, key: &str, body: &Value) -> Option<String> {
        for _ in self.caller.patience() {
            let request = self.caller.post("/api/guest-donations").header("Idempotency-Key", key).json(body);
            match self.caller.call(request).await {
                Some(Answer { status: 201, body }) => {
                    self.site.told.of_donation(&body);
                    return Some(body["id"].as_str().unwrap().to_owned());
                }
                // Taken by a server that died: nobody answers for it now.
                Some(Answer { status: 409, .. }) => return None,
                answer => self.caller.try_again(answer).await,
            }
        }
        None
    }

    /// The order to pay by; `None` if it is paid, or nobody answers.
    async fn begin_payment(&mut self, donation: &str) -> Option<String> {
        if !self.dice.random_ratio(1, 3) {
            return self.ask_to_pay(donation).await;
        }
        let (one, other) = tokio::join!(self.ask_to_pay(donation), self.ask_to_pay(donation));
        // They may differ: the first had expired, and the other tab heard of it. Paid twice it cannot be.
        if one.is_some() && other.is_some() && one != other {
            let doubled = agreement::one_payable_order_each(&self.site).await;
            doubled.into_iter().for_each(|doubled| self.site.told.wrong(doubled));
        }
        one.or(other)
    }

    async fn ask_to_pay(&self, donation: &str) -> Option<String> {
        for _ in self.caller.patience() {
            match self.caller.call(self.caller.post(&format!("/api/guest-donations/{donation}/payment"))).await {
                Some(Answer { status: 200, body }) => {
                    let order = body["order_id"].as_str().unwrap();
                    self.site.told.of_order(donation, order);
                    return Some(order.to_owned());
                }
                Some(Answer { status: 409, body }) => {
                    assert_eq!(body["code"], "already_paid", "{body}");
                    self.site.told.of_payment(donation);
                    return None;
                }
                answer => self.caller.try_again(answer).await,
            }
        }
        None
    }

    async fn at_the_checkout(&mut self, donation: &str, order: &str) {
        match self.dice.random_range(0..12) {
            0 => {}
            1 | 2 => self.at_twin(order, "decline").await,
            3 => self.at_twin(order, "expire").await,
            4 => self.cancel(donation).await,
            5 => {
                self.cancel(donation).await;
                self.at_twin(order, "pay").await;
            }
            6 => {
                self.at_twin(order, "decline").await;
                self.at_twin(order, "pay").await;
            }
            7 => {
                tokio::join!(self.at_twin(order, "pay"), self.at_twin(order, "pay"));
            }
            8 => {
                self.at_twin(order, "pay").await;
                self.refund_in_the_panel(order).await;
            }
            _ => self.at_twin(order, "pay").await,
        }
    }

    async fn cancel(&self, donation: &str) {
        for _ in self.caller.patience() {
            match self.caller.call(self.caller.post(&format!("/api/guest-donations/{donation}/cancel"))).await {
                Some(Answer { status: 200, body }) => return self.site.told.of_donation(&body),
                Some(Answer { status: 409, .. }) => return,
                answer => self.caller.try_again(answer).await,
            }
        }
    }

    async fn look_at(&self, donation: &str) {
        for _ in self.caller.patience() {
            match self.caller.call(self.caller.get(&format!("/api/guest-donations/{donation}"))).await {
                Some(Answer { status: 200, body }) => return self.site.told.of_donation(&body),
                answer => self.caller.try_again(answer).await,
            }
        }
    }

    /// Presses a button in the payer's stead. The twin never fails; what can no longer be done, it refuses.
    async fn at_twin(&self, order: &str, action: &str) {
        let url = format!("{}/_simulator/orders/{order}/{action}", self.site.twin.base_url());
        let status = self.caller.client.post(url).send().await.unwrap().status().as_u16();
        assert!(status < 400 || status == 409, "{action}: {status}");
    }

    /// What a person does in Ioka's own panel, of which we hear by webhook.
    async fn refund_in_the_panel(&mut self, order: &str) {
        let amount = 100 * 500 * self.dice.random_range(1..=3);
        let url = format!("{}/v2/orders/{order}/refunds", self.site.twin.base_url());
        let request = self.caller.client.post(url).header("API-KEY", self.site.twin.api_key());
        let status = request.json(&json!({ "amount": amount })).send().await.unwrap().status().as_u16();
        assert!(status < 500, "{status}");
    }
}
