//! `GET /`, `POST /donate`

use actix_web::http::StatusCode;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, web};
use application::{CreateDonation, create_donation, default_campaign};
use domain::Language;

use crate::answer::see_other;
use crate::form::{FieldError, Typed, refusal};
use crate::handlers::{broken, pay};
use crate::language::requested_language;
use crate::pages::Pages;
use crate::views::{DonatePage, MessagePage};

/// More than any honest form.
const MOST_BYTES: usize = 64 * 1024;

/// The form.
pub(crate) async fn show(pages: web::Data<Pages>, request: HttpRequest) -> HttpResponse {
    page(&pages, &Typed::default(), Vec::new(), requested_language(&request)).await
}

/// Somebody opened the form's own address.
pub(crate) async fn home(request: HttpRequest) -> HttpResponse {
    see_other(&format!("/?lang={}", requested_language(&request).code()))
}

/// What was typed becomes a donation, and the donor goes on to pay it.
pub(crate) async fn give(pages: web::Data<Pages>, request: HttpRequest, payload: web::Payload) -> HttpResponse {
    let language = requested_language(&request);
    if request.content_type() != "application/x-www-form-urlencoded" {
        return MessagePage::not_a_form(language).answer();
    }
    let body = match payload.to_bytes_limited(MOST_BYTES).await {
        Ok(Ok(body)) => body,
        Ok(Err(_)) => return MessagePage::cut_off(language).answer(),
        Err(_) => return MessagePage::too_large(language).answer(),
    };
    let typed = Typed::from_body(&body);
    let language = typed.lang.unwrap_or(language);
    match typed.check(&pages.house.settings, language, pages.cause(&request)) {
        Ok(command) => create(&pages, &request, &typed, command).await,
        Err(errors) => page(&pages, &typed, errors, language).await,
    }
}

async fn create(pages: &Pages, request: &HttpRequest, typed: &Typed, command: CreateDonation) -> HttpResponse {
    let language = command.language;
    match create_donation(&pages.house, command).await {
        Ok(donation) => pay::to_checkout(pages, request, donation.id, language).await,
        Err(error) => match refusal(&error, language) {
            Some(error) => page(pages, typed, vec![error], language).await,
            None => broken(&error, language),
        },
    }
}

async fn page(pages: &Pages, typed: &Typed, errors: Vec<FieldError>, language: Language) -> HttpResponse {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    match default_campaign(&pages.house).await {
        Ok(Some(campaign)) => DonatePage::new(pages, &campaign, (typed, errors), language).answer(status),
        Ok(None) => MessagePage::no_campaign(language).answer(),
        Err(error) => broken(&error, language),
    }
}
