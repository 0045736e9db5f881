//! `POST /api/admin/donations/{id}/receipt`: the certificate's mail, once more.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{SendReceiptError, send_receipt};

use crate::extract::{AdminAccount, Cause, PathDonation};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::JobView;

/// 202, and the job that will send it. Whatever a body says is not read: the mail goes to the donation's own address.
///
/// # Errors
/// 401, 403, 404, 409.
pub async fn receipt(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathDonation(id): PathDonation,
) -> Result<HttpResponse, Problem> {
    let job = send_receipt(&state.house, id, &Cause::account(&account, &request)).await?;
    Ok(HttpResponse::Accepted().json(JobView::new(&job)))
}

impl From<SendReceiptError> for Problem {
    fn from(error: SendReceiptError) -> Self {
        match error {
            SendReceiptError::NotFound => Self::new(Code::NotFound),
            SendReceiptError::NothingToSend => Self::new(Code::InvalidState),
            SendReceiptError::Busy => Self::new(Code::Overloaded),
            SendReceiptError::Store(error) => error.into(),
        }
    }
}
