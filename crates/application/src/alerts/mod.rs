//! Those who answer for the money are told by mail, once per cause.
//!
//! Nothing of it happens where money moves. A worker looks once a minute, on one server at a time:
//!
//! 1. Transaction: it takes its turn.
//! 2. The gateway is asked whether it answers. Transaction: how it did is kept, for every server alike.
//! 3. Transactions: each cause that waits somewhere is noted, and what is gone is ended (`domain::alert` has the table).
//! 4. Transaction: the mails of what was not told yet are queued as jobs, together with the note that it was told.
//!
//! Whoever dies anywhere between leaves nothing half done: the next turn notes what is there, and a cause that was noted is not noted
//! again. A mail that cannot be sent is tried again as every job is; when it is parked, the list of jobs shows it, and no mail does.

mod letter;
mod summary;

use chrono::TimeDelta;
use domain::alert::{Alert, AlertKind, GatewayFailure};
use domain::donation::Actor;
use domain::ports::{GatewayAnswer, GatewayError, GatewayMode, Recipient, StoreError, Telling, Told};
use domain::{DonorEmail, Instant, Language};

use crate::House;

pub(crate) use letter::send;

/// How often somebody looks.
const LOOK_EVERY: TimeDelta = TimeDelta::minutes(1);

/// What waits in many places at once is gathered: of a kind one mail in so long at most.
const GATHERED_FOR: TimeDelta = TimeDelta::minutes(10);

/// Who is told what, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertSettings {
    /// Who is told; if there is nobody, every account that answers for the money.
    pub to: Vec<DonorEmail>,
    /// In which language.
    pub language: Language,
    /// When yesterday is summed up: so long after midnight in Kazakhstan.
    pub summary_at: TimeDelta,
    /// How long the gateway may fail before somebody is told.
    pub gateway_after: TimeDelta,
    /// How long after an order that only asking found paid webhooks may be missing before somebody is told.
    pub webhooks_after: TimeDelta,
    /// The administrator's pages, without a slash at the end.
    pub pages: String,
}

impl Default for AlertSettings {
    fn default() -> Self {
        Self {
            to: Vec::new(),
            language: Language::Ru,
            summary_at: TimeDelta::hours(9),
            gateway_after: TimeDelta::minutes(10),
            webhooks_after: TimeDelta::minutes(30),
            pages: "/admin".to_owned(),
        }
    }
}

/// What came of a look.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct AlertRound {
    /// What was queued to be told.
    pub told: Vec<Told>,
    /// Whether there was something to look for and nobody to tell.
    pub nobody_to_tell: Nobody,
}

/// Whether there is anybody to tell.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum Nobody {
    /// There is, or nobody looked.
    #[default]
    No,
    /// Nobody is: `ALERT_EMAILS` is empty, and no account is an administrator's.
    Yes,
}

/// Looks for what operators have to know and queues their mails, unless somebody else has just done it.
///
/// # Errors
/// [`StoreError`]; what was noted and queued by then stays so.
pub async fn look_after_alerts(house: &House) -> Result<AlertRound, StoreError> {
    let now = house.clock.now();
    if !house.alerts.take_turn(now, LOOK_EVERY).await? {
        return Ok(AlertRound::default());
    }
    let recipients = recipients(house).await?;
    if recipients.is_empty() {
        return Ok(AlertRound { nobody_to_tell: Nobody::Yes, ..AlertRound::default() });
    }
    house.alerts.note_what_waits(now).await?;
    watch_brake(house, now).await?;
    if house.gateway.mode() == GatewayMode::Real {
        watch_gateway(house).await?;
        watch_webhooks(house, now).await?;
    }
    summary::sum_up_yesterday(house, now).await?;
    let telling = Telling { recipients, now, gathered_since: now - GATHERED_FOR };
    Ok(AlertRound { told: house.alerts.tell(&telling).await?, nobody_to_tell: Nobody::No })
}

/// Who is told.
///
/// # Errors
/// [`StoreError`].
pub async fn recipients(house: &House) -> Result<Vec<Recipient>, StoreError> {
    let named = &house.settings.alerts.to;
    if !named.is_empty() {
        return Ok(named.iter().cloned().map(Recipient::Address).collect());
    }
    let accounts = house.alerts.administrators().await?;
    Ok(accounts.into_iter().map(|account| Recipient::Account(account.id)).collect())
}

/// Its failures in other calls may be about one order alone; whether it answers at all is asked by itself.
async fn watch_gateway(house: &House) -> Result<(), StoreError> {
    let failure = match house.gateway.check().await {
        Ok(()) => None,
        Err(GatewayError::Refused(_)) => Some(GatewayFailure::KeyRefused),
        Err(GatewayError::Unavailable(_) | GatewayError::OutcomeUnknown(_)) => Some(GatewayFailure::Unreachable),
    };
    let now = house.clock.now();
    let health = house.alerts.gateway_answered(&GatewayAnswer { at: now, failure }).await?;
    match health.failing {
        None => house.alerts.end(AlertKind::GatewayDown, now).await,
        Some((since, failure)) if now - since >= house.settings.alerts.gateway_after => {
            let alert = Alert::of(AlertKind::GatewayDown, "gateway", since).with(failure.word());
            house.alerts.begin(&alert, now).await
        }
        Some(_) => Ok(()),
    }
}

async fn watch_webhooks(house: &House, now: Instant) -> Result<(), StoreError> {
    match house.alerts.silence().await? {
        None => house.alerts.end(AlertKind::WebhooksSilent, now).await,
        Some(silence) if now - silence.since >= house.settings.alerts.webhooks_after => {
            let alert =
                Alert::of(AlertKind::WebhooksSilent, "webhooks", silence.since).with(silence.orders.to_string());
            house.alerts.begin(&alert, now).await
        }
        Some(_) => Ok(()),
    }
}

async fn watch_brake(house: &House, now: Instant) -> Result<(), StoreError> {
    let Some(brake) = house.guard.records.brake().await? else { return Ok(()) };
    if !brake.is_pulled() {
        return house.alerts.end(AlertKind::BrakePulled, now).await;
    }
    let subject = Actor::word(brake.changed_by);
    let alert = Alert::of(AlertKind::BrakePulled, subject, brake.changed_at);
    let alert = match &brake.reason {
        Some(reason) => alert.with(reason.to_string()),
        None => alert,
    };
    house.alerts.begin(&alert, now).await
}
