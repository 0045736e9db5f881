//! `GET /api/admin/stats`: numbers over time.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{MOST_BUCKETS, StatsError, stats};

use crate::extract::{AdminAccount, StatsPeriod};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;
use crate::views::SeriesView;

/// `?from=` and `?to=` (which does not count any longer) are days, `?bucket=` is `day`, `week` or `month`.
///
/// # Errors
/// 401, 403, 422.
pub async fn read(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let StatsPeriod(query) = StatsPeriod::of(&request, state.house.clock.now())?;
    match stats(&state.house, query).await {
        Ok(stats) => Ok(HttpResponse::Ok().json(SeriesView::new(&stats))),
        Err(StatsError::NoDays) => Err(Problem::field(FieldError::new("to", "not_after_from"))),
        Err(StatsError::TooManyBuckets) => {
            let most = i64::try_from(MOST_BUCKETS).unwrap_or(i64::MAX);
            Err(Problem::field(FieldError::new("to", "too_many_buckets").with("max", most)))
        }
        Err(StatsError::Store(error)) => Err(error.into()),
    }
}
