//! `POST /api/auth/register`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{Register, RegisterError, register as use_case};
use domain::Language;

use crate::extract::{JsonBody, PreferredLanguage, origin};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::SessionView;

/// # Errors
/// 409, 422.
pub async fn register(
    state: web::Data<AppState>,
    request: HttpRequest,
    PreferredLanguage(preferred): PreferredLanguage,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let email = fields.required_email("email");
    let password = fields.required_secret("password", (10, 128));
    let name = fields.required_line("name");
    let language = fields.language("language").or(preferred).unwrap_or(Language::Ru);
    fields.finish()?;
    let (Some(email), Some(password), Some(name)) = (email, password, name) else {
        return Err(Problem::validation(Vec::new()));
    };
    let command = Register { email, password, name, language };
    let signed_in = use_case(&state.house, command, &origin(&request)).await?;
    Ok(HttpResponse::Created().json(SessionView::new(signed_in)))
}

impl From<RegisterError> for Problem {
    fn from(error: RegisterError) -> Self {
        match error {
            RegisterError::EmailTaken => Self::new(Code::EmailTaken),
            RegisterError::Store(error) => error.into(),
        }
    }
}
