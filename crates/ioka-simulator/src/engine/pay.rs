//! Starting a payment.

use std::sync::Arc;

use serde::Deserialize;

use super::HistoryEntry;
use super::checks;
use crate::cards::{self, CardData, Verdict};
use crate::error::Refusal;
use crate::faults::FaultKind;
use crate::model::{Card, CardStatus, Order, OrderStatus, Payer, Payment, PaymentStatus, Pending, Reason};
use crate::webhooks::Announcement;
use crate::world::World;

/// How long a payer may stay on the bank's page before the payment is declined. \[GUESS\]
const THREE_DS_SECONDS: u32 = 15 * 60;

/// `POST /v2/orders/{id}/payments/card`. \[API\]
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct CardPayment {
    pub(crate) pan: Option<String>,
    pub(crate) exp: Option<String>,
    pub(crate) cvc: Option<String>,
    pub(crate) holder: Option<String>,
    pub(crate) save: Option<bool>,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) card_id: Option<String>,
    pub(crate) feature: Option<Feature>,
}

/// What a payment may insist on. \[API\]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Feature {
    /// No 3-D Secure.
    ForceSsl,
    /// 3-D Secure with every card.
    ForceTds,
}

/// The money's source, and what its bank will say.
struct Source {
    payer: Payer,
    verdict: Verdict,
    save: bool,
    /// Whether the payer is there to pass 3-D Secure.
    three_ds: bool,
}

/// Whether an order can be paid now; for the page, which shows why not.
#[derive(Debug)]
pub(crate) enum Payable {
    /// It takes a payment.
    Yes,
    /// A payment runs.
    Running(Arc<Payment>),
    /// It is held or paid.
    Done,
    /// It expired.
    Expired,
    /// It has no attempts left.
    NoAttempts,
}

impl World {
    /// Whether this order can be paid now.
    pub(crate) fn payable(&self, order: &Order) -> Payable {
        match order.status {
            OrderStatus::Expired => return Payable::Expired,
            OrderStatus::Paid | OrderStatus::OnHold => return Payable::Done,
            OrderStatus::Unpaid => {}
        }
        let last = order.payments.last().and_then(|id| self.payments.get(id));
        match last {
            Some(payment) if payment.status.is_running() => Payable::Running(payment),
            _ if order.attempts == 0 => Payable::NoAttempts,
            _ => Payable::Yes,
        }
    }

    /// Passes only an unpaid order without a running payment. \[API\] on the codes, \[GUESS\] on the 409.
    pub(super) fn check_unpaid(&self, order: &Order) -> Result<(), Refusal> {
        match self.payable(order) {
            Payable::Yes | Payable::NoAttempts => Ok(()),
            Payable::Running(payment) => Err(Refusal::payment_started(&payment.id)),
            Payable::Done => Err(Refusal::conflict("OrderHasApprovedPayment", "Заказ уже оплачен.")),
            Payable::Expired => Err(Refusal::conflict("OrderExpired", "Срок действия заказа истёк.")),
        }
    }

    /// Pays an order with a card or a saved card. A decline is no error: the payment says so. \[API\]
    ///
    /// # Errors
    /// 400 for malformed card data; 404 `OrderNotFound`, `CardNotFound`; 409 `OrderExpired`,
    /// `OrderHasApprovedPayment`, `PaymentStarted`, `OrderHasNoAttemptsLeftError`.
    pub(crate) fn pay(&mut self, order_id: &str, body: &CardPayment) -> Result<Arc<Payment>, Refusal> {
        let order = self.order(order_id)?;
        self.check_unpaid(&order)?;
        if order.attempts == 0 {
            let message = "У заказа не осталось попыток оплаты.";
            return Err(Refusal::conflict("OrderHasNoAttemptsLeftError", message));
        }
        let source = self.source(&order, body)?;
        Ok(self.start_payment(&order, source))
    }

    fn source(&self, order: &Order, body: &CardPayment) -> Result<Source, Refusal> {
        let wants_three_ds = match body.feature {
            Some(Feature::ForceTds) => Some(true),
            Some(Feature::ForceSsl) => Some(false),
            None => order.features.iter().any(|feature| feature == "force_tds").then_some(true),
        };
        if let Some(card_id) = &body.card_id {
            let card = self.card(card_id)?;
            // A saved card is charged without the payer, so without 3-D Secure unless it is asked for. [DOC]
            return Ok(Source {
                payer: payer_of_card(&card, body),
                verdict: card.verdict,
                save: false,
                three_ds: wants_three_ds.unwrap_or(false),
            });
        }
        let data = card_data(body)?;
        let verdict = cards::verdict(data, self.now.month());
        let payer = Payer {
            kind: if data.cvc.is_some() { "CARD" } else { "CARD_NO_CVC" }.to_owned(),
            pan_masked: cards::mask(data.pan),
            expiry_date: data.expiry.to_owned(),
            holder: holder(body.holder.as_deref()),
            payment_system: cards::payment_system(data.pan).to_owned(),
            emitter: None,
            email: body.email.clone(),
            phone: body.phone.clone(),
            customer_id: None,
            card_id: None,
        };
        let three_ds = wants_three_ds.unwrap_or(verdict == Verdict::PaysAfterThreeDs);
        Ok(Source { payer, verdict, save: body.save.unwrap_or(false), three_ds })
    }

    /// Charges a saved card for an order the simulator itself opened.
    pub(super) fn charge_card(&mut self, order: &Order, card: &Card) -> Arc<Payment> {
        let payer = payer_of_card(card, &CardPayment::default());
        self.start_payment(order, Source { payer, verdict: card.verdict, save: false, three_ds: false })
    }

