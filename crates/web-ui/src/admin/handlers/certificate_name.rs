//! `POST /admin/donations/{id}/certificate-name`: another certificate with the right name replaces the one with the wrong name.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{CorrectNameError, correct_certificate_name};
use domain::donation::NameCorrection;
use domain::{DonorName, LineText};

use super::donation::{donation_in_path, done, not_done, not_found};
use crate::admin::operator::Operator;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{ActForm, Failed};
use crate::form::{FieldError, line_error};
use crate::handlers::broken;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::texts::{Arg, Texts};

/// The name, and why. If the certificate bears it already nothing is done.
pub(crate) async fn correct(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let Some(id) = donation_in_path(&request) else { return not_found(&operator) };
    let texts = Texts(operator.language);
    let correction = match correction(&posted, texts) {
        Ok(correction) => correction,
        Err(errors) => {
            return not_done(&pages, &operator, id, Failed::wrong((ActForm::CorrectName, posted), errors)).await;
        }
    };
    let failed = match correct_certificate_name(&pages.house, id, &correction, operator.cause()).await {
        Ok(_) => return done(&operator, id, "renamed"),
        Err(CorrectNameError::NotFound) => return not_found(&operator),
        Err(CorrectNameError::Store(error)) => return broken(&error, operator.language),
        Err(CorrectNameError::Unprintable(letters)) => {
            let letters = Arg::Text(letters.into_iter().collect());
            let message = texts.fill("error-unprintable", &[("characters", letters)]);
            Failed::wrong((ActForm::CorrectName, posted), vec![FieldError { field: "name", message }])
        }
        Err(CorrectNameError::NothingToCorrect) => {
            Failed::because(("admin-trouble-no-rename", StatusCode::CONFLICT)).typed((ActForm::CorrectName, posted))
        }
        Err(CorrectNameError::Busy) => Failed::because(("admin-trouble-busy", StatusCode::SERVICE_UNAVAILABLE))
            .typed((ActForm::CorrectName, posted)),
    };
    not_done(&pages, &operator, id, failed).await
}

fn correction(posted: &Posted, texts: Texts) -> Result<NameCorrection, Vec<FieldError>> {
    let name = DonorName::parse(posted.get("name"))
        .map_err(|error| FieldError { field: "name", message: line_error(texts, error, "error-name-required") });
    let reason = LineText::parse(posted.get("reason"))
        .map_err(|error| FieldError { field: "reason", message: line_error(texts, error, "admin-reason-required") });
    match (name, reason) {
        (Ok(name), Ok(reason)) => Ok(NameCorrection { name, reason }),
        (name, reason) => Err(name.err().into_iter().chain(reason.err()).collect()),
    }
}
