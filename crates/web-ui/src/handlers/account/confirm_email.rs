//! `GET`, `POST /confirm-email`: behind the link of a mail. Opening it changes nothing: mail programs open links by themselves.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{LinkError, confirm_email};
use domain::Language;

use crate::answer::see_other;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::next_page::MY_DONATIONS;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::account::AccountForm;
use crate::views::address;

/// The button.
pub(crate) async fn show(visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let token = query_value(&request, "token").unwrap_or_default();
    form(&visitor, requested_language(&request), &token).answer()
}

/// The address is proved. The token says whose; who is signed in does not matter.
pub(crate) async fn confirm(
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
    let token = posted.get("token");
    match confirm_email(&pages.house, token, (pages.request_id)(&request)).await {
        Ok(()) => {
            let to = if visitor.account.is_some() { MY_DONATIONS } else { "/sign-in" };
            see_other(&address(to, &[("lang", language.code()), ("notice", "confirmed")]))
        }
        Err(LinkError::InvalidToken) => {
            let errors = vec![FieldError { field: "", message: Texts(language).get("link-over-confirm") }];
            form(&visitor, language, token).errors(errors).answer()
        }
        Err(LinkError::Store(error)) => broken(&error, language),
    }
}

fn form(visitor: &Visitor, language: Language, token: &str) -> AccountForm {
    AccountForm::new(visitor, language, "confirm-email", "").with_token("/confirm-email", token)
}
