//! What the gateway tells by webhook, and how the house believes it.

use std::sync::Arc;

use domain::donation::{Decline, DeclineReason, OrderFact};
use domain::ports::{KeptWebhook, WebhookError, WebhookMessage, WebhookReader, WebhookRequest};
use domain::{ExternalId, GatewayRefundId, OrderId, RefundStatus};

use crate::coverage::Seen;
use crate::world::{State, World};

/// The header that a genuine webhook has, with this value.
pub const SIGNATURE: (&str, &str) = ("x-signature", "genuine");

/// How often a webhook is delivered before it is given up.
const TRIES: u32 = 10;

/// Every webhook that there is, oldest first.
#[derive(Debug, Default)]
pub struct Messages(pub Vec<Message>);

/// A webhook.
#[derive(Debug, Clone)]
pub struct Message {
    /// Equal for its copies.
    pub key: String,
    /// The event's name.
    pub event: &'static str,
    /// The order's name.
    pub external_id: ExternalId,
    /// The order.
    pub order: OrderId,
    /// What it tells.
    pub fact: OrderFact,
    /// How it stands.
    pub standing: Standing,
    /// How often it was delivered.
    pub tries: u32,
}

/// How a webhook stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is to be delivered, again perhaps.
    Waiting,
    /// The house took it.
    Answered,
    /// It will not be delivered any more.
    Lost,
    /// It comes from somebody else, and the house must not take it.
    Forged,
}

/// What becomes of a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fortune {
    /// It is delivered at once.
    Now,
    /// It is delivered at once, in two copies.
    Twice,
    /// It is delivered some time.
    Later,
    /// It never arrives.
    Lost,
}

impl Messages {
    /// The places of those that stand so.
    pub fn places(&self, standing: Standing) -> Vec<usize> {
        (0..self.0.len()).filter(|at| self.0[*at].standing == standing).collect()
    }
}

impl State {
    /// Tells the house of something that happened to the order at `at`.
    pub fn announce(&mut self, at: usize, event: &'static str, fact: OrderFact) {
        let order = &self.books.orders[at];
        let about = match &fact {
            OrderFact::Captured(report) => report.payment_id.as_ref().map(ToString::to_string),
            OrderFact::Refunded(report) | OrderFact::RefundDeclined(report) | OrderFact::RefundPending(report) => {
                Some(report.id.to_string())
            }
            OrderFact::Declined(_) => Some(format!("{}-decline-{}", order.id, order.declines)),
            _ => None,
        };
        let key = format!("{event}:{}", about.unwrap_or_else(|| order.id.to_string()));
        let message = Message {
            key,
            event,
            external_id: order.external_id.clone(),
            order: order.id.clone(),
            fact,
            standing: Standing::Waiting,
            tries: 0,
        };
        let odds = [(55, Fortune::Now), (12, Fortune::Twice), (20, Fortune::Later), (13, Fortune::Lost)];
        let fortune = self.task.dice.weighted(&odds).unwrap_or(Fortune::Now);
        self.note(|| format!("gateway: webhook {} ({fortune:?})", message.key));
        self.send(message, fortune);
    }

    fn send(&mut self, mut message: Message, fortune: Fortune) {
        let place = self.messages.0.len();
        match fortune {
            Fortune::Now => self.begin.push(place),
            Fortune::Twice => {
                self.saw(Seen::WebhookTwice);
                self.begin.extend([place, place]);
            }
            Fortune::Later => {}
            Fortune::Lost => {
                self.saw(Seen::WebhookLost);
                message.standing = Standing::Lost;
            }
        }
        self.messages.0.push(message);
    }

    /// Tells the house of the payment of the order at `at`, in two kinds of webhook sometimes.
    pub fn announce_payment(&mut self, at: usize) {
        let Some(report) = self.books.orders[at].report() else { return };
        self.announce(at, "captured", OrderFact::Captured(report.clone()));
        if self.task.dice.chance(120) {
            self.announce(at, "paid", OrderFact::Captured(domain::donation::CaptureReport { paid_at: None, ..report }));
        }
    }

    /// Tells the house of a decline of the order at `at`.
    pub fn announce_decline(&mut self, at: usize) {
        self.books.orders[at].declines += 1;
        let reason = self.task.dice.pick(&DeclineReason::ALL).copied().unwrap_or(DeclineReason::Unknown);
        let decline = Decline { declined_at: self.now, reason, gateway_code: None };
        self.announce(at, "declined", OrderFact::Declined(decline));
    }

