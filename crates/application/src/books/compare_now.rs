//! A person wants a day compared, now.
//!
//! The day is taken while the person waits, so that they hear at once if somebody is at it. The comparison itself, which takes as long
//! as the gateway has pages, is the caller's to run in the background: its report tells how far it is. If the server dies over it, the
//! lease runs out and the day can be taken again.

use domain::donation::Cause;
use domain::ports::{StoreError, WantedBy};
use domain::reconciliation::Day;
use futures_util::future::BoxFuture;

use crate::House;
use crate::compare_day::{Pace, Taking, compare_taken, take};
use crate::compare_due_days::{log_failure, log_report};

/// How far back the gateway's lists are asked for.
const OLDEST: u64 = 366;

/// Why the day is not being compared.
#[derive(Debug, thiserror::Error)]
pub enum CompareNowError {
    /// The day has not begun.
    #[error("the day has not begun")]
    NotBegun,
    /// It is more than a year ago.
    #[error("the day is too long ago")]
    TooOld,
    /// Somebody is comparing it.
    #[error("the day is being compared")]
    UnderWay,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes the day, and answers the comparison, which is to be run to its end in the background. It says in the log what it came to.
///
/// # Errors
/// [`CompareNowError`]; then nothing has begun.
pub async fn compare_now(
    house: &House,
    day: Day,
    cause: &Cause,
    pace: Box<Pace>,
) -> Result<BoxFuture<'static, ()>, CompareNowError> {
    let today = Day::of(house.clock.now());
    if day > today {
        return Err(CompareNowError::NotBegun);
    }
    if day < today.before(OLDEST) {
        return Err(CompareNowError::TooOld);
    }
    let taken = match take(house, day, WantedBy::Person).await? {
        Taking::Taken(taken) => taken,
        Taking::Not(_) => return Err(CompareNowError::UnderWay),
    };
    let (house, cause) = (house.clone(), cause.clone());
    Ok(Box::pin(async move {
        match compare_taken(&house, taken, &cause, &pace).await {
            Ok(Some(report)) => log_report(&report),
            Ok(None) => {}
            Err(error) => log_failure(day, &error),
        }
    }))
}
