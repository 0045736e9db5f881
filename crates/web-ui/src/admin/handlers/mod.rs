//! One page, one file.

use actix_web::HttpRequest;
use uuid::Uuid;

use super::operator::Operator;
use crate::form::FieldError;
use crate::texts::Texts;

pub(super) mod audit;
pub(super) mod books;
pub(super) mod brake;
pub(super) mod campaign;
pub(super) mod campaigns;
pub(super) mod certificate_name;
pub(super) mod deliveries;
pub(super) mod delivery;
pub(super) mod donation;
pub(super) mod donations;
pub(super) mod home;
pub(super) mod jobs;
pub(super) mod receipt;
pub(super) mod reconciliation;
pub(super) mod refund;
pub(super) mod resolve;
pub(super) mod sync;

/// How many rows stand on a page of a list.
const ON_A_PAGE: u32 = 50;

/// The id that the path names; `None` for what is no UUID as we write it.
fn id_in_path(request: &HttpRequest) -> Option<Uuid> {
    let text = request.match_info().get("id").filter(|text| text.len() == 36)?;
    Uuid::try_parse(text).ok()
}

/// What was chosen of a filter's words: `None` if nothing was.
///
/// # Errors
/// If there is no such word.
fn chosen<T>(
    operator: &Operator,
    field: &'static str,
    known: impl Fn(&str) -> Option<T>,
) -> Result<Option<T>, FieldError> {
    match operator.asked(field) {
        "" => Ok(None),
        typed => known(typed).map(Some).ok_or_else(|| filter_error(operator, field, "unknown")),
    }
}

/// What is wrong with a filter, in words.
fn filter_error(operator: &Operator, field: &'static str, code: &str) -> FieldError {
    let key = match code {
        "invalid_date" => "admin-filter-date",
        "not_whole_number" => "admin-filter-number",
        "not_searchable" => "admin-filter-text",
        "unknown_account" => "admin-filter-account",
        _ => "admin-filter-choice",
    };
    FieldError { field, message: Texts(operator.language).get(key) }
}
