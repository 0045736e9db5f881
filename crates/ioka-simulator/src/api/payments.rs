//! Payments of an order.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::{Answer, Caller, Params, json, json_list};
use crate::engine::CardPayment;
use crate::error::Refusal;
use crate::model::{Payment, PaymentStatus, Stamp};
use crate::views::PaymentView;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .route("/orders/{id}/payments/card", web::post().to(pay_by_card))
        .route("/orders/{id}/payments/tool", web::post().to(pay_by_tool))
        .route("/orders/{id}/payments", web::get().to(list))
        .route("/orders/{id}/payments/{payment_id}", web::get().to(get));
}

/// 201, the payment in whatever status: a decline is no error. \[API\]
async fn pay_by_card(caller: Caller, id: web::Path<String>, body: web::Json<CardPayment>) -> Answer {
    let payment = caller.run(|world| world.pay(&id, &body))?;
    Ok(json(StatusCode::CREATED, &PaymentView::of(&caller.sim.settings, &payment)))
}

/// 404 `ShopConfigNotFound`, as for a shop without wallets \[DOC\]: the simulator has none.
async fn pay_by_tool(caller: Caller, id: web::Path<String>) -> Answer {
    caller.run(|world| world.order(&id))?;
    Err(Refusal::new(StatusCode::NOT_FOUND, "ShopConfigNotFound", "Конфигурация магазина не найдена."))
}

/// What a list of payments is narrowed by. \[API\]
struct PaymentFilter {
    payment_id: Option<String>,
    status: Option<PaymentStatus>,
    pan_first6: Option<String>,
    pan_last4: Option<String>,
    payer_email: Option<String>,
    payer_phone: Option<String>,
    customer_id: Option<String>,
    payment_system: Option<String>,
    from: Option<Stamp>,
    to: Option<Stamp>,
    amounts: (Option<i64>, Option<i64>),
}

impl PaymentFilter {
    fn read(params: &Params) -> Result<Self, Refusal> {
        Ok(Self {
            payment_id: params.text("payment_id"),
            status: params.word("payment_status")?,
            pan_first6: params.text("pan_first6"),
            pan_last4: params.text("pan_last4"),
            payer_email: params.text("payer_email"),
            payer_phone: params.text("payer_phone"),
            customer_id: params.text("customer_id"),
            payment_system: params.text("payment_system"),
            from: params.stamp("from_dt")?,
            to: params.stamp("to_dt")?,
            amounts: params.amounts()?,
        })
    }

    fn admits(&self, payment: &Payment) -> bool {
        let payer = &payment.payer;
        let same =
            |wanted: &Option<String>, value: Option<&str>| wanted.as_deref().is_none_or(|wanted| Some(wanted) == value);
        same(&self.payment_id, Some(&payment.id))
            && same(&self.payer_email, payer.email.as_deref())
            && same(&self.payer_phone, payer.phone.as_deref())
            && same(&self.customer_id, payer.customer_id.as_deref())
            && same(&self.payment_system, Some(&payer.payment_system))
            && self.status.is_none_or(|status| status == payment.status)
            && self.pan_first6.as_deref().is_none_or(|digits| payer.pan_masked.starts_with(digits))
            && self.pan_last4.as_deref().is_none_or(|digits| payer.pan_masked.ends_with(digits))
            && self.from.is_none_or(|from| payment.created_at >= from)
            && self.to.is_none_or(|to| payment.created_at <= to)
            && self.amounts.0.is_none_or(|amount| payment.approved_amount >= amount)
            && self.amounts.1.is_none_or(|amount| payment.approved_amount <= amount)
    }
}

/// 200, a bare array, newest first, total in `x-count`. \[API\]
async fn list(caller: Caller, id: web::Path<String>, params: Params) -> Answer {
    let (filter, page) = (PaymentFilter::read(&params)?, params.page(None)?);
    let payments = caller.run(|world| world.order(&id).map(|order| world.payments_of(&order)))?;
    let listing = page.of(payments.into_iter().rev().filter(|payment| filter.admits(payment)));
    Ok(json_list(listing.total, &views(&caller, &listing.rows)))
}

fn views<'a>(caller: &'a Caller, payments: &'a [Arc<Payment>]) -> Vec<PaymentView<'a>> {
    payments.iter().map(|payment| PaymentView::of(&caller.sim.settings, payment)).collect()
}

/// 200; 404 `PaymentNotFound`, also for a payment of another order. \[API\]
async fn get(caller: Caller, ids: web::Path<(String, String)>) -> Answer {
    let (order_id, payment_id) = ids.into_inner();
    let payment = caller.run(|world| {
        world.order(&order_id)?;
        world.payment(&payment_id)
    })?;
    if payment.order_id != order_id {
        return Err(Refusal::not_found("PaymentNotFound"));
    }
    Ok(json(StatusCode::OK, &PaymentView::of(&caller.sim.settings, &payment)))
}
