//! The days that are over are compared by themselves, each once.
//!
//! Every server looks; of several, one compares a day, because taking it is a lease. A day that was missed while no server
//! ran, or that broke off, is made up for within a week.

use domain::ports::{GatewayError, StoreError, WantedBy};
use domain::reconciliation::{Day, DayReport};

use crate::House;
use crate::compare_day::{CompareDayError, DayOutcome, Pace, compare_day};

/// How many days before the last one that is over are made up for.
const LOOKED_BACK: u64 = 7;

/// Compares what is due, the earliest day first, until the gateway does not tell: then the others would fail too.
///
/// # Errors
/// [`StoreError`] if the store does not say what is due.
pub async fn compare_due_days(house: &House, pace: &Pace) -> Result<(), StoreError> {
    let now = house.clock.now();
    let last = Day::latest_to_compare(now);
    for day in house.reconciliations.due(last.before(LOOKED_BACK), last, now).await? {
        match compare_day(house, day, WantedBy::Schedule, pace).await {
            Ok(DayOutcome::Compared(report)) => log_report(&report),
            Ok(DayOutcome::Busy | DayOutcome::NotDue) => {}
            Err(CompareDayError::Stopped) => break,
            Err(error) => {
                log_failure(day, &error);
                break;
            }
        }
    }
    Ok(())
}

/// Says in the log what a comparison came to.
pub(crate) fn log_report(report: &DayReport) {
    let open = report.differences.iter().filter(|difference| !difference.settled).count();
    let settled = report.differences.len() - open;
    let (ours, gateway) = (report.totals.ours, report.totals.gateway);
    tracing::info!(
        day = %report.day,
        orders = gateway.orders,
        paid = gateway.paid,
        paid_amount = gateway.paid_amount.get(),
        refunds = gateway.refunds,
        refunded_amount = gateway.refunded_amount.get(),
        foreign_orders = report.totals.foreign_orders,
        books_agree = ours == gateway,
        differences_settled = settled,
        differences_open = open,
        "daily.compared"
    );
}

pub(crate) fn log_failure(day: Day, error: &CompareDayError) {
    match error {
        CompareDayError::Gateway(GatewayError::Unavailable(_) | GatewayError::OutcomeUnknown(_))
        | CompareDayError::Busy
        | CompareDayError::Stopped
        | CompareDayError::LeaseLost => tracing::warn!(day = %day, error = %error, "daily.broke_off"),
        CompareDayError::Gateway(GatewayError::Refused(_)) | CompareDayError::Store(_) => {
            tracing::error!(day = %day, error = %error, "daily.failed");
        }
    }
}
