//! `POST /donations/{id}/pay`: on to the gateway's checkout, again perhaps.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{Access, StartPaymentError, start_payment};
use domain::{DonationId, Language};

use crate::answer::see_other;
use crate::handlers::{broken, donation_in_path};
use crate::language::requested_language;
use crate::pages::Pages;
use crate::views::MessagePage;

/// The donor wants to pay.
pub(crate) async fn pay(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    match donation_in_path(&request) {
        Some(id) => to_checkout(&pages, &request, id, language).await,
        None => MessagePage::no_donation(language).answer(),
    }
}

/// Somebody opened the button's own address.
pub(crate) async fn back(request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    match donation_in_path(&request) {
        Some(id) => see_other(&format!("/donations/{id}?lang={}", language.code())),
        None => MessagePage::no_donation(language).answer(),
    }
}

/// To the checkout; to the donation's page if there is nothing to pay, or the gateway did not make the order.
pub(crate) async fn to_checkout(
    pages: &Pages,
    request: &HttpRequest,
    id: DonationId,
    language: Language,
) -> HttpResponse {
    let page = format!("/donations/{id}?lang={}", language.code());
    match start_payment(&pages.house, id, &Access::Guest, &pages.cause(request)).await {
        Ok(started) => see_other(&started.checkout_url),
        Err(StartPaymentError::AlreadyPaid) => see_other(&page),
        Err(StartPaymentError::Gateway(error)) => {
            tracing::warn!(%error, donation.id = %id, "the gateway did not do it");
            see_other(&format!("{page}&notice=gateway"))
        }
        Err(StartPaymentError::Busy) => see_other(&format!("{page}&notice=gateway")),
        Err(StartPaymentError::NotFound) => MessagePage::no_donation(language).answer(),
        Err(StartPaymentError::Store(error)) => broken(&error, language),
    }
}
