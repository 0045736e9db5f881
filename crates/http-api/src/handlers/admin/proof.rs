//! `GET /api/admin/reconciliation/proof`: that payments, donations and certificates are of the same money.

use actix_web::{HttpRequest, HttpResponse, web};
use application::books::{proof, proof_file};
use domain::ports::FileFormat;

use super::export::file;
use crate::extract::{AdminAccount, ProofForm, ProofPage};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::ProofView;

/// `?from=` and `?to=`, days in Kazakhstan, both within; `?format=json` for a program.
///
/// # Errors
/// 401, 403, 422.
pub async fn read(state: web::Data<AppState>, request: HttpRequest, _: AdminAccount) -> Result<HttpResponse, Problem> {
    let ProofPage { period, form, language } = ProofPage::of(&request)?;
    match form {
        ProofForm::Json => {
            let proof = proof(&state.house, period).await?;
            Ok(HttpResponse::Ok().json(ProofView::new(&proof, language)))
        }
        ProofForm::Xlsx => {
            let pieces = proof_file(&state.house, period, language).await?;
            let name = format!("proof-{}-{}.xlsx", period.first(), period.last());
            Ok(file(&name, FileFormat::Xlsx, pieces))
        }
    }
}
