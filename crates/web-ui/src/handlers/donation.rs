//! `GET /donations/{id}`: where the donor comes back to, and how the donation stands.

use actix_web::{HttpRequest, HttpResponse, web};
use application::ReadError;

use crate::handlers::{broken, donation_in_path, donation_of, no_donation};
use crate::language::{language_in_query, query_value, requested_language};
use crate::pages::Pages;
use crate::session::Visitor;
use crate::views::{DonationPage, Hint, Visit};

/// What the house knows of the donation; never what the address claims.
pub(crate) async fn show(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let Some(id) = donation_in_path(&request) else { return no_donation(&visitor, &request, language) };
    match donation_of(&pages, &visitor, id).await {
        Ok((donation, _)) => {
            let language = language_in_query(&request).unwrap_or(donation.language);
            DonationPage::new((&donation, &visitor), visit(&request), language).answer()
        }
        Err(ReadError::NotFound) => no_donation(&visitor, &request, language),
        Err(ReadError::Store(error)) => broken(&error, language),
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
