//! `POST /admin/donations/{id}/receipt`: the certificate's mail, once more.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{SendReceiptError, send_receipt};

use super::donation::{donation_in_path, done, not_done, not_found};
use crate::admin::operator::Operator;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::Failed;
use crate::handlers::broken;
use crate::pages::Pages;

/// To the donation's own address: nobody can name another one.
pub(crate) async fn send(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(_): SignedForm,
) -> HttpResponse {
    let Some(id) = donation_in_path(&request) else { return not_found(&operator) };
    let trouble = match send_receipt(&pages.house, id, operator.cause()).await {
        Ok(_) => return done(&operator, id, "receipt"),
        Err(SendReceiptError::NotFound) => return not_found(&operator),
        Err(SendReceiptError::Store(error)) => return broken(&error, operator.language),
        Err(SendReceiptError::NothingToSend) => ("admin-trouble-no-certificate", StatusCode::CONFLICT),
        Err(SendReceiptError::Busy) => ("admin-trouble-busy", StatusCode::SERVICE_UNAVAILABLE),
    };
    not_done(&pages, &operator, id, Failed::because(trouble)).await
}
