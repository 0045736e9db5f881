//! `POST /api/admin/donations/{id}/sync`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{CheckPaymentError, sync_donation};

use super::donation::shown;
use crate::extract::{AdminAccount, Cause, PathDonation};
use crate::problem::{Code, Problem};
use crate::state::AppState;

/// # Errors
/// 401, 403, 404, 502, 504.
pub async fn sync(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let donation = sync_donation(&state.house, id, &Cause::account(&account, &request)).await?;
    shown(&state, &donation).await
}

impl From<CheckPaymentError> for Problem {
    fn from(error: CheckPaymentError) -> Self {
        match error {
            CheckPaymentError::NotFound => Self::new(Code::NotFound),
            CheckPaymentError::Busy => Self::new(Code::Overloaded),
            CheckPaymentError::Gateway(error) => error.into(),
            CheckPaymentError::Store(error) => error.into(),
        }
    }
}