    fn start_payment(&mut self, order: &Order, source: Source) -> Arc<Payment> {
        let id = self.fresh_id("pay_");
        let refusal = source.verdict.reason();
        let three_ds = source.three_ds && refusal.is_none();
        let mut after = order.clone();
        after.payments.push(id.clone());
        after.attempts -= 1;
        self.put_order(after);
        let payment = Payment {
            order_id: order.id.clone(),
            status: PaymentStatus::Pending,
            created_at: self.now,
            approved_amount: 0,
            captured_amount: 0,
            refunded_amount: 0,
            tds: three_ds,
            payer: source.payer,
            acquirer: None,
            error: None,
            save: source.save,
            verdict: source.verdict,
            pending: None,
            capture_at: None,
            subscription_id: order.subscription_id.clone(),
            id,
        };
        self.record_payment("PAYMENT_CREATED", &payment);
        let call = self.call.clone();
        let slow = self.faults.take(&call, |kind| match kind {
            FaultKind::Pending { seconds } => Some(seconds),
            _ => None,
        });
        match slow {
            Some(seconds) => {
                let pending = Pending { at: self.now.plus_seconds(seconds), refusal, three_ds };
                self.put_payment(Payment { pending: Some(pending), ..payment })
            }
            None => self.answer_of_bank(payment, refusal, three_ds.then_some(THREE_DS_SECONDS)),
        }
    }

    /// What the bank says: a refusal, a question to the payer (who has this many seconds), or yes.
    pub(crate) fn answer_of_bank(
        &mut self,
        payment: Payment,
        refusal: Option<Reason>,
        three_ds_seconds: Option<u32>,
    ) -> Arc<Payment> {
        if let Some(refusal) = refusal {
            return self.decline(&payment, refusal);
        }
        match three_ds_seconds {
            Some(seconds) => self.require_action(payment, seconds),
            None => self.succeed(&payment),
        }
    }

    /// Sends the payer to the bank's page. A payer who never comes back is declined in time. \[GUESS\]
    fn require_action(&mut self, payment: Payment, seconds: u32) -> Arc<Payment> {
        let gone = Reason {
            code: "DATA_INPUT_TIMEOUT".into(), message: "Время подтверждения платежа истекло".into()
        };
        let pending = Pending { at: self.now.plus_seconds(seconds), refusal: Some(gone), three_ds: false };
        let payment =
            self.put_payment(Payment { status: PaymentStatus::RequiresAction, pending: Some(pending), ..payment });
        let action_url = self.settings.action_url(&payment.id);
        self.record(HistoryEntry {
            name: "PAYMENT_ACTION_REQUIRED",
            order_id: &payment.order_id,
            payment_id: Some(&payment.id),
            action_url: Some(&action_url),
            ..HistoryEntry::default()
        });
        if let Some(order) = self.orders.get(&payment.order_id) {
            self.announce(Announcement::of_payment("PAYMENT_ACTION_REQUIRED", &order, &payment));
        }
        payment
    }

    /// Lets a running payment's time run out.
    pub(super) fn settle_if_due(&mut self, payment_id: &str) {
        let Some(payment) = self.payments.get(payment_id) else {
            return;
        };
        let Some(pending) = payment.pending.clone().filter(|pending| pending.at <= self.now) else {
            return;
        };
        if payment.status.is_running() {
            let payment = Payment { pending: None, ..(*payment).clone() };
            self.answer_of_bank(payment, pending.refusal, pending.three_ds.then_some(THREE_DS_SECONDS));
        }
    }
}

/// `holder` if none is given. \[API\]
pub(super) fn holder(given: Option<&str>) -> String {
    given.map(str::trim).filter(|holder| !holder.is_empty()).unwrap_or("holder").to_owned()
}

fn payer_of_card(card: &Card, body: &CardPayment) -> Payer {
    Payer {
        kind: "BINDING".to_owned(),
        pan_masked: card.pan_masked.clone(),
        expiry_date: card.expiry_date.clone(),
        holder: card.holder.clone(),
        payment_system: card.payment_system.clone(),
        emitter: card.emitter.clone(),
        email: body.email.clone(),
        phone: body.phone.clone(),
        customer_id: Some(card.customer_id.clone()),
        card_id: Some(card.id.clone()),
    }
}

fn card_data(body: &CardPayment) -> Result<CardData<'_>, Refusal> {
    match (body.pan.as_deref(), body.exp.as_deref(), body.cvc.as_deref()) {
        (Some(pan), _, _) if !checks::is_digits(pan, 12, 19) => Err(Refusal::invalid("Поле pan заполнено неверно.")),
        (_, Some(expiry), _) if !checks::is_expiry(expiry) => Err(Refusal::invalid("Поле exp заполнено неверно.")),
        (_, _, Some(cvc)) if !checks::is_digits(cvc, 3, 4) => Err(Refusal::invalid("Поле cvc заполнено неверно.")),
        (Some(pan), Some(expiry), cvc) => Ok(CardData { pan, expiry, cvc }),
        _ => Err(Refusal::invalid("Укажите pan и exp или card_id.")),
    }
}

impl World {
    /// The saved card with this id, unless it was deleted.
    ///
    /// # Errors
    /// 404 `CardNotFound`. \[API\]
    pub(crate) fn card(&self, card_id: &str) -> Result<Arc<Card>, Refusal> {
        self.cards
            .get(card_id)
            .filter(|card| card.status == CardStatus::Approved)
            .ok_or_else(|| Refusal::not_found("CardNotFound"))
    }
}
