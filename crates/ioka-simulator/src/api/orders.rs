//! Orders.

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::extract::optional_body;
use super::receipt::receipt_pdf;
use super::{Answer, Caller, Params, json, json_list};
use crate::engine::{CaptureBody, ChangeOrder, NewOrder, ReasonBody};
use crate::error::Refusal;
use crate::model::OrderStatus;
use crate::views::{NewOrderView, OrderRow, OrderView, PaymentView};
use crate::world::OrderFilter;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(web::resource("/orders").route(web::post().to(create)).route(web::get().to(list)))
        .service(web::resource("/orders/{id}").route(web::get().to(get)).route(web::patch().to(change)))
        .route("/orders/{id}/capture", web::post().to(capture))
        .route("/orders/{id}/cancel", web::post().to(cancel))
        .route("/orders/{id}/events", web::get().to(events))
        .route("/orders/{id}/receipt", web::get().to(receipt));
}

/// 201, wrapped in `order` beside its token. \[API\]\[CAP\]
async fn create(caller: Caller, body: web::Json<NewOrder>) -> Answer {
    let order = caller.run(|world| world.create_order(body.into_inner()))?;
    let view = NewOrderView {
        order: OrderView::of(&caller.sim.settings, &order, &[]),
        order_access_token: &order.access_token,
    };
    Ok(json(StatusCode::CREATED, &view))
}

/// 200, the order bare. \[API\]
async fn get(caller: Caller, id: web::Path<String>) -> Answer {
    let (order, payments) = caller.run(|world| {
        let order = world.order(&id)?;
        let payments = world.payments_of(&order);
        Ok::<_, Refusal>((order, payments))
    })?;
    Ok(json(StatusCode::OK, &OrderView::of(&caller.sim.settings, &order, &payments)))
}

/// 200, a bare array, newest first, total in `x-count`. \[API\]\[CAP\]
async fn list(caller: Caller, params: Params) -> Answer {
    let (min_amount, max_amount) = params.amounts()?;
    let filter = OrderFilter {
        order_id: params.text("order_id"),
        external_id: params.text("external_id"),
        status: params.word::<OrderStatus>("order_status")?,
        from: params.stamp("from_dt")?,
        to: params.stamp("to_dt")?,
        min_amount,
        max_amount,
    };
    let page = params.page(None)?;
    let listing = caller.run(|world| world.list_orders(&filter, page))?;
    let rows: Vec<_> = listing.rows.iter().map(|order| OrderRow::of(&caller.sim.settings, order)).collect();
    Ok(json_list(listing.total, &rows))
}

/// 200, the order bare. \[API\]
async fn change(caller: Caller, id: web::Path<String>, body: web::Json<ChangeOrder>) -> Answer {
    let (order, payments) = caller.run(|world| {
        let order = world.change_order(&id, &body)?;
        let payments = world.payments_of(&order);
        Ok::<_, Refusal>((order, payments))
    })?;
    Ok(json(StatusCode::OK, &OrderView::of(&caller.sim.settings, &order, &payments)))
}

/// 200, the payment. \[API\]
async fn capture(caller: Caller, id: web::Path<String>, body: web::Json<CaptureBody>) -> Answer {
    let payment = caller.run(|world| world.capture(&id, &body))?;
    Ok(json(StatusCode::OK, &PaymentView::of(&caller.sim.settings, &payment)))
}

/// 200, the payment. \[API\]
async fn cancel(caller: Caller, id: web::Path<String>, body: web::Bytes) -> Answer {
    let body: ReasonBody = optional_body(&body)?;
    let payment = caller.run(|world| world.cancel(&id, &body))?;
    Ok(json(StatusCode::OK, &PaymentView::of(&caller.sim.settings, &payment)))
}

/// 200, a bare array, oldest first. \[API\], \[GUESS\] on the order.
async fn events(caller: Caller, id: web::Path<String>) -> Answer {
    let events = caller.run(|world| world.order(&id).map(|order| world.events_of(&order.id).to_vec()))?;
    Ok(json(StatusCode::OK, &events))
}

/// 200, a PDF; 409 `OrderUnpaid` before payment. \[API\], \[GUESS\] on the 409.
async fn receipt(caller: Caller, id: web::Path<String>) -> Answer {
    let order = caller.run(|world| world.order(&id))?;
    if order.status != OrderStatus::Paid {
        return Err(Refusal::conflict("OrderUnpaid", "Заказ не оплачен."));
    }
    Ok(actix_web::HttpResponse::Ok().content_type("application/pdf").body(receipt_pdf(&order)))
}
