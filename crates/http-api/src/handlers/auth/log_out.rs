//! `POST /api/auth/logout`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::log_out as use_case;

use super::LONGEST;
use crate::extract::{JsonBody, origin};
use crate::problem::Problem;
use crate::state::AppState;

/// 204, whether or not there was a session to end.
///
/// # Errors
/// 422.
pub async fn log_out(
    state: web::Data<AppState>,
    request: HttpRequest,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let token = fields.required_secret("refresh_token", (1, LONGEST));
    fields.finish()?;
    let Some(token) = token else { return Err(Problem::validation(Vec::new())) };
    use_case(&state.house, &token, &origin(&request)).await?;
    Ok(HttpResponse::NoContent().finish())
}
