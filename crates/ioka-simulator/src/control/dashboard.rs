//! The dashboard at `/`.

use std::sync::Arc;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use askama::Template;
use serde::Serialize;

use crate::api::{Caller, Params};
use crate::checkout::{html, tenge};
use crate::model::{Order, OrderStatus, Payment, Stamp};
use crate::settings::Settings;
use crate::world::{Delivery, World};

/// Rows of each table.
const SHOWN: usize = 30;

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Dashboard<'a> {
    settings: &'a Settings,
    now: Stamp,
    order_count: usize,
    is_live: bool,
    faults: Vec<String>,
    orders: Vec<OrderLine>,
    deliveries: Vec<DeliveryLine>,
}

struct OrderLine {
    order: Arc<Order>,
    amount: String,
    status: String,
    is_open: bool,
    checkout: String,
    payments: Vec<PaymentLine>,
}

struct PaymentLine {
    status: String,
    note: String,
}

struct DeliveryLine {
    number: u64,
    event: String,
    order_id: Option<String>,
    url: String,
    state: String,
    fault: Option<&'static str>,
    answers: String,
}

/// The word that stands in JSON for a value.
fn word(value: impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn order_line(world: &World, order: &Arc<Order>) -> OrderLine {
    OrderLine {
        amount: tenge(order.amount),
        status: word(order.status),
        is_open: order.status == OrderStatus::Unpaid && order.attempts > 0,
        checkout: format!("/orders/{}", order.id),
        payments: world.payments_of(order).iter().map(|payment| payment_line(payment)).collect(),
        order: Arc::clone(order),
    }
}

fn payment_line(payment: &Payment) -> PaymentLine {
    let mut note = payment.payer.pan_masked.clone();
    if let Some(error) = &payment.error {
        note.push_str(&format!(" {}", error.code));
    }
    if payment.captured_amount > 0 {
        note.push_str(&format!(" captured {}", tenge(payment.captured_amount)));
    }
    if payment.refunded_amount > 0 {
        note.push_str(&format!(", refunded {}", tenge(payment.refunded_amount)));
    }
    PaymentLine { status: word(payment.status), note }
}

fn delivery_line(delivery: &Delivery) -> DeliveryLine {
    let words = delivery.tries.iter().map(|one| match (one.status, &one.error) {
        (Some(status), _) => status.to_string(),
        (None, error) => error.clone().unwrap_or_default(),
    });
    let answers = runs(words);
    DeliveryLine {
        number: delivery.number,
        event: delivery.event.clone(),
        order_id: delivery.order_id.clone(),
        url: delivery.url.clone(),
        state: word(delivery.state),
        fault: delivery.fault,
        answers,
    }
}

/// `500 ×3, 200`.
fn runs(words: impl Iterator<Item = String>) -> String {
    let mut runs: Vec<(String, usize)> = Vec::new();
    for word in words {
        match runs.last_mut() {
            Some((last, count)) if *last == word => *count += 1,
            _ => runs.push((word, 1)),
        }
    }
    let shown: Vec<String> =
        runs.into_iter().map(|(word, count)| if count == 1 { word } else { format!("{word} ×{count}") }).collect();
    shown.join(", ")
}

/// Orders, payments and webhooks as they are now; reloads itself every three seconds unless paused.
pub(super) async fn show(caller: Caller, params: Params) -> HttpResponse {
    let page = caller.run(|world| Dashboard {
        settings: &caller.sim.settings,
        now: world.now,
        order_count: world.orders.len(),
        is_live: params.text("live").as_deref() != Some("off"),
        faults: world.faults.views().iter().filter_map(|fault| serde_json::to_string(fault).ok()).collect(),
        orders: world.orders.rows().iter().rev().take(SHOWN).map(|order| order_line(world, order)).collect(),
        deliveries: world.deliveries.iter().rev().take(SHOWN).map(delivery_line).collect(),
    });
    html(StatusCode::OK, &page, None)
}
