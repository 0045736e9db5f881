//! Charges by schedule.

use std::sync::Arc;

use serde::Deserialize;

use super::checks::{self, Currency};
use crate::error::Refusal;
use crate::model::{
    CaptureMethod, FreeJson, Order, OrderStatus, Payment, ScheduleStatus, ScheduleUnit, Stamp, Subscription,
};
use crate::world::World;

/// `POST /v2/subscriptions`. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct NewSubscription {
    customer_id: String,
    card_id: String,
    amount: i64,
    next_pay: String,
    #[serde(rename = "currency")]
    _currency: Option<Currency>,
    description: Option<String>,
    extra_info: Option<FreeJson>,
    step: Option<u32>,
    unit: Option<ScheduleUnit>,
}

/// `POST /v2/subscriptions/{id}`. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeStatus {
    status: ScheduleStatus,
}

/// `PATCH /v2/subscriptions/{id}`. \[API\]
#[derive(Debug, Deserialize)]
pub(crate) struct ChangeSubscription {
    card_id: Option<String>,
    amount: Option<i64>,
    next_pay: Option<String>,
    description: Option<String>,
    step: Option<u32>,
    unit: Option<ScheduleUnit>,
}

/// A required date.
fn date(text: &str) -> Result<Stamp, Refusal> {
    checks::stamp("next_pay", Some(text))?.ok_or_else(|| Refusal::invalid("Поле next_pay обязательно."))
}

fn positive_step(step: Option<u32>) -> Result<(), Refusal> {
    if step == Some(0) {
        Err(Refusal::invalid("Поле step должно быть не меньше 1."))
    } else {
        Ok(())
    }
}

fn not_negative(amount: i64) -> Result<(), Refusal> {
    if amount < 0 {
        Err(Refusal::invalid("Поле amount не может быть отрицательным."))
    } else {
        Ok(())
    }
}

impl World {
    /// Starts a subscription.
    ///
    /// # Errors
    /// 400; 404 `CustomerNotFound`, `CardNotFound`.
    pub(crate) fn subscribe(&mut self, body: NewSubscription) -> Result<Arc<Subscription>, Refusal> {
        not_negative(body.amount)?;
        positive_step(body.step)?;
        let next_pay = date(&body.next_pay)?;
        let extra_info = checks::free_object_or_text(body.extra_info.as_deref())?;
        self.card_of(&body.customer_id, &body.card_id)?;
        let subscription = Subscription {
            id: self.fresh_id("sub_"),
            created_at: self.now,
            amount: body.amount,
            description: body.description,
            extra_info,
            customer_id: body.customer_id,
            card_id: body.card_id,
            status: ScheduleStatus::Active,
            anchor: next_pay,
            periods: 0,
            next_pay,
            step: body.step.unwrap_or(1),
            unit: body.unit.unwrap_or_default(),
            payments: Vec::new(),
        };
        Ok(self.put_subscription(subscription))
    }

    /// The subscription with this id.
    ///
    /// # Errors
    /// 404 `SubscriptionNotFound`. \[GUESS\] on the code.
    pub(crate) fn subscription(&self, id: &str) -> Result<Arc<Subscription>, Refusal> {
        self.subscriptions.get(id).ok_or_else(|| Refusal::not_found("SubscriptionNotFound"))
    }

    /// Pauses, resumes or ends a subscription. Dates missed while paused are skipped; an ended one stays so. \[GUESS\]
    ///
    /// # Errors
    /// 404; 400 for an ended subscription.
    pub(crate) fn change_schedule(&mut self, id: &str, body: &ChangeStatus) -> Result<Arc<Subscription>, Refusal> {
        let mut subscription = (*self.subscription(id)?).clone();
        if subscription.status == ScheduleStatus::Cancelled && body.status != ScheduleStatus::Cancelled {
            return Err(Refusal::invalid("Подписка отменена."));
        }
        subscription.status = body.status;
        while subscription.status == ScheduleStatus::Active && subscription.next_pay <= self.now {
            subscription.move_on();
        }
        Ok(self.put_subscription(subscription))
    }

    /// Changes card, amount, date, step or description of a subscription.
    ///
    /// # Errors
    /// 400; 404.
    pub(crate) fn change_subscription(
        &mut self,
        id: &str,
        body: ChangeSubscription,
    ) -> Result<Arc<Subscription>, Refusal> {
        let mut subscription = (*self.subscription(id)?).clone();
        positive_step(body.step)?;
        if let Some(card_id) = body.card_id {
            self.card_of(&subscription.customer_id, &card_id)?;
            subscription.card_id = card_id;
        }
        if let Some(amount) = body.amount {
            not_negative(amount)?;
            subscription.amount = amount;
        }
        subscription.description = body.description.or(subscription.description);
        subscription.step = body.step.unwrap_or(subscription.step);
        subscription.unit = body.unit.unwrap_or(subscription.unit);
        if let Some(next_pay) = body.next_pay {
            subscription.next_pay = date(&next_pay)?;
        }
        subscription.anchor = subscription.next_pay;
        subscription.periods = 0;
        Ok(self.put_subscription(subscription))
    }

    /// Charges a subscription whose date has come: an order is made and paid with the saved card \[API\]. A decline
    /// changes nothing in the schedule and is not repeated; every date passed is charged \[GUESS\].
    pub(super) fn charge_if_due(&mut self, id: &str) {
        let Some(subscription) = self.subscriptions.get(id) else {
            return;
        };
        if subscription.status != ScheduleStatus::Active || subscription.next_pay > self.now {
            return;
        }
        let mut after = (*subscription).clone();
        after.move_on();
        match self.card(&subscription.card_id) {
            Ok(card) => {
                let order = self.order_of_charge(&subscription);
                let payment = self.charge_card(&order, &card);
                after.payments.push(payment.id.clone());
            }
            // Without its card nothing can be charged any more.
            Err(_) => after.status = ScheduleStatus::Cancelled,
        }
        self.put_subscription(after);
    }

    fn order_of_charge(&mut self, subscription: &Subscription) -> Arc<Order> {
        let id = self.fresh_id("ord_");
        let order = Order {
            access_token: self.ids.access_token(&id),
            id,
            status: OrderStatus::Unpaid,
            created_at: self.now,
            amount: subscription.amount,
            mcc: None,
            capture_method: CaptureMethod::Auto,
            external_id: None,
            description: subscription.description.clone(),
            extra_info: subscription.extra_info.clone(),
            attempts: 1,
            due_date: None,
            customer_id: Some(subscription.customer_id.clone()),
            card_id: Some(subscription.card_id.clone()),
            back_url: None,
            success_url: None,
            failure_url: None,
            template: None,
            features: Vec::new(),
            subscription_id: Some(subscription.id.clone()),
            payments: Vec::new(),
            refunds: Vec::new(),
        };
        self.open_order(order)
    }

    /// Payments of a subscription, newest first.
    pub(crate) fn payments_of_subscription(&self, subscription: &Subscription) -> Vec<Arc<Payment>> {
        subscription.payments.iter().rev().filter_map(|id| self.payments.get(id)).collect()
    }
}
