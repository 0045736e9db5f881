//! Webhooks as Ioka writes them.

use chrono::SecondsFormat;
use domain::donation::OrderFact;
use domain::{Donation, ExternalId, Instant, OrderId, ReportedAmount};

use crate::dice::Dice;

/// What a webhook says, apart from what is made up for its body.
pub(crate) struct Webhook {
    pub(crate) event: &'static str,
    external_id: ExternalId,
    order: OrderId,
    /// The smallest thing that it is about.
    subject: String,
    amount: Option<i64>,
    reason: Option<String>,
}

impl Webhook {
    /// The webhook that tells of this; `None` if none does.
    pub(crate) fn of(donation: &Donation, (attempt, order): (u32, &OrderId), fact: &OrderFact) -> Option<Self> {
        let whole = |amount: &ReportedAmount| match amount {
            ReportedAmount::Tenge(amount) => Some(amount.get()),
            ReportedAmount::NotWholeTenge(_) => None,
        };
        let (event, subject, amount, reason) = match fact {
            OrderFact::Created { .. } | OrderFact::RefundPending(_) => return None,
            OrderFact::Captured(report) => {
                let payment = report.payment_id.as_ref()?.to_string();
                ("PAYMENT_CAPTURED", payment, whole(&report.captured), None)
            }
            OrderFact::Declined(decline) => {
                let payment = format!("{order}-{}", decline.declined_at.timestamp());
                ("PAYMENT_DECLINED", payment, None, decline.gateway_code.clone())
            }
            OrderFact::Ended => ("ORDER_EXPIRED", order.to_string(), None, None),
            OrderFact::Refunded(report) => ("REFUND_APPROVED", report.id.to_string(), whole(&report.amount), None),
            OrderFact::RefundDeclined(report) => {
                ("REFUND_DECLINED", report.id.to_string(), whole(&report.amount), Some("05".to_owned()))
            }
        };
        let external_id = ExternalId::of_attempt(donation.id, attempt);
        Some(Self { event, external_id, order: order.clone(), subject, amount, reason })
    }

    /// One that means nothing to us: the payer is asked by the bank.
    pub(crate) fn payer_is_asked(donation: &Donation, (attempt, order): (u32, &OrderId), payment: String) -> Self {
        let external_id = ExternalId::of_attempt(donation.id, attempt);
        let event = "PAYMENT_ACTION_REQUIRED";
        Self { event, external_id, order: order.clone(), subject: payment, amount: None, reason: None }
    }

    /// Two copies of it have the same.
    pub(crate) fn dedup_key(&self) -> String {
        format!("ioka:{}:{}", self.event, self.subject)
    }

    /// The body, as Ioka spells it.
    pub(crate) fn body(&self, donation: &Donation, at: Instant, dice: &mut Dice) -> String {
        let made_at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let tiyn = |tenge: i64| tenge * 100;
        let ordered = tiyn(donation.gift.amount.get());
        let (order, external_id, event, subject) = (&self.order, &self.external_id, self.event, &self.subject);
        let status = match event {
            "PAYMENT_DECLINED" | "PAYMENT_ACTION_REQUIRED" => "UNPAID",
            "ORDER_EXPIRED" => "EXPIRED",
            _ => "PAID",
        };
        let order = format!(
            r#"{{"id": "{order}", "shop_id": "shp_SeededShop", "status": "{status}", "created_at": "{made_at}", "amount": {ordered}, "currency": "KZT", "capture_method": "AUTO", "external_id": "{external_id}", "description": null, "extra_info": null, "due_date": null}}"#
        );
        let error = self.reason.as_ref().map_or_else(
            || "null".to_owned(),
            |code| format!(r#"{{"code": "{code}", "message": "The bank refused"}}"#),
        );
        let amount = self.amount.map_or(0, tiyn);
        let part = if event.starts_with("REFUND") {
            format!(
                r#", "refund": {{"id": "{subject}", "status": "{}", "created_at": "{made_at}", "amount": {amount}, "error": {error}}}"#,
                &event[7..]
            )
        } else if event.starts_with("PAYMENT") {
            let (first, last) = (dice.between(400_000, 559_999), dice.below(10_000));
            let email = donation.donor.email.as_str();
            format!(
                r#", "payment": {{"id": "{subject}", "order_id": "{}", "status": "{}", "created_at": "{made_at}", "approved_amount": {amount}, "captured_amount": {amount}, "refunded_amount": 0, "processing_fee": 0.0, "payer": {{"type": "CARD_NO_CVC", "pan_masked": "{first}******{last:04}", "expiry_date": "12/29", "holder": "CARD HOLDER", "payment_system": "VISA", "emitter": "KASPI", "email": "{email}", "phone": null, "customer_id": null, "card_id": null}}, "error": {error}, "acquirer": {{"name": "kaspi", "reference": "{}"}}}}"#,
                self.order,
                &event[8..],
                dice.below(1_000_000_000),
            )
        } else {
            String::new()
        };
        format!(r#"{{"event": "{event}", "order": {order}{part}}}"#)
    }
}

/// An order of another system's that has ended, and the webhook that tells of it.
pub(crate) fn stranger(dice: &mut Dice, at: Instant) -> (String, String) {
    let order = dice.name("ord_");
    let made_at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
    let body = format!(
        r#"{{"event": "ORDER_EXPIRED", "order": {{"id": "{order}", "shop_id": "shp_SeededShop", "status": "EXPIRED", "created_at": "{made_at}", "amount": 990000, "currency": "KZT", "capture_method": "AUTO", "external_id": "shop-{}", "description": null, "extra_info": null, "due_date": null}}}}"#,
        dice.below(1_000_000)
    );
    (order, body)
}
