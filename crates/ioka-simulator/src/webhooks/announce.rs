//! Turning an event into deliveries.

use crate::faults::{Call, FaultKind};
use crate::model::{Card, Customer, Order, Payment, Refund, Webhook};
use crate::options::{CancelSpelling, WebhookDialect};
use crate::world::{Delivery, DeliveryState, Dispatch, World};

use super::body::ioka_body;
use super::guide::guide_body;
use super::sign::{hmac_hex, ioka_signature};

/// What happened, and to what. \[API\]
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Announcement<'a> {
    pub(crate) event: &'static str,
    pub(crate) order: Option<&'a Order>,
    pub(crate) payment: Option<&'a Payment>,
    pub(crate) refund: Option<&'a Refund>,
    pub(crate) customer: Option<&'a Customer>,
    pub(crate) card: Option<&'a Card>,
}

impl<'a> Announcement<'a> {
    /// An event of an order alone.
    pub(crate) fn of_order(event: &'static str, order: &'a Order) -> Self {
        Self { event, order: Some(order), ..Self::default() }
    }

    /// An event of a payment.
    pub(crate) fn of_payment(event: &'static str, order: &'a Order, payment: &'a Payment) -> Self {
        Self { payment: Some(payment), ..Self::of_order(event, order) }
    }

    /// An event of a saved card.
    pub(crate) fn of_card(event: &'static str, customer: &'a Customer, card: &'a Card) -> Self {
        Self { event, customer: Some(customer), card: Some(card), ..Self::default() }
    }

    /// Deliveries about one order keep their order, as do those about one customer.
    fn lane(&self) -> &str {
        let order = self.order.map(|order| order.id.as_str());
        order.or(self.customer.map(|customer| customer.id.as_str())).unwrap_or_default()
    }
}

/// A body ready to go.
struct Written {
    header: &'static str,
    signature: String,
    body: String,
}

/// The key a wrong signature is made with.
const WRONG_KEY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

impl World {
    /// Queues a webhook for every receiver registered for the event; the shop's receivers get all its orders. \[3P\]
    pub(crate) fn announce(&mut self, about: Announcement<'_>) {
        let receivers: Vec<_> = self
            .webhooks
            .rows()
            .iter()
            .filter(|webhook| !webhook.deleted && webhook.events.iter().any(|event| event == about.event))
            .cloned()
            .collect();
        for receiver in receivers {
            self.queue(&receiver, &about);
        }
    }

    fn queue(&mut self, receiver: &Webhook, about: &Announcement<'_>) {
        let path = url::Url::parse(&receiver.url).map(|url| url.path().to_owned()).unwrap_or_default();
        let call = Call { method: "POST".to_owned(), path, event: Some(about.event.to_owned()) };
        let is = |wanted: FaultKind| move |kind: FaultKind| (kind == wanted).then_some(());
        // A receiver of the guide's dialect hears nothing of most events, and then no fault is used up.
        let Some(mut written) = self.write(&receiver.key, about) else {
            return;
        };
        let has_wrong_signature = self.faults.take(&call, is(FaultKind::WebhookWrongSignature)).is_some();
        if let (true, Some(wrong)) = (has_wrong_signature, self.write(WRONG_KEY, about)) {
            written = wrong;
        }
        if self.faults.take(&call, is(FaultKind::WebhookLost)).is_some() {
            self.keep(receiver, about, &written, Some("webhook_lost"));
            return;
        }
        let late = self.faults.take(&call, |kind| match kind {
            FaultKind::WebhookLate { seconds } => Some(seconds),
            _ => None,
        });
        let is_held_back = self.faults.take(&call, is(FaultKind::WebhookReordered)).is_some();
        let is_doubled = self.faults.take(&call, is(FaultKind::WebhookDoubled)).is_some();
        let fault = match (has_wrong_signature, late, is_held_back, is_doubled) {
            (true, ..) => Some("webhook_wrong_signature"),
            (_, Some(_), ..) => Some("webhook_late"),
            (_, _, true, _) => Some("webhook_reordered"),
            (.., true) => Some("webhook_doubled"),
            (false, None, false, false) => None,
        };
        for _ in 0..=usize::from(is_doubled) {
            let number = self.keep(receiver, about, &written, fault);
            self.outbox.push(Dispatch {
                number,
                url: receiver.url.clone(),
                header: written.header,
                signature: written.signature.clone(),
                body: written.body.clone(),
                lane: format!("{} {}", about.lane(), receiver.id),
                not_before: late.map(|seconds| self.now.plus_seconds(seconds)),
                is_held_back,
            });
        }
    }

    /// Writes and signs; `None` if this dialect has no word for the event.
    fn write(&self, key: &str, about: &Announcement<'_>) -> Option<Written> {
        match self.settings.dialect {
            WebhookDialect::Ioka => {
                let name = match (about.event, self.settings.cancel_spelling) {
                    ("PAYMENT_CANCELLED", CancelSpelling::OneL) => "PAYMENT_CANCELED",
                    (name, _) => name,
                };
                let (body, tree) = ioka_body(&self.settings, name, about)?;
                let signature = ioka_signature(key, &tree, self.settings.signature);
                Some(Written { header: "X-Signature", signature, body })
            }
            WebhookDialect::Guide => {
                let body = guide_body(about.event, about)?;
                Some(Written { header: "X-Ioka-Signature", signature: hmac_hex(key, body.as_bytes()), body })
            }
        }
    }

    /// Keeps a record of the delivery and returns its number.
    fn keep(
        &mut self,
        receiver: &Webhook,
        about: &Announcement<'_>,
        written: &Written,
        fault: Option<&'static str>,
    ) -> u64 {
        let number = self.deliveries.next_number();
        let state = if fault == Some("webhook_lost") { DeliveryState::Lost } else { DeliveryState::Waiting };
        self.deliveries.push(Delivery {
            number,
            created_at: self.now,
            event: about.event.to_owned(),
            order_id: about.order.map(|order| order.id.clone()),
            url: receiver.url.clone(),
            header: written.header,
            signature: written.signature.clone(),
            body: written.body.clone(),
            fault,
            state,
            tries: Vec::new(),
        });
        number
    }
}
