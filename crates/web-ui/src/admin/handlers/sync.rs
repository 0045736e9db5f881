//! `POST /admin/donations/{id}/sync`: the gateway is asked anew.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{Access, CheckPaymentError, ReadError, operator_acts, read_donation, sync_donation};
use domain::donation::OperatorAct;
use domain::reconciliation::Day;

use super::donation::{donation_in_path, done, gateway_trouble, not_done, not_found};
use crate::admin::operator::Operator;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::Failed;
use crate::answer::see_other;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::views::address;

const TROUBLES: [&str; 3] = ["admin-trouble-ask-refused", "admin-trouble-ask-unavailable", "admin-trouble-ask-unknown"];

/// Everything of the donation is asked about; what is heard is taken up.
pub(crate) async fn sync(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let Some(id) = donation_in_path(&request) else { return not_found(&operator) };
    let donation = match read_donation(&pages.house, id, &Access::Admin).await {
        Ok(donation) => donation,
        Err(ReadError::NotFound) => return not_found(&operator),
        Err(ReadError::Store(error)) => return broken(&error, operator.language),
    };
    let trouble = if operator_acts(&pages.house, &donation).contains(&OperatorAct::AskGateway) {
        match sync_donation(&pages.house, id, operator.cause()).await {
            Ok(_) => return back(&operator, posted.get("back")).unwrap_or_else(|| done(&operator, id, "asked")),
            Err(CheckPaymentError::NotFound) => return not_found(&operator),
            Err(CheckPaymentError::Store(error)) => return broken(&error, operator.language),
            Err(CheckPaymentError::Busy) => ("admin-trouble-busy", StatusCode::SERVICE_UNAVAILABLE),
            Err(CheckPaymentError::Gateway(error)) => gateway_trouble(&error, TROUBLES),
        }
    } else {
        ("admin-trouble-nothing-to-ask", StatusCode::CONFLICT)
    };
    not_done(&pages, &operator, id, Failed::because(trouble)).await
}

/// To the day's books, if it was asked for there: of the page's own words only the day counts.
fn back(operator: &Operator, page: &str) -> Option<HttpResponse> {
    let day = Day::parse(page.strip_prefix("/admin/reconciliation?date=")?)?;
    let query = [("lang", operator.language.code()), ("date", &*day.to_string()), ("notice", "asked")];
    Some(see_other(&address("/admin/reconciliation", &query)))
}
