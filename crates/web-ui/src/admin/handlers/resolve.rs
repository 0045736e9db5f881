//! `POST /admin/donations/{id}/resolve`: somebody has looked at what needed looking at.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{ResolveReviewError, resolve_review};
use domain::{Review, ReviewNote};

use super::donation::{donation_in_path, done, not_done, not_found};
use crate::admin::operator::Operator;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{ActForm, Failed};
use crate::form::{FieldError, line_error};
use crate::handlers::broken;
use crate::pages::Pages;
use crate::texts::Texts;

/// Everything that is open of the kind is resolved, with a note.
pub(crate) async fn resolve(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let Some(id) = donation_in_path(&request) else { return not_found(&operator) };
    let nothing = ("admin-trouble-nothing-to-resolve", StatusCode::CONFLICT);
    let Some(review) = Review::from_word(posted.get("review")) else {
        return not_done(&pages, &operator, id, Failed::because(nothing)).await;
    };
    let note = match ReviewNote::parse(posted.get("note")) {
        Ok(note) => note,
        Err(error) => {
            let message = line_error(Texts(operator.language), error, "admin-note-required");
            let errors = vec![FieldError { field: "note", message }];
            return not_done(&pages, &operator, id, Failed::wrong((ActForm::Resolve(review), posted), errors)).await;
        }
    };
    let trouble = match resolve_review(&pages.house, (id, review), &note, operator.cause()).await {
        Ok(_) => return done(&operator, id, "resolved"),
        Err(ResolveReviewError::Store(error)) => return broken(&error, operator.language),
        Err(ResolveReviewError::NotFound) => nothing,
        Err(ResolveReviewError::Busy) => ("admin-trouble-busy", StatusCode::SERVICE_UNAVAILABLE),
    };
    not_done(&pages, &operator, id, Failed::because(trouble).typed((ActForm::Resolve(review), posted))).await
}
