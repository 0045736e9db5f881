//! `GET /api/admin/reconciliation`.

use actix_web::{HttpRequest, HttpResponse, web};
use domain::reconciliation::Day;

use crate::extract::AdminAccount;
use crate::problem::{FieldError, Problem};
use crate::state::AppState;
use crate::views::ReconciliationView;

/// # Errors
/// 401, 403, 422.
pub async fn reconciliation(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let day = day(&request)?;
    let report = application::read_reconciliation(&state.house, day).await?;
    Ok(HttpResponse::Ok().json(ReconciliationView::new(day, report.as_ref())))
}

/// The one `date` of the query.
fn day(request: &HttpRequest) -> Result<Day, Problem> {
    let wrong = || Problem::field(FieldError::new("date", "invalid_date"));
    let pairs = web::Query::<Vec<(String, String)>>::from_query(request.query_string()).map_err(|_| wrong())?;
    let mut dates = pairs.iter().filter(|(name, _)| name == "date");
    match (dates.next(), dates.next()) {
        (Some((_, text)), None) => Day::parse(text).ok_or_else(wrong),
        _ => Err(wrong()),
    }
}