    /// Tells the house of a refund, once it is decided.
    pub fn announce_refund(&mut self, order: &OrderId, id: &GatewayRefundId) {
        let Some(at) = self.books.orders.iter().position(|known| known.id == *order) else { return };
        let Some(refund) = self.books.orders[at].refunds.iter().find(|refund| refund.id == *id) else { return };
        let mut report = refund.report();
        let status = refund.status;
        if self.task.dice.chance(300) {
            // Whether a webhook carries the name that we gave is not said anywhere.
            report.external_id = None;
        }
        match status {
            RefundStatus::Pending => {}
            RefundStatus::Succeeded => self.announce(at, "refunded", OrderFact::Refunded(report)),
            RefundStatus::Failed => self.announce(at, "refund-declined", OrderFact::RefundDeclined(report)),
        }
    }

    /// Somebody else says that the order at `at` was paid, or what else may do harm.
    pub fn forge(&mut self, at: usize) {
        let order = &self.books.orders[at];
        let captured = domain::ReportedAmount::Tenge(order.amount);
        let report = domain::donation::CaptureReport {
            payment_id: None,
            ordered: captured.clone(),
            captured,
            paid_at: Some(self.now),
        };
        let message = Message {
            key: format!("forged:{}-{}", order.id, self.messages.0.len()),
            event: "captured",
            external_id: order.external_id.clone(),
            order: order.id.clone(),
            fact: OrderFact::Captured(report),
            standing: Standing::Forged,
            tries: 0,
        };
        self.saw(Seen::WebhookForged);
        self.send(message, Fortune::Now);
    }

    /// What came of delivering the message at `place`.
    pub fn delivered(&mut self, place: usize, answer: Answer) {
        let message = &mut self.messages.0[place];
        let key = message.key.clone();
        message.tries += 1;
        match (message.standing, answer) {
            (Standing::Forged, Answer::Taken) => {
                self.violated(format!("a webhook that the gateway never sent was taken: {key}"));
            }
            (Standing::Forged, _) => {}
            (_, Answer::Taken) => message.standing = Standing::Answered,
            (_, Answer::Unbelieved) => self.violated(format!("a genuine webhook was not believed: {key}")),
            (Standing::Waiting, Answer::Failed) if message.tries >= TRIES => message.standing = Standing::Lost,
            (_, Answer::Failed) => self.saw(Seen::WebhookNotStored),
        }
        self.note(|| format!("gateway: webhook {key} answered {answer:?}"));
    }
}

/// How the house answered a webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// 200.
    Taken,
    /// 401.
    Unbelieved,
    /// 5xx.
    Failed,
}

/// Reads webhooks of the simulated gateway: the body is the place of a message.
pub struct SimReader {
    world: Arc<World>,
}

impl SimReader {
    /// A reader.
    pub const fn new(world: Arc<World>) -> Self {
        Self { world }
    }
}

impl WebhookReader for SimReader {
    fn read<'a>(&self, request: &WebhookRequest<'a>) -> Result<WebhookMessage, WebhookError> {
        if !request.headers.iter().any(|(name, value)| (*name, *value) == (SIGNATURE.0, SIGNATURE.1.as_bytes())) {
            return Err(WebhookError::InvalidSignature("wrong"));
        }
        self.meaning(request.body)
    }

    fn read_again<'a>(&self, kept: &KeptWebhook<'a>) -> Result<WebhookMessage, WebhookError> {
        self.meaning(kept.body.as_bytes())
    }
}

impl SimReader {
    fn meaning(&self, body: &[u8]) -> Result<WebhookMessage, WebhookError> {
        let malformed = || WebhookError::MalformedEvent("no message".to_owned());
        let place: usize = std::str::from_utf8(body).ok().and_then(|text| text.parse().ok()).ok_or_else(malformed)?;
        let state = self.world.state();
        let message = state.messages.0.get(place).ok_or_else(malformed)?;
        Ok(WebhookMessage {
            dialect: "simulated",
            event: message.event.to_owned(),
            dedup_key: message.key.clone(),
            external_id: Some(message.external_id.clone()),
            order_id: Some(message.order.clone()),
            fact: Some(message.fact.clone()),
        })
    }
}
