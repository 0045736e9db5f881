//! `GET`, `POST /sign-in`

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{LogInError, log_in_browser, log_out_browser};
use domain::{DonorEmail, Language};

use super::signed_in;
use crate::answer::see_other;
use crate::form::FieldError;
use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::next_page::{after_signing_in, local, or_home};
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
    if let Some(account) = &visitor.account {
        return see_other(&after_signing_in(or_home(&next, account.role), language));
    }
    let notice = match query_value(&request, "notice").as_deref() {
        Some("password") => Some("notice-password"),
        Some("confirmed") => Some("notice-confirmed-sign-in"),
        Some("everywhere") => Some("notice-everywhere"),
        _ => None,
    };
    form(&visitor, language, (&next, "")).notice(notice).answer()
}

/// Address and password. An unknown address and a wrong password are one answer, after the same work.
pub(crate) async fn sign_in(
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
    let (typed, next) = (posted.get("email"), posted.get("next"));
    let email = DonorEmail::parse(typed).ok();
    let origin = pages.origin(&request);
    match log_in_browser(&pages.house, email.as_ref(), posted.get("password"), &origin).await {
        Ok(session) => {
            // The session that the browser has had until now ends with its cookie.
            if let Some(token) = visitor.token()
                && let Err(error) = log_out_browser(&pages.house, token, &origin).await
            {
                return broken(&error, language);
            }
            let next = or_home(next, session.account.role);
            signed_in(&pages, &session.token, &after_signing_in(next, language))
        }
        Err(LogInError::InvalidCredentials) => {
            let message = Texts(language).get("sign-in-wrong");
            form(&visitor, language, (next, typed)).errors(vec![FieldError { field: "email", message }]).answer()
        }
        Err(LogInError::Store(error)) => broken(&error, language),
    }
}

fn form(visitor: &Visitor, language: Language, (next, email): (&str, &str)) -> AccountForm {
    let texts = Texts(language);
    let next = local(next).unwrap_or_default();
    let lang = ("lang", language.code());
    AccountForm::new(visitor, language, "sign-in", &next)
        .hidden("next", &next)
        .field(Field::new(texts, "email", email, Kind::Email))
        .field(Field::new(texts, "password", "", Kind::Password))
        .link(address("/forgot-password", &[lang]), "to-forgot-password")
        .link(address("/sign-up", &[lang, ("next", &next)]), "to-sign-up")
}
