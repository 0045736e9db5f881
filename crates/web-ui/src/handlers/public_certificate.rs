//! `GET /certificates/{number}`: what anybody may know of a certificate. `GET /certificates/{number}.png`: its picture.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{PublicCertificate, ReadError, check_signature, read_certificate};
use domain::{CertificateNumber, CertificateStatus};

use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::{CertificatePage, MessagePage};

/// It has a person's name on it: search engines are asked to pass by.
const ROBOTS: (&str, &str) = ("x-robots-tag", "noindex");

/// As it stands now. The address may bring the signature of a paper, to be compared with what is on record.
pub(crate) async fn show(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let certificate = match found(&pages, &request).await {
        Ok(certificate) => certificate,
        Err(answer) => return answer,
    };
    let shown = query_value(&request, "s");
    let check = match &shown {
        Some(shown) => check_signature(&pages.house, &certificate.sheet.statement(), shown).await.map(Some),
        None => Ok(None),
    };
    match check {
        Ok(check) => {
            let check = check.zip(shown);
            let mut answer =
                CertificatePage::new(&pages.house.settings, (&certificate, &visitor), check, language).answer();
            answer
                .headers_mut()
                .append(header::HeaderName::from_static(ROBOTS.0), header::HeaderValue::from_static(ROBOTS.1));
            answer
        }
        Err(error) => broken(&error, language),
    }
}

/// The picture of a valid certificate; of one that is not, nothing that could be shown around.
pub(crate) async fn card(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let certificate = match found(&pages, &request).await {
        Ok(certificate) => certificate,
        Err(answer) => return answer,
    };
    if certificate.status != CertificateStatus::Valid {
        return MessagePage::certificate_gone(language).answer();
    }
    let renderer = pages.house.renderer.clone();
    match web::block(move || renderer.card(&certificate.sheet)).await {
        Ok(Ok(png)) => HttpResponse::Ok()
            .content_type("image/png")
            // Short: it must not outlive the certificate by much.
            .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
            .insert_header((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
            .insert_header(ROBOTS)
            .body(png),
        Ok(Err(error)) => broken(&error, language),
        Err(error) => broken(&error, language),
    }
}

async fn found(pages: &Pages, request: &HttpRequest) -> Result<PublicCertificate, HttpResponse> {
    let language = requested_language(request);
    let number = request.match_info().get("number").and_then(CertificateNumber::typed);
    let Some(number) = number else { return Err(MessagePage::unknown_certificate(language).answer()) };
    match read_certificate(&pages.house, &number).await {
        Ok(certificate) => Ok(certificate),
        Err(ReadError::NotFound) => Err(MessagePage::unknown_certificate(language).answer()),
        Err(ReadError::Store(error)) => Err(broken(&error, language)),
    }
}
