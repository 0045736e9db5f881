//! `POST /api/auth/login`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{LogInError, log_in as use_case};
use domain::DonorEmail;

use super::LONGEST;
use crate::extract::{JsonBody, origin};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::SessionView;

/// # Errors
/// 401, 422.
pub async fn log_in(
    state: web::Data<AppState>,
    request: HttpRequest,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let email = fields.required_secret("email", (1, LONGEST));
    let password = fields.required_secret("password", (1, LONGEST));
    fields.finish()?;
    let (Some(email), Some(password)) = (email, password) else {
        return Err(Problem::validation(Vec::new()));
    };
    let email = DonorEmail::parse(&email).ok();
    let signed_in = use_case(&state.house, email.as_ref(), &password, &origin(&request)).await?;
    Ok(HttpResponse::Ok().json(SessionView::new(signed_in)))
}

impl From<LogInError> for Problem {
    fn from(error: LogInError) -> Self {
        match error {
            LogInError::InvalidCredentials => Self::new(Code::InvalidCredentials),
            LogInError::Store(error) => error.into(),
        }
    }
}
