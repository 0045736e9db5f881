//! `POST /api/admin/donations/{id}/resolve`: somebody has looked at what needed looking at.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ResolveReviewError, resolve_review};

use super::donation::shown;
use crate::extract::{AdminAccount, Cause, JsonBody, PathDonation};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// # Errors
/// 401, 403, 404, 422.
pub async fn resolve(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathDonation(id): PathDonation,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let review = fields.required_review("review");
    let note = fields.required_line("note");
    fields.finish()?;
    let (review, note) = review.zip(note).ok_or_else(|| Problem::validation(Vec::new()))?;
    let cause = Cause::account(&account, &request);
    let donation = resolve_review(&state.house, (id, review), &note, &cause).await?;
    shown(&state, &donation).await
}

impl From<ResolveReviewError> for Problem {
    fn from(error: ResolveReviewError) -> Self {
        match error {
            ResolveReviewError::NotFound => Self::new(Code::NotFound),
            ResolveReviewError::Busy => Self::new(Code::Overloaded),
            ResolveReviewError::Store(error) => error.into(),
        }
    }
}
