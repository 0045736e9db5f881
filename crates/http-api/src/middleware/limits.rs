//! Turns away whoever asks too often. Inside `idempotent`, so that an answer that is only given again does not count.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{Error, web};
use domain::ClientNet;
use domain::ports::Counted;

use super::problems::refusal;
use crate::extract::client_net;
use crate::problem::Problem;
use crate::state::AppState;

/// Around what makes accounts, and what guesses at them.
///
/// # Errors
/// None of its own.
pub async fn limited_accounts(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    limited(Counted::Account, request, next).await
}

/// Around what makes donations.
///
/// # Errors
/// None of its own.
pub async fn limited_donations(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    limited(Counted::NewDonation, request, next).await
}

async fn limited(
    what: fn(ClientNet) -> Counted,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let client = client_net(request.request());
    let state = request.app_data::<web::Data<AppState>>();
    let counted = state.map_or(Ok(()), |state| state.house.guard.limits.count(what(client)));
    match counted {
        Ok(()) => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        Err(many) => Ok(refusal(request.into_parts().0, &Problem::from(many))),
    }
}
