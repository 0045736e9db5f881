//! The few rules of Ioka's that a gateway's promises rest on: names are unique, money is not given back twice.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard};

use serde_json::{Value, json};

use crate::support::server::{Reply, Request, Server};

pub struct MiniIoka {
    pub server: Server,
    books: Arc<Mutex<Books>>,
}

#[derive(Default)]
pub struct Books {
    orders: Vec<Order>,
    pub faults: VecDeque<Fault>,
    pub next_refund: Option<&'static str>,
}

pub enum Fault {
    LoseAnswer,
    Unavailable,
}

struct Order {
    body: Value,
    payments: Vec<Value>,
    refunds: Vec<Value>,
}

impl MiniIoka {
    pub async fn start() -> Self {
        let books = Arc::new(Mutex::new(Books::default()));
        let shared = Arc::clone(&books);
        let server = Server::start(move |request| shared.lock().unwrap().reply(&request)).await;
        Self { server, books }
    }

    pub fn books(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap()
    }
}

impl Books {
    fn reply(&mut self, request: &Request) -> Reply {
        match self.faults.pop_front() {
            Some(Fault::Unavailable) => return Reply::Answer(503, String::new()),
            Some(Fault::LoseAnswer) => {
                self.answer(request);
                return Reply::Cut;
            }
            None => {}
        }
        let (status, body) = self.answer(request);
        Reply::Answer(status, body.to_string())
    }

    fn answer(&mut self, request: &Request) -> (u16, Value) {
        let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
        let segments: Vec<_> = path.trim_start_matches("/v2/").split('/').collect();
        let body = serde_json::from_str(&request.body).unwrap_or(Value::Null);
        match (request.method.as_str(), segments.as_slice()) {
            ("POST", ["orders"]) => self.create_order(body),
            ("GET", ["orders"]) => self.list(query),
            ("GET", ["search", "refunds"]) => {
                let refunds = self.orders.iter().rev().flat_map(|order| order.refunds.iter().rev());
                let data: Vec<_> = page_of(refunds.cloned(), query).collect();
                (200, json!({ "data": data }))
            }
            ("GET", ["orders", id]) => self.of(id, |order| (200, order.body.clone())),
            ("GET", ["orders", id, "payments"]) => self.of(id, |order| (200, order.payments.clone().into())),
            ("GET", ["orders", id, "refunds"]) => self.of(id, |order| (200, order.refunds.clone().into())),
            ("GET", ["orders", id, "refunds", refund]) => self.of(id, |order| {
                let found = order.refunds.iter().find(|known| known["id"] == *refund);
                found.map_or_else(|| error(404, "RefundNotFound"), |refund| (200, refund.clone()))
            }),
            ("POST", ["orders", id, "refunds"]) => {
                let status = self.next_refund.take().unwrap_or("APPROVED");
                self.of(id, |order| order.refund(&body, status))
            }
            _ => error(404, "NotFound"),
        }
    }

    fn create_order(&mut self, mut body: Value) -> (u16, Value) {
        if self.orders.iter().any(|order| order.body["external_id"] == body["external_id"]) {
            return error(409, "OrderExists");
        }
        let id = format!("ord_{:010}", self.orders.len() + 1);
        body["checkout_url"] = json!(format!("https://checkout.example/orders/{id}"));
        body["status"] = json!("UNPAID");
        body["id"] = json!(id);
        body["created_at"] = json!(format!("2026-01-15T09:30:00.{:06}", self.orders.len()));
        self.orders.push(Order { body: body.clone(), payments: Vec::new(), refunds: Vec::new() });
        (201, json!({ "order": body, "order_access_token": "…" }))
    }

    /// Filters by the beginning of the name and not by time, and does not say how many there are: worse than Ioka would.
    fn list(&self, query: &str) -> (u16, Value) {
        let wanted = query.split('&').find_map(|pair| pair.strip_prefix("external_id="));
        let orders = self.orders.iter().rev().filter(|order| {
            wanted.is_none_or(|wanted| order.body["external_id"].as_str().unwrap().starts_with(wanted))
        });
        (200, page_of(orders.map(|order| order.body.clone()), query).collect())
    }

    fn of(&mut self, id: &str, answer: impl FnOnce(&mut Order) -> (u16, Value)) -> (u16, Value) {
        match self.orders.iter_mut().find(|order| order.body["id"] == *id) {
            Some(order) => answer(order),
            None => error(404, "OrderNotFound"),
        }
    }

    /// A payment of so many tiyn; none of them is a decline.
    pub fn pay(&mut self, id: &str, tiyn: Option<i64>) {
        self.of(id, |order| {
            let number = order.payments.len() + 1;
            let status = if tiyn.is_some() { "CAPTURED" } else { "DECLINED" };
            order.payments.insert(
                0,
                json!({
                    "id": format!("pay_{number}"), "status": status, "captured_amount": tiyn.unwrap_or(0),
                    "created_at": "2026-01-15T09:31:02.000001", "processing_fee": 0.0,
                }),
            );
            if tiyn.is_some() {
                order.body["status"] = json!("PAID");
            }
            (200, Value::Null)
        });
    }

    pub fn expire(&mut self, id: &str) {
        self.of(id, |order| {
            order.body["status"] = json!("EXPIRED");
            (200, Value::Null)
        });
    }

    pub fn approve_refund(&mut self, id: &str) {
        for refund in self.orders.iter_mut().flat_map(|order| &mut order.refunds) {
            if refund["id"] == *id {
                refund["status"] = json!("APPROVED");
            }
        }
    }
}

impl Order {
    fn refund(&mut self, body: &Value, status: &str) -> (u16, Value) {
        if self.refunds.iter().any(|refund| refund["external_id"] == body["external_id"]) {
            return error(409, "RefundExists");
        }
        if self.body["status"] != "PAID" {
            return error(409, "OrderUnpaid");
        }
        let tiyn = |amount: &Value| amount.as_i64().unwrap();
        let counted = self.refunds.iter().filter(|refund| refund["status"] != "DECLINED");
        let given_back: i64 = counted.map(|refund| tiyn(&refund["amount"])).sum();
        let captured: i64 = self.payments.iter().map(|payment| tiyn(&payment["captured_amount"])).sum();
        if given_back + tiyn(&body["amount"]) > captured {
            return error(400, "PaymentRefundAmountExceededError");
        }
        let made = json!({
            "id": format!("rfd_{}", self.refunds.len() + 1), "status": status, "amount": body["amount"],
            "order_id": self.body["id"],
            "external_id": body["external_id"], "created_at": "2026-01-16T10:00:00.000000",
        });
        self.refunds.push(made.clone());
        (200, made)
    }
}

/// The part of a list that the query asks for.
fn page_of(all: impl Iterator<Item = Value>, query: &str) -> impl Iterator<Item = Value> {
    let number = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.parse::<usize>().ok());
    let (page, limit) = (number("page=").unwrap_or(1), number("limit=").unwrap_or(10));
    all.skip((page - 1) * limit).take(limit)
}

fn error(status: u16, code: &str) -> (u16, Value) {
    (status, json!({ "code": code, "message": "…" }))
}
