//! Making and changing an order.

use std::sync::Arc;

use serde::Deserialize;

use super::HistoryEntry;
use super::checks::{self, Currency};
use crate::error::Refusal;
use crate::model::{CaptureMethod, FreeJson, Order, OrderStatus};
use crate::world::World;

/// Payment schemes an order may be narrowed to. \[API\]
const FEATURES: &[&str] = &[
    "card_pay",
    "binding_pay",
    "subscription_binding_pay",
    "card_binding",
    "card_pay_no_cvc",
    "card_rebind",
    "apple_pay",
    "samsung_pay",
    "google_pay",
    "no_cvc",
    "force_tds",
    "force_ssl",
    "vts",
    "aft",
];

/// Attempts of an order that asks for no other number. \[API\]
const DEFAULT_ATTEMPTS: u32 = 10;

/// `POST /v2/orders`. Unknown keys are ignored. \[GUESS\]
#[derive(Debug, Deserialize)]
pub(crate) struct NewOrder {
    pub(crate) amount: i64,
    /// `KZT` if absent; nothing else exists.
    #[serde(rename = "currency")]
    _currency: Option<Currency>,
    capture_method: Option<CaptureMethod>,
    external_id: Option<String>,
    description: Option<String>,
    mcc: Option<String>,
    extra_info: Option<FreeJson>,
    attempts: Option<u32>,
    due_date: Option<String>,
    customer_id: Option<String>,
    card_id: Option<String>,
    back_url: Option<String>,
    success_url: Option<String>,
    failure_url: Option<String>,
    template: Option<String>,
    features: Option<Vec<String>>,
}

/// `PATCH /v2/orders/{id}`: only the amount. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeOrder {
    amount: i64,
}

impl NewOrder {
    fn check(&self) -> Result<(), Refusal> {
        checks::amount(self.amount)?;
        checks::length("external_id", self.external_id.as_deref(), 1, usize::MAX)?;
        checks::length("mcc", self.mcc.as_deref(), 4, 4)?;
        checks::length("customer_id", self.customer_id.as_deref(), 1, usize::MAX)?;
        checks::length("card_id", self.card_id.as_deref(), 1, usize::MAX)?;
        checks::address("back_url", self.back_url.as_deref())?;
        checks::address("success_url", self.success_url.as_deref())?;
        checks::address("failure_url", self.failure_url.as_deref())?;
        if self.attempts.is_some_and(|attempts| !(1..=50).contains(&attempts)) {
            return Err(Refusal::invalid("Поле attempts должно быть от 1 до 50."));
        }
        let unknown = self.features.iter().flatten().find(|feature| !FEATURES.contains(&feature.as_str()));
        match unknown {
            Some(feature) => Err(Refusal::invalid(format!("Неизвестное значение features: {feature}."))),
            None => Ok(()),
        }
    }
}

impl World {
    /// Makes an order.
    ///
    /// # Errors
    /// 400 for a field outside its limits \[API\], 404 `CustomerNotFound`/`CardNotFound` \[GUESS\], 409 `OrderExists`
    /// for an `external_id` the shop has used \[API\].
    pub(crate) fn create_order(&mut self, body: NewOrder) -> Result<Arc<Order>, Refusal> {
        body.check()?;
        let due_date = checks::stamp("due_date", body.due_date.as_deref())?;
        let extra_info = checks::free_object(body.extra_info.as_deref())?;
        if body.external_id.as_ref().is_some_and(|external_id| self.order_with_external_id(external_id).is_some()) {
            return Err(Refusal::conflict("OrderExists", "Заказ с указанным external_id уже существует."));
        }
        if let Some(customer_id) = &body.customer_id {
            self.customer(customer_id)?;
        }
        if let Some(card_id) = &body.card_id {
            self.card(card_id)?;
        }
        let id = self.fresh_id("ord_");
        let order = Order {
            access_token: self.ids.access_token(&id),
            id,
            status: OrderStatus::Unpaid,
            created_at: self.now,
            amount: body.amount,
            mcc: body.mcc,
            capture_method: body.capture_method.unwrap_or_default(),
            external_id: body.external_id,
            description: body.description,
            extra_info,
            attempts: body.attempts.unwrap_or(DEFAULT_ATTEMPTS),
            due_date,
            customer_id: body.customer_id,
            card_id: body.card_id,
            back_url: body.back_url,
            success_url: body.success_url,
            failure_url: body.failure_url,
            template: body.template,
            features: body.features.unwrap_or_default(),
            subscription_id: None,
            payments: Vec::new(),
            refunds: Vec::new(),
        };
        Ok(self.open_order(order))
    }

    /// Stores a new order and starts its history.
    pub(super) fn open_order(&mut self, order: Order) -> Arc<Order> {
        let order = self.put_order(order);
        self.record(HistoryEntry { name: "ORDER_CREATED", order_id: &order.id, ..HistoryEntry::default() });
        order
    }

    /// Changes the amount of an unpaid order; others are refused with a code of the same family. \[API\]\[GUESS\]
    ///
    /// # Errors
    /// 400, 404 `OrderNotFound`, 409 `OrderExpired`, `OrderHasApprovedPayment` or `PaymentStarted`.
    pub(crate) fn change_order(&mut self, order_id: &str, body: &ChangeOrder) -> Result<Arc<Order>, Refusal> {
        let order = self.order(order_id)?;
        checks::amount(body.amount)?;
        self.check_unpaid(&order)?;
        Ok(self.put_order(Order { amount: body.amount, ..(*order).clone() }))
    }
}
