//! `POST /api/auth/refresh`.

use actix_web::{HttpResponse, web};
use application::accounts::{RefreshError, refresh as use_case};

use super::LONGEST;
use crate::extract::JsonBody;
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::SessionView;

/// # Errors
/// 401, 422.
pub async fn refresh(state: web::Data<AppState>, JsonBody(mut fields): JsonBody) -> Result<HttpResponse, Problem> {
    let token = fields.required_secret("refresh_token", (1, LONGEST));
    fields.finish()?;
    let Some(token) = token else { return Err(Problem::validation(Vec::new())) };
    let signed_in = use_case(&state.house, &token).await?;
    Ok(HttpResponse::Ok().json(SessionView::new(signed_in)))
}

impl From<RefreshError> for Problem {
    fn from(error: RefreshError) -> Self {
        match error {
            RefreshError::Unauthenticated => Self::new(Code::Unauthenticated),
            RefreshError::Store(error) => error.into(),
        }
    }
}
