//! A form that does something.

use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::error::InternalError;
use actix_web::{Error, FromRequest, HttpRequest, HttpResponse, web};

use super::operator::Operator;
use crate::posted::Posted;
use crate::views::MessagePage;

/// What an operator has sent with a form of a page of their own session: it carries the session's token, which no other site and no
/// other session knows.
pub(crate) struct SignedForm(pub(crate) Posted);

impl FromRequest for SignedForm {
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Error>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let operator = Operator::from_request(request, payload).into_inner();
        let payload = web::Payload::from_request(request, payload).into_inner();
        let request = request.clone();
        Box::pin(async move {
            let operator = operator?;
            let posted = Posted::read(&request, payload?, operator.language).await.map_err(refused)?;
            if operator.wrote(posted.csrf()) {
                return Ok(Self(posted));
            }
            tracing::warn!({ account.id = %operator.account.id }, "admin.form_without_its_token_refused");
            Err(refused(MessagePage::stale_form(operator.language).answer()))
        })
    }
}

fn refused(answer: HttpResponse) -> Error {
    InternalError::from_response("the form was refused", answer).into()
}
