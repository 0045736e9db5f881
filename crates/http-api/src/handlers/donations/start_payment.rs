//! `POST /api/donations/{id}/payment`, `POST /api/guest-donations/{id}/payment`. The answer's fields are the guide's.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{Access, PaymentStarted, StartPaymentError, start_payment};
use serde::Serialize;

use crate::extract::{Cause, PathDonation, SignedInAccount, client_net};
use crate::problem::{Code, Problem};
use crate::state::AppState;

#[derive(Serialize)]
struct PaymentView {
    success: bool,
    checkout_url: String,
    order_id: String,
    donation_id: String,
    status: &'static str,
}

/// # Errors
/// 401, 404, 409, 429, 502, 503, 504.
pub async fn by_account(
    state: web::Data<AppState>,
    request: HttpRequest,
    SignedInAccount(account): SignedInAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::account(&account, &request);
    let asker = (&cause, client_net(&request));
    let started = start_payment(&state.house, id, &Access::Owner(account.id), asker).await?;
    Ok(answer(started))
}

/// # Errors
/// 404, 409, 429, 502, 503, 504.
pub async fn by_guest(
    state: web::Data<AppState>,
    request: HttpRequest,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::guest(&request);
    let started = start_payment(&state.house, id, &Access::Guest, (&cause, client_net(&request))).await?;
    Ok(answer(started))
}

fn answer(started: PaymentStarted) -> HttpResponse {
    HttpResponse::Ok().json(PaymentView {
        success: true,
        checkout_url: started.checkout_url,
        order_id: started.order.to_string(),
        donation_id: started.donation.to_string(),
        status: started.status.word(),
    })
}

impl From<StartPaymentError> for Problem {
    fn from(error: StartPaymentError) -> Self {
        match error {
            StartPaymentError::NotFound => Self::new(Code::NotFound),
            StartPaymentError::AlreadyPaid => Self::new(Code::AlreadyPaid),
            StartPaymentError::TooMany(many) => many.into(),
            StartPaymentError::Paused => Self::new(Code::PaymentsPaused),
            StartPaymentError::Busy => Self::new(Code::Overloaded),
            StartPaymentError::Gateway(error) => error.into(),
            StartPaymentError::Store(error) => error.into(),
        }
    }
}
