//! `GET /api/admin/export`: donations as a file.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use application::books::{BookError, ExportDonations, Pieces, export_donations};
use application::campaign_is_known;
use domain::ports::FileFormat;
use domain::reconciliation::Day;
use futures_util::TryStreamExt as _;

use crate::extract::{AdminAccount, ExportPage};
use crate::problem::{Code, FieldError, Problem};
use crate::state::AppState;

/// `?format=csv` or `xlsx`, and the filters of the list of donations.
///
/// # Errors
/// 401, 403, 422. What fails later ends the connection in the middle of the file.
pub async fn export(
    state: web::Data<AppState>,
    request: HttpRequest,
    _: AdminAccount,
) -> Result<HttpResponse, Problem> {
    let ExportPage { format, scope, filter, language } = ExportPage::of(&request)?;
    if !campaign_is_known(&state.house, &filter).await? {
        return Err(Problem::field(FieldError::new("campaign", "unknown_campaign")));
    }
    let today = Day::of(state.house.clock.now());
    let pieces = export_donations(&state.house, ExportDonations { format, scope, filter, language }).await?;
    Ok(file(&format!("donations-{today}.{}", format.word()), format, pieces))
}

/// The answer that a file is. It is sent in chunks without a length said beforehand: if it breaks off, the last chunk is missing, and
/// no client can take it for whole.
pub(super) fn file(name: &str, format: FileFormat, pieces: Pieces) -> HttpResponse {
    let pieces = pieces.map_ok(web::Bytes::from).inspect_err(|error| {
        tracing::error!(error = %error, "a file broke off");
    });
    HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .streaming(pieces)
}

impl From<BookError> for Problem {
    fn from(error: BookError) -> Self {
        match error {
            BookError::Store(error) => error.into(),
            BookError::File(error) => {
                tracing::error!(error = %error, "a file could not be written");
                Self::new(Code::Internal)
            }
        }
    }
}
