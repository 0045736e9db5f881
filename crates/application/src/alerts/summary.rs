//! Yesterday in numbers, once a day.

use domain::Instant;
use domain::alert::{Alert, AlertKind};
use domain::ports::{DaySummary, StoreError, SummaryOf};
use domain::reconciliation::Day;

use crate::House;

/// How many days back a day that was not compared is missed.
const MISSED_FOR: u64 = 7;

/// Notes that yesterday is to be told of, once the time for it has come. A server that was off then does it later that day.
pub(super) async fn sum_up_yesterday(house: &House, now: Instant) -> Result<(), StoreError> {
    let today = Day::of(now);
    let due_at = today.span().from + house.settings.alerts.summary_at;
    if now < due_at {
        return Ok(());
    }
    let alert = Alert::of(AlertKind::DailySummary, today.before(1).to_string(), today.span().from);
    house.alerts.begin(&alert, now).await
}

/// The day in numbers, as they are now.
pub(super) async fn numbers(house: &House, day: Day) -> Result<DaySummary, StoreError> {
    let compared_to = Day::latest_to_compare(house.clock.now());
    let wanted = SummaryOf { day, compared_from: compared_to.before(MISSED_FOR - 1), compared_to };
    house.alerts.summary(&wanted).await
}
