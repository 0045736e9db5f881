//! `GET /`, `POST /donate`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{CreateDonation, create_donation, default_campaign};
use domain::Language;

use crate::answer::see_other;
use crate::form::{FieldError, Typed, refusal};
use crate::handlers::{broken, pay};
use crate::language::requested_language;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::views::{DonatePage, MessagePage};

/// The form.
pub(crate) async fn show(pages: web::Data<Pages>, visitor: Visitor, request: HttpRequest) -> HttpResponse {
    page((&pages, &visitor), &Typed::default(), Vec::new(), requested_language(&request)).await
}

/// Somebody opened the form's own address.
pub(crate) async fn home(request: HttpRequest) -> HttpResponse {
    see_other(&format!("/?lang={}", requested_language(&request).code()))
}

/// What was typed becomes a donation, and the donor goes on to pay it.
pub(crate) async fn give(
    pages: web::Data<Pages>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = requested_language(&request);
    let posted = match Posted::read(&request, payload, language).await {
        Ok(posted) => posted,
        Err(answer) => return answer,
    };
    let typed = Typed::from_body(&posted.body);
    let language = typed.lang.unwrap_or(language);
    if !visitor.wrote(posted.csrf()) {
        return MessagePage::stale_form(language).answer();
    }
    match typed.check(&pages.house.settings, visitor.account.as_ref(), language, visitor.cause(&pages, &request)) {
        Ok(command) => create((&pages, &visitor), &request, &typed, command).await,
        Err(errors) => page((&pages, &visitor), &typed, errors, language).await,
    }
}

async fn create(
    (pages, visitor): (&Pages, &Visitor),
    request: &HttpRequest,
    typed: &Typed,
    command: CreateDonation,
) -> HttpResponse {
    let language = command.language;
    match create_donation(&pages.house, command).await {
        Ok(donation) => pay::to_checkout((pages, visitor), request, donation.id, language).await,
        Err(error) => match refusal(&error, visitor.account.as_ref(), language) {
            Some(error) => page((pages, visitor), typed, vec![error], language).await,
            None => broken(&error, language),
        },
    }
}

async fn page(
    (pages, visitor): (&Pages, &Visitor),
    typed: &Typed,
    errors: Vec<FieldError>,
    language: Language,
) -> HttpResponse {
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    match default_campaign(&pages.house).await {
        Ok(Some(campaign)) => DonatePage::new((pages, visitor), &campaign, (typed, errors), language).answer(status),
        Ok(None) => MessagePage::no_campaign(language).answer(),
        Err(error) => broken(&error, language),
    }
}
