//! The bank's page of 3-D Secure.

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::format::tenge;
use super::words::{Language, Words};
use super::{found, html, missing};
use crate::api::{Caller, Params};
use crate::engine::ThreeDsAnswer;
use crate::model::{Payment, PaymentStatus};

#[derive(Template)]
#[template(path = "three_ds.html")]
struct ThreeDsPage<'a> {
    words: &'static Words,
    payment: &'a Payment,
    amount: String,
}

/// The password, or the button that gives up.
#[derive(Debug, Deserialize)]
pub(super) struct AnswerFields {
    #[serde(default)]
    password: String,
    cancel: Option<String>,
}

/// Where the payer goes afterwards: `return_url` \[SDK\], without it the checkout page \[DOC\].
fn way_back(params: &Params, language: Language, payment: &Payment) -> String {
    let given = params.text("return_url").filter(|url| {
        let is_own = url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\");
        let scheme = url::Url::parse(url).map(|url| url.scheme().to_owned()).unwrap_or_default();
        is_own || !matches!(scheme.as_str(), "" | "javascript" | "data" | "vbscript")
    });
    given.unwrap_or_else(|| format!("/{}/orders/{}?payment={}", language.segment(), payment.order_id, payment.id))
}

/// Asks for the password; once there is nothing to ask, leads back.
pub(super) async fn show(caller: Caller, id: web::Path<String>, params: Params) -> HttpResponse {
    let language = Language::of(&params.text("lang").unwrap_or_default());
    let asked = caller.run(|world| {
        let payment = world.payment(&id)?;
        let order = world.order(&payment.order_id)?;
        Ok::<_, crate::error::Refusal>((payment, order))
    });
    let (payment, order) = match asked {
        Ok(asked) => asked,
        Err(refusal) => return missing(language, &refusal),
    };
    let back = way_back(&params, language, &payment);
    if payment.status != PaymentStatus::RequiresAction {
        return found(StatusCode::SEE_OTHER, &back);
    }
    let page = ThreeDsPage { words: language.words(), payment: &payment, amount: tenge(order.amount) };
    html(StatusCode::OK, &page, Some(&back))
}

/// Takes the password and leads back.
pub(super) async fn answer(
    caller: Caller,
    id: web::Path<String>,
    params: Params,
    fields: web::Form<AnswerFields>,
) -> HttpResponse {
    let language = Language::of(&params.text("lang").unwrap_or_default());
    let answer = match &fields.cancel {
        Some(_) => ThreeDsAnswer::Cancelled,
        None => ThreeDsAnswer::Password(fields.password.trim()),
    };
    match caller.run(|world| world.answer_three_ds(&id, answer)) {
        Ok(payment) => found(StatusCode::SEE_OTHER, &way_back(&params, language, &payment)),
        Err(refusal) => missing(language, &refusal),
    }
}
