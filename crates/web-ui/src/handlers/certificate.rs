//! `GET /donations/{id}/certificate.pdf`

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use application::{ReadError, certificate_sheet};

use crate::handlers::{broken, donation_in_path, donation_of, no_donation};
use crate::language::requested_language;
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::MessagePage;

/// The document, for whoever may see the donation.
pub(crate) async fn pdf(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let Some(id) = donation_in_path(&request) else { return no_donation(&visitor, &request, language) };
    let donation = match donation_of(&pages, &visitor, id).await {
        Ok((donation, _)) => donation,
        Err(ReadError::NotFound) => return no_donation(&visitor, &request, language),
        Err(ReadError::Store(error)) => return broken(&error, language),
    };
    let verify_at = |number: &_| pages.house.settings.pages.certificate(number);
    let Ok(sheet) = certificate_sheet(&donation, verify_at) else {
        return MessagePage::no_certificate(language).answer();
    };
    let name = format!("inline; filename=\"{}.pdf\"", sheet.certificate.number);
    let signer = match pages.house.seals.signer().await {
        Ok(signer) => signer,
        Err(error) => return broken(&error, language),
    };
    let renderer = pages.house.renderer.clone();
    match web::block(move || renderer.render(&sheet, signer.as_ref())).await {
        Ok(Ok(pdf)) => HttpResponse::build(StatusCode::OK)
            .content_type("application/pdf")
            .insert_header((header::CONTENT_DISPOSITION, name))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .body(pdf),
        Ok(Err(error)) => {
            tracing::error!(%error, donation.id = %id, "a certificate could not be drawn");
            MessagePage::broken(language).answer()
        }
        Err(error) => broken(&error, language),
    }
}
