//! Looking at a day's comparison with the gateway's books. Nothing is written.

use domain::ports::StoreError;
use domain::reconciliation::{Day, DayReport};

use crate::House;

/// The day's report; `None` if nobody has begun to compare it.
///
/// # Errors
/// [`StoreError`].
pub async fn read_reconciliation(house: &House, day: Day) -> Result<Option<DayReport>, StoreError> {
    house.reconciliations.report(day).await
}
