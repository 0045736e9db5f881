//! `GET /api/certificates/{number}`.

use actix_web::{HttpResponse, web};
use application::read_certificate;
use domain::{CertificateNumber, CertificateStatus};
use serde::Serialize;

use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::timestamp;

#[derive(Serialize)]
struct PublicCertificateView {
    number: String,
    valid: bool,
    name: String,
    trees: u32,
    campaign: String,
    issued_at: String,
    test_mode: bool,
    /// Certificates are not signed yet.
    signature: Option<String>,
}

/// # Errors
/// 404.
pub async fn certificate(state: web::Data<AppState>, number: web::Path<String>) -> Result<HttpResponse, Problem> {
    let number = number.into_inner();
    // No number has any other character, and PostgreSQL cannot even be asked for a text with a NUL in it.
    if !number.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(Problem::new(Code::NotFound));
    }
    let number = CertificateNumber::from_text(number);
    let (certificate, campaign) = read_certificate(&state.house, &number).await?;
    Ok(HttpResponse::Ok().json(PublicCertificateView {
        number: certificate.number.to_string(),
        valid: certificate.status == CertificateStatus::Valid,
        name: certificate.draft.name,
        trees: certificate.draft.trees,
        campaign: campaign.as_str().to_owned(),
        issued_at: timestamp(certificate.draft.issued_at),
        test_mode: certificate.draft.test_mode,
        signature: None,
    }))
}
