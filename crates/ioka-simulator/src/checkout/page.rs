//! The hosted checkout of an order.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::{HttpResponse, web};
use askama::Template;
use url::form_urlencoded;

use super::card_form::{CardFields, CardForm};
use super::format::{TestCardLine, tenge, test_cards};
use super::words::{Language, Words};
use super::{found, html, missing};
use crate::api::{Caller, Params};
use crate::engine::{CardPayment, Payable};
use crate::error::Refusal;
use crate::model::{Card, Order, OrderStatus, Payment, PaymentStatus};

/// The longest time before the page moves on by itself.
const LONGEST_REDIRECT_MS: u64 = 600_000;

/// What the page shows.
enum Screen {
    /// The card form; with a saved card only its CVC is asked for. \[DOC\]
    Form { form: CardForm, saved: Option<Arc<Card>> },
    /// The last attempt was declined; there may be more.
    Declined { reason: String, can_retry: bool },
    /// A slow bank.
    Pending,
    /// 3-D Secure waits.
    Action { url: String },
    /// Paid or held.
    Done { is_held: bool },
    /// Past its due date.
    Expired,
}

#[derive(Template)]
#[template(path = "checkout.html")]
struct CheckoutPage<'a> {
    words: &'static Words,
    order: &'a Order,
    amount: String,
    screen: Screen,
    test_cards: Vec<TestCardLine>,
    /// The page itself, with what it must keep, and with its language left open.
    this: PageLink<'a>,
    /// Where the button of a result goes.
    leave: Option<String>,
    /// Seconds until it goes there by itself.
    leave_seconds: Option<u64>,
}

/// Links to this page.
#[derive(Clone, Copy)]
struct PageLink<'a> {
    language: Language,
    order_id: &'a str,
    auto_redirect_ms: Option<u64>,
}

impl PageLink<'_> {
    fn to(self, more: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        if let Some(ms) = self.auto_redirect_ms {
            query.append_pair("autoRedirectMs", &ms.to_string());
        }
        query.extend_pairs(more);
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        format!("/{}/orders/{}{mark}{query}", self.language.segment(), self.order_id)
    }

    /// The bare form.
    fn form(&self) -> String {
        self.to(&[])
    }

    /// The form without the saved card.
    fn other_card(&self) -> String {
        self.to(&[("card", "new")])
    }

    /// The same page in another language.
    fn in_language(&self, segment: &str) -> String {
        PageLink { language: Language::of(segment), ..*self }.form()
    }
}

struct Visit {
    language: Language,
    order_id: String,
    auto_redirect_ms: Option<u64>,
}

impl Visit {
    fn new(path: web::Path<(String, String)>, params: &Params) -> Self {
        let (segment, order_id) = path.into_inner();
        let ms = params.text("autoRedirectMs").and_then(|ms| ms.parse().ok());
        Self {
            language: Language::of(&segment),
            order_id,
            auto_redirect_ms: ms.map(|ms: u64| ms.min(LONGEST_REDIRECT_MS)),
        }
    }

    fn link(&self) -> PageLink<'_> {
        PageLink { language: self.language, order_id: &self.order_id, auto_redirect_ms: self.auto_redirect_ms }
    }
}

/// Shows where the order stands.
pub(super) async fn show(caller: Caller, path: web::Path<(String, String)>, params: Params) -> HttpResponse {
    let visit = Visit::new(path, &params);
    let attempt = params.text("payment");
    let wants_other_card = params.text("card").is_some();
    let found = caller.run(|world| {
        let order = world.order(&visit.order_id)?;
        let payable = world.payable(&order);
        let last = order.payments.last().and_then(|id| world.payments.get(id));
        let saved = order.card_id.as_deref().and_then(|id| world.card(id).ok()).filter(|_| !wants_other_card);
        Ok::<_, Refusal>((order, payable, last, saved))
    });
    let (order, payable, last, saved) = match found {
        Ok(found) => found,
        Err(refusal) => return missing(visit.language, &refusal),
    };
    let shown = attempt.and_then(|id| last.filter(|payment| payment.id == id));
    let screen = screen(&visit, payable, shown.as_deref(), saved, &order);
    render(&visit, &order, screen, StatusCode::OK)
}

