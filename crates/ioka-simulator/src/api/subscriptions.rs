//! Subscriptions. \[API\]

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::{Answer, Caller, Params, json, json_list};
use crate::engine::{ChangeStatus, ChangeSubscription, NewSubscription};
use crate::error::Refusal;
use crate::model::{Card, PaymentStatus, ScheduleStatus, ScheduleUnit, Subscription};
use crate::views::{PaymentView, SubscriptionView};
use crate::world::{Page, World};

/// The largest page. \[API\]
const MOST: usize = 50;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(web::resource("/subscriptions").route(web::post().to(create)).route(web::get().to(list)))
        .service(
            web::resource("/subscriptions/{id}")
                .route(web::get().to(get))
                .route(web::post().to(change_status))
                .route(web::patch().to(change)),
        )
        .route("/subscriptions/{id}/payments", web::get().to(payments));
}

type WithCard = (Arc<Subscription>, Option<Arc<Card>>);

fn with_card(world: &World, subscription: Arc<Subscription>) -> WithCard {
    let card = world.cards.get(&subscription.card_id);
    (subscription, card)
}

fn view(status: StatusCode, (subscription, card): &WithCard) -> Answer {
    Ok(json(status, &SubscriptionView::of(subscription, card.as_deref())))
}

/// 201.
async fn create(caller: Caller, body: web::Json<NewSubscription>) -> Answer {
    let made = caller.run(|world| world.subscribe(body.into_inner()).map(|made| with_card(world, made)))?;
    view(StatusCode::CREATED, &made)
}

/// 200.
async fn get(caller: Caller, id: web::Path<String>) -> Answer {
    let found = caller.run(|world| world.subscription(&id).map(|found| with_card(world, found)))?;
    view(StatusCode::OK, &found)
}

/// 200.
async fn change_status(caller: Caller, id: web::Path<String>, body: web::Json<ChangeStatus>) -> Answer {
    let changed = caller.run(|world| world.change_schedule(&id, &body).map(|changed| with_card(world, changed)))?;
    view(StatusCode::OK, &changed)
}

/// 200.
async fn change(caller: Caller, id: web::Path<String>, body: web::Json<ChangeSubscription>) -> Answer {
    let changed = caller
        .run(|world| world.change_subscription(&id, body.into_inner()).map(|changed| with_card(world, changed)))?;
    view(StatusCode::OK, &changed)
}

/// 200, a bare array, newest first, total in `x-count`.
async fn list(caller: Caller, params: Params) -> Answer {
    let page = params.page(Some(MOST))?;
    let (least, most) = params.amounts()?;
    let (id, first6, last4) = (params.text("subscription_id"), params.text("pan_first6"), params.text("pan_last4"));
    let (status, unit) = (params.word::<ScheduleStatus>("status")?, params.word::<ScheduleUnit>("unit")?);
    let (step, next_pay) = (params.number("step")?, params.stamp("next_pay")?);
    let admits = |(subscription, card): &WithCard| {
        let pan = card.as_ref().map(|card| card.pan_masked.as_str()).unwrap_or_default();
        id.as_ref().is_none_or(|id| *id == subscription.id)
            && first6.as_deref().is_none_or(|digits| pan.starts_with(digits))
            && last4.as_deref().is_none_or(|digits| pan.ends_with(digits))
            && status.is_none_or(|status| status == subscription.status)
            && unit.is_none_or(|unit| unit == subscription.unit)
            && step.is_none_or(|step| step == i64::from(subscription.step))
            && next_pay.is_none_or(|next_pay| next_pay == subscription.next_pay)
            && least.is_none_or(|amount| subscription.amount >= amount)
            && most.is_none_or(|amount| subscription.amount <= amount)
    };
    let listing = caller.run(|world| {
        let newest_first = world.subscriptions.rows().iter().rev();
        page.of(newest_first.map(|row| with_card(world, Arc::clone(row))).filter(admits))
    });
    let views: Vec<_> = listing.rows.iter().map(|(row, card)| SubscriptionView::of(row, card.as_deref())).collect();
    Ok(json_list(listing.total, &views))
}

/// 200, a bare array of payments, newest first, by `offset` and `limit`.
async fn payments(caller: Caller, id: web::Path<String>, params: Params) -> Answer {
    let limit = params.page(Some(MOST))?.limit;
    let skip = usize::try_from(params.number("offset")?.unwrap_or(0))
        .map_err(|_| Refusal::invalid("Параметр offset должен быть не меньше 0."))?;
    let status = params.word::<PaymentStatus>("payment_status")?;
    let payments = caller.run(|world| world.subscription(&id).map(|found| world.payments_of_subscription(&found)))?;
    let admitted = payments.into_iter().filter(|payment| status.is_none_or(|status| status == payment.status));
    let listing = Page { skip, limit }.of(admitted);
    let views: Vec<_> = listing.rows.iter().map(|row| PaymentView::of(&caller.sim.settings, row)).collect();
    Ok(json_list(listing.total, &views))
}
