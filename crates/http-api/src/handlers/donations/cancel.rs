//! `POST /api/donations/{id}/cancel`, `POST /api/guest-donations/{id}/cancel`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{Access, CancelDonationError, cancel_donation};

use super::shown;
use crate::extract::{Cause, PathDonation, SignedInAccount};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// # Errors
/// 401, 404, 409.
pub async fn by_account(
    state: web::Data<AppState>,
    request: HttpRequest,
    SignedInAccount(account): SignedInAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::account(&account, &request);
    let donation = cancel_donation(&state.house, id, &Access::Owner(account.id), &cause).await?;
    Ok(shown(&donation, &state))
}

/// # Errors
/// 404, 409.
pub async fn by_guest(
    state: web::Data<AppState>,
    request: HttpRequest,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let donation = cancel_donation(&state.house, id, &Access::Guest, &Cause::guest(&request)).await?;
    Ok(shown(&donation, &state))
}

impl From<CancelDonationError> for Problem {
    fn from(error: CancelDonationError) -> Self {
        match error {
            CancelDonationError::NotFound => Self::new(Code::NotFound),
            CancelDonationError::InvalidState(_) => Self::new(Code::InvalidState),
            CancelDonationError::Busy => Self::new(Code::Overloaded),
            CancelDonationError::Store(error) => error.into(),
        }
    }
}
