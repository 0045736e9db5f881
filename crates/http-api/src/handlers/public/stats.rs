//! `GET /api/stats`.

use actix_web::{HttpResponse, web};
use application::read_stats;

use crate::problem::Problem;
use crate::state::AppState;
use crate::views::StatsView;

/// # Errors
/// 503.
pub async fn stats(state: web::Data<AppState>) -> Result<HttpResponse, Problem> {
    let total = read_stats(&state.house).await?;
    Ok(HttpResponse::Ok().json(StatsView::new(&total)))
}
