//! `POST /api/auth/confirm`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::confirm_email as use_case;

use super::LONGEST;
use crate::extract::{JsonBody, request_id};
use crate::problem::Problem;
use crate::state::AppState;

/// # Errors
/// 422, also for a token that does not count.
pub async fn confirm_email(
    state: web::Data<AppState>,
    request: HttpRequest,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let token = fields.required_secret("token", (1, LONGEST));
    fields.finish()?;
    let Some(token) = token else { return Err(Problem::validation(Vec::new())) };
    use_case(&state.house, &token, request_id(&request)).await?;
    Ok(HttpResponse::NoContent().finish())
}
