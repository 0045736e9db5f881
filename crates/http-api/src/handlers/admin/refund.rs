//! `POST /api/admin/donations/{id}/refund`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{RefundDonation, RefundDonationError, refund_donation, refund_donation_once};

use crate::extract::{AdminAccount, Cause, JsonBody, PathDonation};
use crate::middleware::idempotency_key;
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::RefundView;

/// # Errors
/// 401, 403, 404, 409, 422, 502.
pub async fn refund(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathDonation(donation): PathDonation,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let amount = fields.tenge("amount");
    let reason = fields.required_line("reason");
    fields.finish()?;
    let reason = reason.ok_or_else(|| Problem::validation(Vec::new()))?;
    let wanted = RefundDonation { donation, amount, reason };
    let cause = Cause::account(&account, &request);
    let refund = match idempotency_key(&request) {
        // The answer is kept for a repeat, unless the server dies before; the key finds the refund even then.
        Some(key) => refund_donation_once(&state.house, wanted, &key, &cause).await?,
        None => refund_donation(&state.house, wanted, &cause).await?,
    };
    Ok(HttpResponse::Created().json(RefundView::new(&refund)))
}

impl From<RefundDonationError> for Problem {
    fn from(error: RefundDonationError) -> Self {
        match error {
            RefundDonationError::NotFound => Self::new(Code::NotFound),
            RefundDonationError::NeverPaid => Self::new(Code::InvalidState),
            RefundDonationError::ExceedsPaid => Self::new(Code::RefundExceedsPaid),
            RefundDonationError::KeyReused => Self::new(Code::IdempotencyKeyReused),
            RefundDonationError::Busy => Self::new(Code::Overloaded),
            RefundDonationError::Gateway(error) => error.into(),
            RefundDonationError::Store(error) => error.into(),
        }
    }
}
