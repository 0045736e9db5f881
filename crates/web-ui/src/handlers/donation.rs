//! `GET /donations/{id}`, `GET /donations/{id}/news`: where the donor comes back to, and how the donation stands.

use actix_web::{HttpRequest, HttpResponse, web};
use application::ReadError;

use crate::handlers::{broken, donation_in_path, donation_of, no_donation};
use crate::language::{language_in_query, query_value, requested_language};
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::{DonationPage, Hint, NewsPage, Visit};

/// What the house knows of the donation; never what the address claims.
pub(crate) async fn show(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    page(&pages, &visitor, &request).await.map_or_else(|answer| answer, |page| page.answer())
}

/// What the page does not show yet, for the page itself to ask for.
pub(crate) async fn news(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let seen = query_value(&request, "seen").unwrap_or_default();
    let page = page(&pages, &visitor, &request).await;
    page.map_or_else(|answer| answer, |page| NewsPage::new(page, &seen).answer())
}

async fn page(pages: &Pages, visitor: &Visitor, request: &HttpRequest) -> Result<DonationPage, HttpResponse> {
    let language = requested_language(request);
    let id = donation_in_path(request).ok_or_else(|| no_donation(visitor, request, language))?;
    match donation_of(pages, visitor, id).await {
        Ok((donation, _)) => {
            let language = language_in_query(request).unwrap_or(donation.language);
            Ok(DonationPage::new((&donation, visitor), visit(request), language))
        }
        Err(ReadError::NotFound) => Err(no_donation(visitor, request, language)),
        Err(ReadError::Store(error)) => Err(broken(&error, language)),
    }
}

/// Why the donor is here, as far as the address tells. Decides whether the page looks again by itself, nothing else.
fn visit(request: &HttpRequest) -> Visit {
    let result = query_value(request, "result");
    let hint = if result.as_deref() == Some("success") { Hint::Paid } else { Hint::NotPaid };
    let looks = query_value(request, "look").and_then(|number| number.parse().ok());
    if query_value(request, "notice").as_deref() == Some("gateway") {
        Visit::GatewayFailed
    } else if let Some(looks) = looks {
        Visit::BackFromPaying { looks, hint }
    } else if result.is_some() {
        Visit::BackFromPaying { looks: 0, hint }
    } else {
        Visit::Opened
    }
}
