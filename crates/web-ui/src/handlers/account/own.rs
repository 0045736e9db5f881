//! `GET /account`, and what its buttons do.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::{DeleteAccountError, confirm_again, delete_account_with_password, log_out_everywhere};
use domain::{Account, Language};

use super::{signed_out, to_sign_in};
use crate::answer::see_other;
use crate::handlers::broken;
use crate::language::{query_value, requested_language};
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::views::account::{AccountPage, Wrong};
use crate::views::{MessagePage, address};

/// Name, address, and what can be done with them.
pub(crate) async fn show(visitor: Visitor, request: HttpRequest) -> HttpResponse {
    let language = requested_language(&request);
    let Some(account) = &visitor.account else { return to_sign_in("/account", language) };
    let asked = query_value(&request, "notice").as_deref() == Some("mail");
    AccountPage::new((&visitor, account), language).notice(asked.then_some("notice-mail")).answer()
}

/// Somebody opened a button's own address.
pub(crate) async fn back(request: HttpRequest) -> HttpResponse {
    see_other(&address("/account", &[("lang", requested_language(&request).code())]))
}

/// The mail that asks to confirm the address, once more.
pub(crate) async fn ask_again(
    pages: web::Data<Pages>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = requested_language(&request);
    let (account, _) = match signed(&visitor, &request, payload, language).await {
        Ok(signed) => signed,
        Err(answer) => return answer,
    };
    match confirm_again(&pages.house, account).await {
        Ok(()) => see_other(&address("/account", &[("lang", language.code()), ("notice", "mail")])),
        Err(error) => broken(&error, language),
    }
}

/// Every session ends, this one too.
pub(crate) async fn everywhere(
    pages: web::Data<Pages>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = requested_language(&request);
    let (account, _) = match signed(&visitor, &request, payload, language).await {
        Ok(signed) => signed,
        Err(answer) => return answer,
    };
    match log_out_everywhere(&pages.house, account, &pages.origin(&request)).await {
        Ok(()) => {
            let to = address("/sign-in", &[("lang", language.code()), ("notice", "everywhere")]);
            signed_out(&pages, see_other(&to))
        }
        Err(error) => broken(&error, language),
    }
}

/// The account goes, once its password was given again.
pub(crate) async fn delete(
    pages: web::Data<Pages>,
    visitor: Visitor,
    request: HttpRequest,
    payload: web::Payload,
) -> HttpResponse {
    let language = requested_language(&request);
    let (account, posted) = match signed(&visitor, &request, payload, language).await {
        Ok(signed) => signed,
        Err(answer) => return answer,
    };
    let page = AccountPage::new((&visitor, account), language);
    let password = posted.get("password");
    if password.is_empty() {
        return page.wrong(Wrong::Missing).answer();
    }
    match delete_account_with_password(&pages.house, account, password, (pages.request_id)(&request)).await {
        Ok(()) => signed_out(&pages, MessagePage::account_deleted(language).answer()),
        Err(DeleteAccountError::WrongPassword) => page.wrong(Wrong::Password).answer(),
        Err(DeleteAccountError::Store(error)) => broken(&error, language),
    }
}

/// The account for which a form of its own session acts.
async fn signed<'a>(
    visitor: &'a Visitor,
    request: &HttpRequest,
    payload: web::Payload,
    language: Language,
) -> Result<(&'a Account, Posted), HttpResponse> {
    let posted = Posted::read(request, payload, language).await?;
    let account = visitor.account.as_ref().ok_or_else(|| to_sign_in("/account", language))?;
    if visitor.wrote(posted.csrf()) { Ok((account, posted)) } else { Err(MessagePage::stale_form(language).answer()) }
}
