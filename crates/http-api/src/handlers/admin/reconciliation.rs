//! `GET`, `POST /api/admin/reconciliation`.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, web};
use application::books::{CompareNowError, compare_now, day_books, month_report};
use application::{Onward, Pace, Progress};
use futures_util::future::BoxFuture;

use crate::extract::{AdminAccount, Cause, Compared, JsonBody};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;
use crate::views::{MonthView, ReconciliationView};
use crate::workers::PAUSE;

/// `?date=` or `?month=`.
///
/// # Errors
/// 401, 403, 422.
pub async fn read(state: web::Data<AppState>, request: HttpRequest, _: AdminAccount) -> Result<HttpResponse, Problem> {
    let (compared, language) = Compared::of(&request)?;
    Ok(match compared {
        Compared::Day(day) => {
            let books = day_books(&state.house, day).await?;
            HttpResponse::Ok().json(ReconciliationView::new(&books, language))
        }
        Compared::Month(month) => {
            let report = month_report(&state.house, month).await?;
            HttpResponse::Ok().json(MonthView::new(&report, language))
        }
    })
}

/// `{"date": "2026-11-24"}`: compares the day in the background. 202, also if somebody is at it already; `GET` tells how far it is.
///
/// # Errors
/// 401, 403, 422.
pub async fn compare(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let day = fields.required_day("date");
    fields.finish()?;
    let Some(day) = day else { return Err(Problem::field(FieldError::new("date", "invalid_date"))) };
    let cause = Cause::account(&account, &request);
    match compare_now(&state.house, day, &cause, pace(&state)).await {
        Ok(comparison) => {
            tokio::spawn(comparison);
        }
        Err(CompareNowError::UnderWay) => {}
        Err(CompareNowError::NotBegun) => return Err(Problem::field(FieldError::new("date", "day_not_begun"))),
        Err(CompareNowError::TooOld) => return Err(Problem::field(FieldError::new("date", "day_too_old"))),
        Err(CompareNowError::Store(error)) => return Err(error.into()),
    }
    let books = day_books(&state.house, day).await?;
    let language = crate::extract::accept_language(request.headers()).unwrap_or(domain::Language::Ru);
    Ok(HttpResponse::Accepted().json(ReconciliationView::new(&books, language)))
}

/// As slow as the daily comparison, after a first question without a pause. A server that is about to stop gives the day back.
pub fn pace(state: &web::Data<AppState>) -> Box<Pace> {
    let state = state.clone();
    Box::new(move |progress: Progress| -> BoxFuture<'static, Onward> {
        let state = state.clone();
        Box::pin(async move {
            let pause = if progress.questions == 0 { Duration::ZERO } else { PAUSE };
            tokio::time::sleep(pause).await;
            if state.drain.is_draining() { Onward::Stop } else { Onward::GoOn }
        })
    })
}
