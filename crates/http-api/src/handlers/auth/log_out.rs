//! `POST /api/auth/logout`.

use actix_web::{HttpResponse, web};
use application::accounts::log_out as use_case;

use super::LONGEST;
use crate::extract::JsonBody;
use crate::problem::Problem;
use crate::state::AppState;

/// 204, whether or not there was a session to end.
///
/// # Errors
/// 422.
pub async fn log_out(state: web::Data<AppState>, JsonBody(mut fields): JsonBody) -> Result<HttpResponse, Problem> {
    let token = fields.required_secret("refresh_token", (1, LONGEST));
    fields.finish()?;
    let Some(token) = token else { return Err(Problem::validation(Vec::new())) };
    use_case(&state.house, &token).await?;
    Ok(HttpResponse::NoContent().finish())
}
