//! The twin's books: what Ioka would say is true.

use std::collections::BTreeMap;

use domain::{DonationId, ExternalId};
use ioka_simulator::RunningSimulator;
use serde_json::Value;

/// What the twin knows about one donation.
#[derive(Default, Debug)]
pub struct BookedDonation {
    pub orders: Vec<BookedOrder>,
    pub refunds: Vec<BookedRefund>,
}

#[derive(Debug)]
pub struct BookedOrder {
    pub id: String,
    pub external_id: String,
    pub status: String,
    pub amount_tiyn: i64,
    pub captured_tiyn: i64,
    pub captures: usize,
}

#[derive(Debug)]
pub struct BookedRefund {
    pub id: String,
    pub order: String,
    pub external_id: Option<String>,
    pub is_approved: bool,
    pub amount_tiyn: i64,
}

pub type Books = BTreeMap<DonationId, BookedDonation>;

/// Reads the books.
pub async fn read(twin: &RunningSimulator) -> Books {
    let url = format!("{}/_simulator/state", twin.base_url());
    let state: Value = reqwest::Client::new().get(url).send().await.unwrap().json().await.unwrap();
    let mut books = Books::new();
    let mut whose = BTreeMap::new();
    for order in state["orders"].as_array().unwrap().iter().map(BookedOrder::of) {
        let (donation, _) = ExternalId::new(order.external_id.clone()).attempt().expect("a name of ours");
        whose.insert(order.id.clone(), donation);
        books.entry(donation).or_default().orders.push(order);
    }
    for refund in state["refunds"].as_array().unwrap().iter().map(BookedRefund::of) {
        books.get_mut(&whose[&refund.order]).unwrap().refunds.push(refund);
    }
    books
}

/// Ends every order that can still be paid, as its due date would.
pub async fn expire_open_orders(twin: &RunningSimulator) {
    for order in read(twin).await.values().flat_map(|donation| &donation.orders).filter(|order| order.is_payable()) {
        let url = format!("{}/_simulator/orders/{}/expire", twin.base_url(), order.id);
        assert!(reqwest::Client::new().post(url).send().await.unwrap().status().as_u16() < 400);
    }
}

impl BookedOrder {
    fn of(view: &Value) -> Self {
        let captured = |payment: &&Value| payment["status"] == "CAPTURED";
        let payments: Vec<_> = view["payments"].as_array().unwrap().iter().filter(captured).collect();
        Self {
            id: text(view, "id"),
            external_id: text(view, "external_id"),
            status: text(view, "status"),
            amount_tiyn: view["amount"].as_i64().unwrap(),
            captured_tiyn: payments.iter().map(|payment| payment["captured_amount"].as_i64().unwrap()).sum(),
            captures: payments.len(),
        }
    }

    pub fn is_payable(&self) -> bool {
        self.status == "UNPAID"
    }

    pub fn is_paid(&self) -> bool {
        self.status == "PAID"
    }
}

impl BookedRefund {
    fn of(view: &Value) -> Self {
        Self {
            id: text(view, "id"),
            order: text(view, "order_id"),
            external_id: view["external_id"].as_str().map(str::to_owned),
            is_approved: view["status"] == "APPROVED",
            amount_tiyn: view["amount"].as_i64().unwrap(),
        }
    }

    /// Its name there, our name for it, how much, and whether the money went back.
    pub fn facts(&self) -> (String, Option<String>, i64, bool) {
        (self.id.clone(), self.external_id.clone(), self.amount_tiyn, self.is_approved)
    }
}

fn text(view: &Value, field: &str) -> String {
    view[field].as_str().unwrap().to_owned()
}
