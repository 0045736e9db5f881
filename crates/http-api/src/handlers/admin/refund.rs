//! `POST /api/admin/donations/{id}/refund`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{RefundDonation, RefundDonationError, refund_donation};

use crate::extract::{AdminAccount, Cause, JsonBody, PathDonation};
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
    let refund = refund_donation(&state.house, wanted, &Cause::account(&account, &request)).await?;
    Ok(HttpResponse::Created().json(RefundView::new(&refund)))
}

impl From<RefundDonationError> for Problem {
    fn from(error: RefundDonationError) -> Self {
        match error {
            RefundDonationError::NotFound => Self::new(Code::NotFound),
            RefundDonationError::NeverPaid => Self::new(Code::InvalidState),
            RefundDonationError::ExceedsPaid => Self::new(Code::RefundExceedsPaid),
            RefundDonationError::Busy => Self::new(Code::Overloaded),
            RefundDonationError::Gateway(error) => error.into(),
            RefundDonationError::Store(error) => error.into(),
        }
    }
}
