//! Forms count against the same limits as the API's calls: whoever asks too often gets a page that says so.
//!
//! Donations are counted where a form is found to be new, and payments in their use case, which knows whether an order may be made.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use domain::ports::Counted;

use crate::language::requested_language;
use crate::pages::Pages;
use crate::views::MessagePage;

/// Around forms that make accounts, and those that guess at them.
pub(crate) async fn limited_accounts(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let pages = request.app_data::<web::Data<Pages>>();
    let counted = pages.map_or(Ok(()), |pages| {
        let client = (pages.client)(request.request());
        pages.house.guard.limits.count(Counted::Account(client))
    });
    match counted {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        Err(many) => {
            let answer = MessagePage::too_often(requested_language(request.request())).answer_after(many.retry_after);
            Ok(request.into_response(answer))
        }
    }
}
