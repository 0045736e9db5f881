//! `POST /donations/{id}/pay`: on to the gateway's checkout, again perhaps.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ReadError, StartPaymentError, start_payment};
use chrono::TimeDelta;
use domain::{DonationId, Language};

use crate::answer::see_other;
use crate::handlers::{broken, donation_in_path, donation_of, no_donation};
use crate::language::requested_language;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::views::MessagePage;

/// Nobody knows when the brake is released; so often it does no harm to ask.
const ASK_AGAIN: TimeDelta = TimeDelta::minutes(5);

/// The donor wants to pay.
pub(crate) async fn pay(
    pages: web::Data<Pages>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = requested_language(&request);
    let Some(id) = donation_in_path(&request) else { return no_donation(&visitor, &request, language) };
    if visitor.account.is_some() {
        match Posted::read(&request, payload, language).await {
            Ok(posted) if visitor.wrote(posted.csrf()) => {}
            Ok(_) => return MessagePage::stale_form(language).answer(),
            Err(answer) => return answer,
        }
    }
    to_checkout((&pages, &visitor), &request, id, language).await
}

/// Somebody opened the button's own address.
pub(crate) async fn back(visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    match donation_in_path(&request) {
        Some(id) => see_other(&format!("/donations/{id}?lang={}", language.code())),
        None => no_donation(&visitor, &request, language),
    }
}

/// To the checkout; to the donation's page if there is nothing to pay, or the gateway did not make the order.
pub(crate) async fn to_checkout(
    (pages, visitor): (&Pages, &Visitor),
    request: &HttpRequest,
    id: DonationId,
    language: Language,
) -> HttpResponse {
    let page = format!("/donations/{id}?lang={}", language.code());
    let access = match donation_of(pages, visitor, id).await {
        Ok((_, access)) => access,
        Err(ReadError::NotFound) => return no_donation(visitor, request, language),
        Err(ReadError::Store(error)) => return broken(&error, language),
    };
    let asker = (&visitor.cause(pages, request), (pages.client)(request));
    match start_payment(&pages.house, id, &access, asker).await {
        Ok(started) => see_other(&started.checkout_url),
        Err(StartPaymentError::AlreadyPaid) => see_other(&page),
        Err(StartPaymentError::Gateway(error)) => {
            tracing::warn!(%error, donation.id = %id, "the gateway did not do it");
            see_other(&format!("{page}&notice=gateway"))
        }
        Err(StartPaymentError::TooMany(many)) => {
            MessagePage::too_often(language).back_to(&page).answer_after(many.retry_after)
        }
        Err(StartPaymentError::Paused) => MessagePage::payments_paused(language).back_to(&page).answer_after(ASK_AGAIN),
        Err(StartPaymentError::Busy) => see_other(&format!("{page}&notice=gateway")),
        Err(StartPaymentError::NotFound) => no_donation(visitor, request, language),
        Err(StartPaymentError::Store(error)) => broken(&error, language),
    }
}
