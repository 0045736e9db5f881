//! `POST /api/auth/password/forgot`.

use actix_web::{HttpResponse, web};
use application::accounts::forgot_password as use_case;
use domain::DonorEmail;

use super::LONGEST;
use crate::extract::JsonBody;
use crate::problem::Problem;
use crate::state::AppState;

/// 202 for whatever text stands for the address: the answer tells nobody who has an account.
///
/// # Errors
/// 422.
pub async fn forgot_password(
    state: web::Data<AppState>,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let email = fields.required_secret("email", (1, LONGEST));
    fields.finish()?;
    let Some(email) = email else { return Err(Problem::validation(Vec::new())) };
    use_case(&state.house, DonorEmail::parse(&email).ok().as_ref()).await?;
    Ok(HttpResponse::Accepted().finish())
}
