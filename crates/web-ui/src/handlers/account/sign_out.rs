//! `POST /sign-out`

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::log_out_browser;

use super::signed_out;
use crate::answer::see_other;
use crate::handlers::broken;
use crate::language::requested_language;
use crate::pages::Pages;
use crate::posted::Posted;
use crate::session::Visitor;
use crate::views::{MessagePage, address};

/// The session ends, and the browser forgets its cookie.
pub(crate) async fn sign_out(
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
    if !visitor.wrote(posted.csrf()) {
        return MessagePage::stale_form(language).answer();
    }
    if let Some(token) = visitor.token()
        && let Err(error) = log_out_browser(&pages.house, token, &pages.origin(&request)).await
    {
        return broken(&error, language);
    }
    signed_out(&pages, see_other(&address("/", &[("lang", language.code())])))
}
