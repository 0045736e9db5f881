//! `GET`, `POST /forgot-password`

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::forgot_password;
use domain::Language;

use super::Check;
use crate::handlers::broken;
use crate::language::requested_language;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::texts::Texts;
use crate::views::account::{AccountForm, Field, Kind};
use crate::views::{MessagePage, address};

/// The form.
pub(crate) async fn show(visitor: Visitor, request: HttpRequest) -> HttpResponse {
    form(&visitor, requested_language(&request), "").answer()
}

/// One answer for every address: it tells nobody who has an account.
pub(crate) async fn ask(
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
    let mut check = Check::new(language);
    let Some(email) = check.email(posted.get("email")) else {
        return form(&visitor, language, posted.get("email")).errors(check.errors).answer();
    };
    match forgot_password(&pages.house, Some(&email)).await {
        Ok(()) => MessagePage::mail_on_its_way(language).answer(),
        Err(error) => broken(&error, language),
    }
}

fn form(visitor: &Visitor, language: Language, email: &str) -> AccountForm {
    AccountForm::new(visitor, language, "forgot-password", "")
        .field(Field::new(Texts(language), "email", email, Kind::Email))
        .link(address("/sign-in", &[("lang", language.code())]), "to-sign-in")
}
