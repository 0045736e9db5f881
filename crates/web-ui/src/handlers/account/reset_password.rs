//! `GET`, `POST /reset-password`: behind the link of a mail. Opening it changes nothing: mail programs open links by themselves.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{LinkError, reset_password};
use domain::Language;

use super::{Check, signed_out};
use crate::answer::see_other;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::account::{AccountForm, Field, Kind};
use crate::views::address;

/// The form.
pub(crate) async fn show(visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let token = query_value(&request, "token").unwrap_or_default();
    form(&visitor, requested_language(&request), &token).answer()
}

/// Another password. Every session of the account ends, this browser's among them if it is the account's.
pub(crate) async fn choose(
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
    let (token, password) = (posted.get("token"), posted.get("password"));
    let again = |errors| form(&visitor, language, token).errors(errors).answer();
    let mut check = Check::new(language);
    check.new_password(password);
    if !check.errors.is_empty() {
        return again(check.errors);
    }
    match reset_password(&pages.house, token, password, &pages.origin(&request)).await {
        Ok(()) => {
            let to = address("/sign-in", &[("lang", language.code()), ("notice", "password")]);
            signed_out(&pages, see_other(&to))
        }
        Err(LinkError::InvalidToken) => {
            again(vec![FieldError { field: "", message: Texts(language).get("link-over-reset") }])
        }
        Err(LinkError::Store(error)) => broken(&error, language),
    }
}

fn form(visitor: &Visitor, language: Language, token: &str) -> AccountForm {
    AccountForm::new(visitor, language, "reset-password", "")
        .with_token("/reset-password", token)
        .field(Field::new(Texts(language), "password", "", Kind::NewPassword))
        .link(address("/forgot-password", &[("lang", language.code())]), "to-another-link")
}
