//! Days against the gateway's books and against their certificates.

use domain::books::DayFigures;
use domain::ports::StoreError;
use domain::reconciliation::{Day, DayReport, Month};

use crate::House;

/// A day, compared or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayBooks {
    /// The day.
    pub day: Day,
    /// What came of comparing it; `None` if nobody has begun.
    pub report: Option<DayReport>,
    /// Its donations and their certificates.
    pub figures: DayFigures,
}

/// The days of a month that have begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthReport {
    /// The month.
    pub month: Month,
    /// Its days, the earliest first.
    pub days: Vec<DayBooks>,
}

/// A day's books.
///
/// # Errors
/// [`StoreError`].
pub async fn day_books(house: &House, day: Day) -> Result<DayBooks, StoreError> {
    let figures = house.books.day_figures(&[day], house.gateway.mode()).await?;
    let report = house.reconciliations.report(day).await?;
    Ok(DayBooks { day, report, figures: figures.first().copied().unwrap_or_default() })
}

/// A month's books, day by day.
///
/// # Errors
/// [`StoreError`].
pub async fn month_report(house: &House, month: Month) -> Result<MonthReport, StoreError> {
    let today = Day::of(house.clock.now());
    let mut days = month.period().days();
    days.retain(|day| *day <= today);
    let figures = house.books.day_figures(&days, house.gateway.mode()).await?;
    let mut books = Vec::new();
    for (day, figures) in days.into_iter().zip(figures) {
        let report = house.reconciliations.report(day).await?;
        books.push(DayBooks { day, report, figures });
    }
    Ok(MonthReport { month, days: books })
}
