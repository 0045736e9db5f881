//! Mistakes in how webhooks are believed.

use std::sync::Arc;

use application::House;
use domain::GatewayRefundId;
use domain::donation::OrderFact;
use domain::ports::{KeptWebhook, WebhookError, WebhookMessage, WebhookReader, WebhookRequest};
use flow_simulation::gateway::SIGNATURE;
use flow_simulation::product::Product;

use crate::assert_caught;

/// A reader with one mistake.
pub struct Reader {
    pub inner: Arc<dyn WebhookReader>,
    pub mistake: ReaderMistake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ReaderMistake {
    /// The signature is not looked at.
    SignatureNotChecked,
    /// Every copy of a refund's webhook is taken for a refund of its own.
    RefundsNotDeduplicated,
    /// What was captured is taken to be what was ordered.
    CapturedAmountNotLookedAt,
}

impl WebhookReader for Reader {
    fn read<'a>(&self, request: &WebhookRequest<'a>) -> Result<WebhookMessage, WebhookError> {
        if self.mistake == ReaderMistake::SignatureNotChecked {
            let headers = [(SIGNATURE.0, SIGNATURE.1.as_bytes())];
            let believed = WebhookRequest { headers: &headers, ..*request };
            return self.inner.read(&believed);
        }
        let mut message = self.inner.read(request)?;
        match (&mut message.fact, self.mistake) {
            (Some(OrderFact::Refunded(report)), ReaderMistake::RefundsNotDeduplicated) => {
                let copy = request.received_at.timestamp_micros();
                report.id = GatewayRefundId::new(format!("{}-{copy}", report.id));
                message.dedup_key = format!("{}-{copy}", message.dedup_key);
            }
            (Some(OrderFact::Captured(report)), ReaderMistake::CapturedAmountNotLookedAt) => {
                report.captured.clone_from(&report.ordered);
            }
            _ => {}
        }
        Ok(message)
    }

    fn read_again<'a>(&self, kept: &KeptWebhook<'a>) -> Result<WebhookMessage, WebhookError> {
        self.inner.read_again(kept)
    }
}

impl Product for ReaderMistake {
    fn furnish(&self, mut house: House) -> House {
        house.webhooks = Arc::new(Reader { inner: house.webhooks, mistake: *self });
        house
    }
}

#[test]
fn a_signature_that_nobody_checks() {
    assert_caught(ReaderMistake::SignatureNotChecked, "a webhook that the gateway never sent was taken");
}

#[test]
fn a_forged_webhook_that_is_believed_completes_what_nobody_paid() {
    assert_caught(ReaderMistake::SignatureNotChecked, "books it is unpaid, here it is completed");
}

#[test]
fn refund_reports_that_are_not_deduplicated() {
    assert_caught(ReaderMistake::RefundsNotDeduplicated, "is not at the gateway");
}
