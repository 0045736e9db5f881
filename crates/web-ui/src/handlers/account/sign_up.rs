//! `GET`, `POST /sign-up`

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{Register, RegisterError, register_browser};
use domain::Language;

use super::{Check, signed_in};
use crate::answer::see_other;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::next_page::{after_signing_in, local};
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::account::{AccountForm, Field, Kind};
use crate::views::address;

/// The form, or straight on for whoever has signed in already.
pub(crate) async fn show(visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let next = query_value(&request, "next").unwrap_or_default();
    if visitor.account.is_some() {
        return see_other(&after_signing_in(&next, language));
    }
    form(&visitor, language, &next, ("", "")).answer()
}

/// An account is made and signed in.
pub(crate) async fn sign_up(
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
    let next = posted.get("next");
    if visitor.account.is_some() {
        return see_other(&after_signing_in(next, language));
    }
    let again =
        |errors| form(&visitor, language, next, (posted.get("name"), posted.get("email"))).errors(errors).answer();
    let mut check = Check::new(language);
    let (name, email) = (check.name(posted.get("name")), check.email(posted.get("email")));
    check.new_password(posted.get("password"));
    let (Some(name), Some(email), true) = (name, email, check.errors.is_empty()) else { return again(check.errors) };
    let command = Register { email, password: posted.get("password").to_owned(), name, language };
    match register_browser(&pages.house, command, &pages.origin(&request)).await {
        Ok(session) => signed_in(&pages, &session.token, &after_signing_in(next, language)),
        Err(RegisterError::EmailTaken) => {
            again(vec![FieldError { field: "email", message: Texts(language).get("sign-up-taken") }])
        }
        Err(RegisterError::Store(error)) => broken(&error, language),
    }
}

fn form(visitor: &Visitor, language: Language, next: &str, (name, email): (&str, &str)) -> AccountForm {
    let texts = Texts(language);
    let next = local(next).unwrap_or_default();
    AccountForm::new(visitor, language, "sign-up", &next)
        .hidden("next", &next)
        .field(Field::new(texts, "name", name, Kind::Name))
        .field(Field::new(texts, "email", email, Kind::Email))
        .field(Field::new(texts, "password", "", Kind::NewPassword).labelled(texts.get("password-label")))
        .link(address("/sign-in", &[("lang", language.code()), ("next", &next)]), "to-sign-in")
}
