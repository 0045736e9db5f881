use async_trait::async_trait;
use chrono::TimeDelta;
use domain::alert::{Alert, AlertKind};
use domain::ports::{
    AlertStore, DaySummary, GatewayAnswer, GatewayHealth, Notice, Silence, StoreError, SummaryOf, Telling, Told,
};
use domain::{Account, Instant, JobId};

use super::{reading, writing};
use crate::Store;

#[async_trait]
impl AlertStore for Store {
    async fn take_turn(&self, now: Instant, every: TimeDelta) -> Result<bool, StoreError> {
        writing!(self, alert_watch, |conn, watch| watch::take_turn(conn, now, every))
    }

    async fn note_what_waits(&self, now: Instant) -> Result<(), StoreError> {
        writing!(self, alerts, |conn, alerts| alerts::note_what_waits(conn, now))
    }

    async fn begin(&self, alert: &Alert, now: Instant) -> Result<(), StoreError> {
        let alert = alert.clone();
        writing!(self, alerts, |conn, alerts| alerts::begin(conn, &alert, now))
    }

    async fn end(&self, kind: AlertKind, now: Instant) -> Result<(), StoreError> {
        writing!(self, alerts, |conn, alerts| alerts::end(conn, kind, now))
    }

    async fn tell(&self, telling: &Telling) -> Result<Vec<Told>, StoreError> {
        let telling = telling.clone();
        writing!(self, alerts, |conn, alerts| alerts::tell(conn, &telling))
    }

    async fn notice(&self, job: JobId, limit: u32) -> Result<Option<Notice>, StoreError> {
        reading!(self, alerts, |conn, alerts| alerts::notice(conn, job, limit))
    }

    async fn gateway_answered(&self, answer: &GatewayAnswer) -> Result<GatewayHealth, StoreError> {
        let answer = *answer;
        writing!(self, alert_watch, |conn, watch| watch::gateway_answered(conn, &answer))
    }

    async fn silence(&self) -> Result<Option<Silence>, StoreError> {
        reading!(self, alert_watch, |conn, watch| watch::silence(conn))
    }

    async fn administrators(&self) -> Result<Vec<Account>, StoreError> {
        reading!(self, alert_watch, |conn, watch| watch::administrators(conn))
    }

    async fn summary(&self, wanted: &SummaryOf) -> Result<DaySummary, StoreError> {
        let wanted = *wanted;
        reading!(self, alert_watch, |conn, watch| watch::summary(conn, &wanted))
    }
}
