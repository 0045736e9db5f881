//! `GET /admin/export`, `GET /admin/reconciliation/proof`: files.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use application::books::{BookError, ExportDonations, Pieces, export_donations, proof_file};
use domain::books::Period;
use domain::ports::FileFormat;
use domain::reconciliation::Day;
use futures_util::TryStreamExt as _;

use super::donations::asked_for;
use super::reconciliation::of_month;
use crate::admin::operator::Operator;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::texts::Texts;

/// Donations, as the address narrows them down. What cannot be used is said beside the form.
pub(crate) async fn export(pages: web::Data<Pages>, operator: Operator) -> HttpResponse {
    let language = operator.language;
    let (scope, filter) = match asked_for(&pages, &operator).await {
        Ok(Ok(asked_for)) => asked_for,
        Ok(Err(errors)) => return again(&pages, &operator, &errors).await,
        Err(error) => return broken(&error, language),
    };
    let asked = operator.asked("format");
    let asked = if asked.is_empty() { FileFormat::Csv.word() } else { asked };
    let Some(format) = FileFormat::from_word(asked) else {
        let message = Texts(language).get("books-wrong-format");
        return again(&pages, &operator, &[FieldError { field: "format", message }]).await;
    };
    let name = format!("donations-{}.{}", Day::of(pages.house.clock.now()), format.word());
    match export_donations(&pages.house, ExportDonations { format, scope, filter, language }).await {
        Ok(pieces) => file(&name, format, pieces),
        Err(error) => broken(&error, language),
    }
}

/// The proof of a period, both of whose days are within.
pub(crate) async fn proof(pages: web::Data<Pages>, operator: Operator) -> HttpResponse {
    let days = ["first", "last"].map(|name| Day::parse(operator.asked(name)));
    let period = match days {
        [Some(first), Some(last)] => Period::new(first, last),
        _ => None,
    };
    let Some(period) = period else {
        let message = Texts(operator.language).get("books-wrong-period");
        return again(&pages, &operator, &[FieldError { field: "last", message }]).await;
    };
    let name = format!("proof-{}-{}.xlsx", period.first(), period.last());
    match proof_file(&pages.house, period, operator.language).await {
        Ok(pieces) => file(&name, FileFormat::Xlsx, pieces),
        Err(error) => broken(&error, operator.language),
    }
}

async fn again(pages: &Pages, operator: &Operator, errors: &[FieldError]) -> HttpResponse {
    let page = of_month(pages, operator, errors).await;
    page.unwrap_or_else(|error| broken(&error, operator.language))
}

/// Sent in chunks without a length said beforehand: if it breaks off, the last chunk is missing, and no browser takes it for whole.
fn file(name: &str, format: FileFormat, pieces: Pieces) -> HttpResponse {
    let pieces = pieces.map_ok(web::Bytes::from).inspect_err(|error: &BookError| {
        tracing::error!(error = %error, "a file broke off");
    });
    HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .streaming(pieces)
}
