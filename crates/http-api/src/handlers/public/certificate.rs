//! `GET /api/certificates/{number}`.

use actix_web::{HttpResponse, web};
use application::{PublicCertificate, Seal, read_certificate, sign_certificate};
use domain::{CertificateNumber, CertificateStatus};
use serde::Serialize;

use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::timestamp;

#[derive(Serialize)]
struct PublicCertificateView {
    number: String,
    valid: bool,
    /// `valid`, `replaced` or `withdrawn`.
    state: &'static str,
    /// The number of the one that took its place.
    replaced_by: Option<String>,
    name: String,
    trees: u32,
    campaign: String,
    campaign_title: String,
    issued_at: String,
    /// The date that it shows, which is signed.
    issued_on: String,
    language: &'static str,
    test_mode: bool,
    /// Ed25519 over everything that it shows; `docs/certificates.md` says byte by byte over what.
    signature: String,
    /// Which key of `GET /api/certificates/keys` it is checked with.
    key_id: String,
}

impl PublicCertificateView {
    fn new(certificate: PublicCertificate, seal: &Seal) -> Self {
        let statement = certificate.sheet.statement();
        Self {
            number: statement.number.to_string(),
            valid: certificate.status == CertificateStatus::Valid,
            state: certificate.status.word(),
            replaced_by: certificate.replaced_by.map(|number| number.to_string()),
            name: statement.name,
            trees: statement.trees,
            campaign: certificate.campaign,
            campaign_title: statement.campaign,
            issued_at: timestamp(certificate.sheet.certificate.draft.issued_at),
            issued_on: statement.issued_on.to_string(),
            language: statement.language.code(),
            test_mode: statement.test_mode,
            signature: seal.signature.to_string(),
            key_id: seal.key_id.clone(),
        }
    }
}

/// # Errors
/// 404.
pub async fn certificate(state: web::Data<AppState>, number: web::Path<String>) -> Result<HttpResponse, Problem> {
    let number = CertificateNumber::typed(&number).ok_or(Problem::new(Code::NotFound))?;
    let certificate = read_certificate(&state.house, &number).await?;
    let seal = sign_certificate(&state.house, &certificate.sheet.statement()).await?;
    Ok(HttpResponse::Ok().json(PublicCertificateView::new(certificate, &seal)))
}
