//! `POST /api/admin/donations/{id}/certificate-name`: the certificate bears a wrong name.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{CorrectNameError, correct_certificate_name};
use domain::donation::NameCorrection;

use super::donation::shown;
use crate::extract::{AdminAccount, Cause, JsonBody, PathDonation};
use crate::problem::{Code, FieldError, Problem};
use crate::state::AppState;

/// `{"name","reason"}`. A name that it bears already changes nothing.
///
/// # Errors
/// 401, 403, 404, 409, 422.
pub async fn certificate_name(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathDonation(id): PathDonation,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let name = fields.required_line("name");
    let reason = fields.required_line("reason");
    fields.nothing_else();
    fields.finish()?;
    let correction = name.zip(reason).map(|(name, reason)| NameCorrection { name, reason });
    let correction = correction.ok_or_else(|| Problem::validation(Vec::new()))?;
    let cause = Cause::account(&account, &request);
    let donation = correct_certificate_name(&state.house, id, &correction, &cause).await?;
    shown(&state, &donation).await
}

impl From<CorrectNameError> for Problem {
    fn from(error: CorrectNameError) -> Self {
        match error {
            CorrectNameError::NotFound => Self::new(Code::NotFound),
            CorrectNameError::NothingToCorrect => Self::new(Code::InvalidState),
            CorrectNameError::Unprintable(characters) => {
                let error = FieldError::new("name", "unprintable");
                Self::field(error.with_text("characters", characters.into_iter().collect()))
            }
            CorrectNameError::Busy => Self::new(Code::Overloaded),
            CorrectNameError::Store(error) => error.into(),
        }
    }
}
