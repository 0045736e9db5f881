//! The page a customer saves a card on, without paying. \[DOC\]

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;

use super::card_form::{CardFields, CardForm};
use super::format::{TestCardLine, test_cards};
use super::words::{Language, Words};
use super::{html, missing};
use crate::api::{Caller, Params};
use crate::engine::NewBinding;
use crate::error::Refusal;
use crate::model::Customer;

#[derive(Template)]
#[template(path = "save_card.html")]
struct SaveCardPage<'a> {
    words: &'static Words,
    customer: &'a Customer,
    form: CardForm,
    /// Set once the card is saved.
    is_saved: bool,
    /// Why the bank refused it.
    refusal: Option<String>,
    test_cards: Vec<TestCardLine>,
}

/// The customer, to whoever shows the token.
fn visited(caller: &Caller, id: &str, params: &Params) -> Result<Arc<Customer>, Refusal> {
    let customer = caller.run(|world| world.customer(id))?;
    match params.text("access_token") {
        Some(token) if token == customer.access_token => Ok(customer),
        _ => Err(Refusal::forbidden()),
    }
}

fn page<'a>(language: Language, customer: &'a Customer) -> SaveCardPage<'a> {
    SaveCardPage {
        words: language.words(),
        customer,
        form: CardForm::default(),
        is_saved: false,
        refusal: None,
        test_cards: test_cards(language),
    }
}

/// The form.
pub(super) async fn show(caller: Caller, path: web::Path<(String, String)>, params: Params) -> HttpResponse {
    let (segment, id) = path.into_inner();
    let language = Language::of(&segment);
    match visited(&caller, &id, &params) {
        Ok(customer) => html(StatusCode::OK, &page(language, &customer), None),
        Err(refusal) => missing(language, &refusal),
    }
}

/// Saves the card and shows the outcome.
pub(super) async fn save(
    caller: Caller,
    path: web::Path<(String, String)>,
    params: Params,
    fields: web::Form<CardFields>,
) -> HttpResponse {
    let (segment, id) = path.into_inner();
    let language = Language::of(&segment);
    let customer = match visited(&caller, &id, &params) {
        Ok(customer) => customer,
        Err(refusal) => return missing(language, &refusal),
    };
    let mut fields = CardFields { card_id: None, ..fields.into_inner() };
    fields.tidy();
    let mut page = page(language, &customer);
    if let Some(form) = fields.faults(language.words()) {
        page.form = form;
        return html(StatusCode::BAD_REQUEST, &page, None);
    }
    let body = NewBinding { pan: fields.pan, exp: fields.exp, cvc: fields.cvc, holder: Some(fields.holder) };
    match caller.run(|world| world.bind_card(&customer.id, &body)) {
        Ok((_, verdict)) => {
            let refusal = verdict.and_then(crate::cards::Verdict::reason);
            page.is_saved = refusal.is_none();
            page.refusal = refusal.map(|reason| language.reason(&reason));
            html(StatusCode::OK, &page, None)
        }
        Err(refusal) => missing(language, &refusal),
    }
}
