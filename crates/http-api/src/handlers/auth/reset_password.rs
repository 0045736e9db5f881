//! `POST /api/auth/password/reset`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{LinkError, reset_password as use_case};

use super::LONGEST;
use crate::extract::{JsonBody, origin};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;

/// # Errors
/// 422, also for a token that does not count.
pub async fn reset_password(
    state: web::Data<AppState>,
    request: HttpRequest,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let token = fields.required_secret("token", (1, LONGEST));
    let password = fields.required_secret("password", (10, 128));
    fields.finish()?;
    let (Some(token), Some(password)) = (token, password) else {
        return Err(Problem::validation(Vec::new()));
    };
    use_case(&state.house, &token, &password, &origin(&request)).await?;
    Ok(HttpResponse::NoContent().finish())
}

impl From<LinkError> for Problem {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::InvalidToken => Self::field(FieldError::new("token", "invalid_token")),
            LinkError::Store(error) => error.into(),
        }
    }
}
