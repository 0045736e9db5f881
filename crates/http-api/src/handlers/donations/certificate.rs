//! `GET /api/donations/{id}/certificate`, `GET /api/guest-donations/{id}/certificate`.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use application::{Access, NoCertificate, certificate_sheet, read_donation};

use crate::extract::{PathDonation, SignedInAccount};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// # Errors
/// 401, 404, 410.
pub async fn by_account(
    state: web::Data<AppState>,
    SignedInAccount(account): SignedInAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    document(&state, id, &Access::to_read(&account)).await
}

/// # Errors
/// 404, 410.
pub async fn by_guest(state: web::Data<AppState>, PathDonation(id): PathDonation) -> Result<HttpResponse, Problem> {
    document(&state, id, &Access::Guest).await
}

async fn document(state: &AppState, id: domain::DonationId, access: &Access) -> Result<HttpResponse, Problem> {
    let donation = read_donation(&state.house, id, access).await?;
    let sheet = certificate_sheet(&donation, |number| state.site.verify_url(number))?;
    let name = format!("inline; filename=\"{}.pdf\"", sheet.certificate.number);
    let signer = state.house.seals.signer().await?;
    let renderer = state.house.renderer.clone();
    let drawn = web::block(move || renderer.render(&sheet, signer.as_ref()))
        .await
        .map_err(|_| Problem::new(Code::Overloaded))?;
    let pdf = drawn.map_err(|error| {
        tracing::error!(error = %error, donation.id = %id, "a certificate could not be drawn");
        Problem::new(Code::Internal)
    })?;
    Ok(HttpResponse::Ok().content_type("application/pdf").insert_header((header::CONTENT_DISPOSITION, name)).body(pdf))
}

impl From<NoCertificate> for Problem {
    fn from(error: NoCertificate) -> Self {
        Self::new(match error {
            NoCertificate::NotYet => Code::CertificateNotFound,
            NoCertificate::Withdrawn => Code::CertificateRevoked,
        })
    }
}
