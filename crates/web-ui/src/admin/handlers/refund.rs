//! `POST /admin/donations/{id}/refund/check`, `POST /admin/donations/{id}/refund`: money is given back, after a second look.
//!
//! The first form is answered by a page that says what would be done, and whose form carries a name that was made for it: however
//! often that one is sent (a double click, a reload, a browser that repeats), money goes back once.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{Access, ReadError, RefundDonation, RefundDonationError, read_donation, refund_donation_once};
use domain::donation::{RefundRefused, RefundTerms};
use domain::{Donation, DonationId, RefundReason, RefundStatus, Tenge};

use super::donation::{donation_in_path, done, gateway_trouble, not_done, not_found};
use crate::admin::operator::Operator;
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{ActForm, Failed, RefundPage};
use crate::form::{FieldError, line_error};
use crate::handlers::broken;
use crate::money::{money, parse_whole_number};
use crate::pages::Pages;
use crate::posted::Posted;
use crate::texts::{Arg, Texts};

const NEVER_PAID: (&str, StatusCode) = ("admin-trouble-never-paid", StatusCode::CONFLICT);
const TROUBLES: [&str; 3] =
    ["admin-trouble-refund-refused", "admin-trouble-refund-unavailable", "admin-trouble-refund-unknown"];
/// Forms' names are made here: an id in hexadecimal digits.
const NAME_LENGTH: usize = 32;

/// What would be done. Nothing is.
pub(crate) async fn check(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let donation = match donation(&pages, &operator, &request).await {
        Ok(donation) => donation,
        Err(answer) => return answer,
    };
    let once = pages.house.ids.next().simple().to_string();
    match checked(&donation, &posted, &operator) {
        Ok((terms, reason)) => RefundPage::new(&operator, &donation, (terms, &reason), &once).answer(),
        Err(Wrong::Fields(errors)) => {
            not_done(&pages, &operator, donation.id, Failed::wrong((ActForm::Refund, posted), errors)).await
        }
        Err(Wrong::NeverPaid) => not_done(&pages, &operator, donation.id, Failed::because(NEVER_PAID)).await,
    }
}

/// It is done, if it was looked at.
pub(crate) async fn refund(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(posted): SignedForm,
) -> HttpResponse {
    let donation = match donation(&pages, &operator, &request).await {
        Ok(donation) => donation,
        Err(answer) => return answer,
    };
    let id = donation.id;
    let typed = wanted(&posted, &operator);
    let (Ok((Some(amount), reason)), Some(once)) = (typed, name(&posted)) else {
        // It did not come from the page that shows what would be done.
        let unchecked = Failed::because(("admin-trouble-unchecked", StatusCode::UNPROCESSABLE_ENTITY));
        return not_done(&pages, &operator, id, unchecked.typed((ActForm::Refund, posted))).await;
    };
    let wanted = RefundDonation { donation: id, amount: Some(amount), reason };
    let failed = match refund_donation_once(&pages.house, wanted, &once, operator.cause()).await {
        Ok(refund) => {
            let notice = match refund.status {
                RefundStatus::Succeeded => "refund-succeeded",
                RefundStatus::Pending => "refund-pending",
                RefundStatus::Failed => "refund-failed",
            };
            return done(&operator, id, notice);
        }
        Err(RefundDonationError::NotFound) => return not_found(&operator),
        Err(RefundDonationError::Store(error)) => return broken(&error, operator.language),
        Err(RefundDonationError::NeverPaid) => {
            return not_done(&pages, &operator, id, Failed::because(NEVER_PAID)).await;
        }
        Err(RefundDonationError::ExceedsPaid) => {
            return exceeds(&pages, &operator, id, posted).await;
        }
        Err(RefundDonationError::KeyReused) => ("admin-trouble-key-reused", StatusCode::UNPROCESSABLE_ENTITY),
        Err(RefundDonationError::Busy) => ("admin-trouble-busy", StatusCode::SERVICE_UNAVAILABLE),
        Err(RefundDonationError::Gateway(error)) => gateway_trouble(&error, TROUBLES),
    };
    not_done(&pages, &operator, id, Failed::because(failed).typed((ActForm::Refund, posted))).await
}

async fn donation(pages: &Pages, operator: &Operator, request: &HttpRequest) -> Result<Donation, HttpResponse> {
    let id = donation_in_path(request).ok_or_else(|| not_found(operator))?;
    read_donation(&pages.house, id, &Access::Admin).await.map_err(|error| match error {
        ReadError::NotFound => not_found(operator),
        ReadError::Store(error) => broken(&error, operator.language),
    })
}

/// The form's own name; `None` if it has none of ours.
fn name(posted: &Posted) -> Option<String> {
    let name = posted.get("once");
    let ours = name.len() == NAME_LENGTH && name.bytes().all(|byte| byte.is_ascii_hexdigit());
    ours.then(|| format!("page:{name}"))
}

enum Wrong {
    Fields(Vec<FieldError>),
    NeverPaid,
}

/// What was typed; an empty amount is all that is left.
fn wanted(posted: &Posted, operator: &Operator) -> Result<(Option<Tenge>, RefundReason), Vec<FieldError>> {
    let texts = Texts(operator.language);
    let mut errors = Vec::new();
    let typed = posted.get("amount");
    let parsed = parse_whole_number(typed).and_then(|whole| Tenge::from_i64(whole).ok()).filter(|sum| !sum.is_zero());
    if parsed.is_none() && !typed.trim().is_empty() {
        errors.push(FieldError { field: "amount", message: texts.get("admin-filter-number") });
    }
    match RefundReason::parse(posted.get("reason")) {
        Ok(reason) if errors.is_empty() => Ok((parsed, reason)),
        Ok(_) => Err(errors),
        Err(error) => {
            let message = line_error(texts, error, "admin-reason-required");
            errors.push(FieldError { field: "reason", message });
            Err(errors)
        }
    }
}

fn checked(donation: &Donation, posted: &Posted, operator: &Operator) -> Result<(RefundTerms, RefundReason), Wrong> {
    let (amount, reason) = wanted(posted, operator).map_err(Wrong::Fields)?;
    match donation.refund_terms(amount) {
        Ok(terms) => Ok((terms, reason)),
        Err(RefundRefused::NeverPaid) => Err(Wrong::NeverPaid),
        Err(RefundRefused::ExceedsPaid { left }) => Err(Wrong::Fields(vec![too_much(operator, left)])),
    }
}

fn too_much(operator: &Operator, left: Tenge) -> FieldError {
    let message = Texts(operator.language).fill("admin-refund-exceeds", &[("left", Arg::Text(money(left)))]);
    FieldError { field: "amount", message }
}

/// More than is left: by our books as they stand now, or by the gateway's.
async fn exceeds(pages: &Pages, operator: &Operator, id: DonationId, posted: Posted) -> HttpResponse {
    let left = match read_donation(&pages.house, id, &Access::Admin).await {
        Ok(donation) => donation.attempts.iter().map(|attempt| donation.unreserved_of(attempt.number)).max(),
        Err(ReadError::NotFound) => return not_found(operator),
        Err(ReadError::Store(error)) => return broken(&error, operator.language),
    };
    let errors = vec![too_much(operator, left.unwrap_or(Tenge::ZERO))];
    not_done(pages, operator, id, Failed::wrong((ActForm::Refund, posted), errors)).await
}