fn screen(visit: &Visit, payable: Payable, shown: Option<&Payment>, saved: Option<Arc<Card>>, order: &Order) -> Screen {
    let declined = shown.and_then(|payment| payment.error.as_ref()).map(|reason| visit.language.reason(reason));
    match (payable, declined) {
        (Payable::Done, _) => Screen::Done { is_held: order.status == OrderStatus::OnHold },
        (Payable::Expired, _) => Screen::Expired,
        (Payable::Running(payment), _) if payment.status == PaymentStatus::RequiresAction => {
            Screen::Action { url: action_link(visit, &payment) }
        }
        (Payable::Running(_), _) => Screen::Pending,
        (Payable::NoAttempts, reason) => Screen::Declined {
            reason: reason.unwrap_or_else(|| visit.language.words().no_attempts.to_owned()),
            can_retry: false,
        },
        (Payable::Yes, Some(reason)) => Screen::Declined { reason, can_retry: true },
        (Payable::Yes, None) => Screen::Form { form: CardForm::default(), saved },
    }
}

/// The bank's page, which leads back here.
fn action_link(visit: &Visit, payment: &Payment) -> String {
    let back = visit.link().to(&[("payment", &payment.id)]);
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_url", &back).append_pair("lang", visit.language.segment());
    format!("/v2/{}/check3ds?{}", payment.id, query.finish())
}

fn render(visit: &Visit, order: &Order, screen: Screen, status: StatusCode) -> HttpResponse {
    let back = order.back_url.as_ref();
    // A payer who may try again is not led away. [GUESS]
    let (leave, is_final) = match &screen {
        Screen::Done { .. } => (order.success_url.as_ref().or(back), true),
        Screen::Declined { can_retry, .. } => (order.failure_url.as_ref().or(back), !can_retry),
        Screen::Expired => (order.failure_url.as_ref().or(back), true),
        Screen::Form { .. } | Screen::Pending | Screen::Action { .. } => (back, false),
    };
    let seconds = visit.auto_redirect_ms.map(|ms| ms.div_ceil(1_000)).filter(|_| is_final && leave.is_some());
    let page = CheckoutPage {
        words: visit.language.words(),
        order,
        amount: tenge(order.amount),
        screen,
        test_cards: test_cards(visit.language),
        this: visit.link(),
        leave: leave.cloned(),
        leave_seconds: seconds,
    };
    html(status, &page, None)
}

/// Takes the form. Every outcome is a redirect, so that reloading does not pay twice; only what was typed wrongly is
/// shown at once.
pub(super) async fn pay(
    caller: Caller,
    path: web::Path<(String, String)>,
    params: Params,
    fields: web::Form<CardFields>,
) -> HttpResponse {
    let visit = Visit::new(path, &params);
    let mut fields = fields.into_inner();
    fields.tidy();
    let known = caller.run(|world| {
        let order = world.order(&visit.order_id)?;
        // Only the card the order names can be used without its number.
        let named = fields.card_id.take().filter(|id| Some(id) == order.card_id.as_ref());
        let saved = named.and_then(|id| world.card(&id).ok());
        Ok::<_, Refusal>((order, saved))
    });
    let (order, saved) = match known {
        Ok(known) => known,
        Err(refusal) => return missing(visit.language, &refusal),
    };
    fields.card_id = saved.as_ref().map(|card| card.id.clone());
    if let Some(form) = fields.faults(visit.language.words()) {
        return render(&visit, &order, Screen::Form { form, saved }, StatusCode::BAD_REQUEST);
    }
    let outcome = caller.run(|world| world.pay(&visit.order_id, &payment_of(fields)));
    let target = match &outcome {
        Ok(payment) if payment.status == PaymentStatus::RequiresAction => action_link(&visit, payment),
        Ok(payment) => visit.link().to(&[("payment", &payment.id)]),
        // The order cannot be paid now; its page says why.
        Err(_) => visit.link().form(),
    };
    found(StatusCode::SEE_OTHER, &target)
}

fn payment_of(fields: CardFields) -> CardPayment {
    let cvc = Some(fields.cvc);
    if fields.card_id.is_some() {
        return CardPayment { card_id: fields.card_id, cvc, ..CardPayment::default() };
    }
    CardPayment {
        pan: Some(fields.pan),
        exp: Some(fields.exp),
        cvc,
        holder: Some(fields.holder),
        save: Some(fields.save.is_some()),
        ..CardPayment::default()
    }
}
