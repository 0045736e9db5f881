use async_trait::async_trait;
use domain::ports::{AskWaiting, DaySpan, Figures, Series, StatsStore, StoreError, Waiting};
use domain::reconciliation::Bucket;

use super::reading;
use crate::Store;

#[async_trait]
impl StatsStore for Store {
    async fn series(&self, days: &DaySpan, bucket: Bucket) -> Result<Series, StoreError> {
        let days = *days;
        reading!(self, stats, |conn, stats| stats::series(conn, &days, bucket))
    }

    async fn figures(&self, spans: &[DaySpan]) -> Result<Vec<Figures>, StoreError> {
        let spans = spans.to_vec();
        reading!(self, stats, |conn, stats| stats::figures(conn, &spans))
    }

    async fn waiting(&self, asked: &AskWaiting) -> Result<Waiting, StoreError> {
        let asked = *asked;
        reading!(self, stats_waiting, |conn, stats_waiting| stats_waiting::waiting(conn, &asked))
    }
}
