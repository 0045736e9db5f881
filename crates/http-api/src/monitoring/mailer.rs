//! Mail, watched.

use std::sync::Arc;
use std::time::Instant as Started;

use async_trait::async_trait;
use domain::ports::{Clock, Mail, MailError, Mailer};

use super::last_seen::LastSeen;
use super::meter::Meter;
use super::names::{MAIL_DURATION, MAILS};

pub(super) struct MeteredMailer {
    pub(super) inner: Arc<dyn Mailer>,
    pub(super) meter: Arc<Meter>,
    pub(super) seen: Arc<LastSeen>,
    pub(super) clock: Arc<dyn Clock>,
}

/// Every outcome, at 0.
pub(super) fn begin(meter: &Meter) {
    for outcome in ["sent", "refused", "unavailable"] {
        meter.begin(MAILS, [("outcome", outcome)]);
    }
}

#[async_trait]
impl Mailer for MeteredMailer {
    async fn send(&self, mail: &Mail) -> Result<(), MailError> {
        let started = Started::now();
        let sent = self.inner.send(mail).await;
        self.meter.took(MAIL_DURATION, [], started.elapsed());
        let outcome = match &sent {
            Ok(()) => "sent",
            Err(MailError::Refused(_)) => "refused",
            Err(MailError::Unavailable(_)) => "unavailable",
        };
        self.meter.count(MAILS, [("outcome", outcome)]);
        // Who refuses one mail for its address or its content is there, and takes the next.
        match &sent {
            Ok(()) | Err(MailError::Refused(_)) => self.seen.ok(self.clock.now()),
            Err(MailError::Unavailable(_)) => self.seen.failed(self.clock.now()),
        }
        sent
    }

    async fn check(&self) -> Result<(), MailError> {
        self.inner.check().await
    }
}
