//! Refunds.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};
use serde::Serialize;

use super::{Answer, Caller, Params, json};
use crate::engine::NewRefund;
use crate::error::Refusal;
use crate::model::{Refund, RefundStatus};
use crate::views::{FoundRefundView, RefundView};
use crate::world::World;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(web::resource("/orders/{id}/refunds").route(web::post().to(create)).route(web::get().to(list)))
        .route("/orders/{id}/refunds/{refund_id}", web::get().to(get))
        .route("/search/refunds", web::get().to(search));
}

/// 200 (not 201), the refund. \[API\]
async fn create(caller: Caller, id: web::Path<String>, body: web::Json<NewRefund>) -> Answer {
    let refund = caller.run(|world| world.refund(&id, body.into_inner()))?;
    Ok(json(StatusCode::OK, &RefundView::of(&refund)))
}

fn refunds_of(world: &World, order_id: &str) -> Result<Vec<Arc<Refund>>, Refusal> {
    let order = world.order(order_id)?;
    Ok(order.refunds.iter().rev().filter_map(|id| world.refunds.get(id)).collect())
}

/// 200, a bare array, newest first. \[API\], \[GUESS\] on the order.
async fn list(caller: Caller, id: web::Path<String>) -> Answer {
    let refunds = caller.run(|world| refunds_of(world, &id))?;
    let views: Vec<_> = refunds.iter().map(|refund| RefundView::of(refund)).collect();
    Ok(json(StatusCode::OK, &views))
}

/// 200; 404 `RefundNotFound`. \[API\]
async fn get(caller: Caller, ids: web::Path<(String, String)>) -> Answer {
    let (order_id, refund_id) = ids.into_inner();
    let refunds = caller.run(|world| refunds_of(world, &order_id))?;
    let found = refunds.iter().find(|refund| refund.id == refund_id);
    let refund = found.ok_or_else(|| Refusal::not_found("RefundNotFound"))?;
    Ok(json(StatusCode::OK, &RefundView::of(refund)))
}

#[derive(Serialize)]
struct Found<'a> {
    count: usize,
    data: Vec<FoundRefundView<'a>>,
}

/// 200 `{count, data}`, newest first. The filter by `extra_info` is left out. \[API\]
async fn search(caller: Caller, params: Params) -> Answer {
    let (order_id, payment_id) = (params.text("order_id"), params.text("payment_id"));
    let status = params.word::<RefundStatus>("refund_status")?;
    let (from, to) = (params.stamp("from_dt")?, params.stamp("to_dt")?);
    let (least, most) = params.amounts()?;
    let page = params.page(None)?;
    let admits = |refund: &Refund| {
        order_id.as_ref().is_none_or(|id| *id == refund.order_id)
            && payment_id.as_ref().is_none_or(|id| *id == refund.payment_id)
            && status.is_none_or(|status| status == refund.status)
            && from.is_none_or(|from| refund.created_at >= from)
            && to.is_none_or(|to| refund.created_at <= to)
            && least.is_none_or(|amount| refund.amount >= amount)
            && most.is_none_or(|amount| refund.amount <= amount)
    };
    let listing = caller.run(|world| {
        let newest_first = world.refunds.rows().iter().rev();
        page.of(newest_first.filter(|refund| admits(refund)).cloned())
    });
    let data = listing.rows.iter().map(|refund| FoundRefundView::of(&caller.sim.settings, refund)).collect();
    Ok(json(StatusCode::OK, &Found { count: listing.total, data }))
}
