//! Customers and their cards. \[API\]\[DOC\]

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::{Answer, Caller, Params, json, json_list};
use crate::engine::{NewBinding, NewCustomer};
use crate::views::{CardView, CustomerView, NewCustomerView};

/// The largest page. \[API\]
const MOST: usize = 50;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(web::resource("/customers").route(web::post().to(create)).route(web::get().to(list)))
        .service(web::resource("/customers/{id}").route(web::get().to(get)).route(web::delete().to(delete)))
        .route("/customers/{id}/events", web::get().to(events))
        .route("/customers/{id}/cards", web::get().to(cards))
        .route("/customers/{id}/bindings", web::post().to(bind))
        .service(
            web::resource("/customers/{id}/cards/{card_id}")
                .route(web::get().to(card))
                .route(web::delete().to(delete_card)),
        );
}

/// 201, wrapped in `customer` beside its token.
async fn create(caller: Caller, body: web::Json<NewCustomer>) -> Answer {
    let customer = caller.run(|world| world.create_customer(body.into_inner()))?;
    let view = NewCustomerView {
        customer: CustomerView::of(&caller.sim.settings, &customer),
        customer_access_token: &customer.access_token,
    };
    Ok(json(StatusCode::CREATED, &view))
}

/// 200, a bare array, newest first, total in `x-count`.
async fn list(caller: Caller, params: Params) -> Answer {
    let page = params.page(Some(MOST))?;
    let (id, external_id, status) = (params.text("customer_id"), params.text("external_id"), params.text("status"));
    let listing = caller.run(|world| {
        let newest_first = world.customers.rows().iter().rev().filter(|customer| !customer.deleted);
        page.of(newest_first
            .filter(|customer| id.as_ref().is_none_or(|id| *id == customer.id))
            .filter(|customer| external_id.is_none() || external_id == customer.external_id)
            .filter(|customer| status.as_deref().is_none_or(|status| status == customer.status()))
            .cloned())
    });
    let views: Vec<_> = listing.rows.iter().map(|customer| CustomerView::of(&caller.sim.settings, customer)).collect();
    Ok(json_list(listing.total, &views))
}

/// 200, the customer bare.
async fn get(caller: Caller, id: web::Path<String>) -> Answer {
    let customer = caller.run(|world| world.customer(&id))?;
    Ok(json(StatusCode::OK, &CustomerView::of(&caller.sim.settings, &customer)))
}

/// 204.
async fn delete(caller: Caller, id: web::Path<String>) -> Answer {
    caller.run(|world| world.delete_customer(&id))?;
    Ok(HttpResponse::NoContent().finish())
}

/// 200, always empty: what stands in it is not documented. \[GUESS\]
async fn events(caller: Caller, id: web::Path<String>) -> Answer {
    caller.run(|world| world.customer(&id))?;
    Ok(json(StatusCode::OK, &[(); 0]))
}

/// 200, a bare array.
async fn cards(caller: Caller, id: web::Path<String>) -> Answer {
    let cards = caller.run(|world| world.customer(&id).map(|customer| world.cards_of(&customer)))?;
    let views: Vec<_> = cards.iter().map(|card| CardView::of(card)).collect();
    Ok(json(StatusCode::OK, &views))
}

/// 200.
async fn card(caller: Caller, ids: web::Path<(String, String)>) -> Answer {
    let card = caller.run(|world| world.card_of(&ids.0, &ids.1))?;
    Ok(json(StatusCode::OK, &CardView::of(&card)))
}

/// 204.
async fn delete_card(caller: Caller, ids: web::Path<(String, String)>) -> Answer {
    caller.run(|world| world.delete_card(&ids.0, &ids.1))?;
    Ok(HttpResponse::NoContent().finish())
}

/// 201, the card; a refused one carries `error`.
async fn bind(caller: Caller, id: web::Path<String>, body: web::Json<NewBinding>) -> Answer {
    let (card, _) = caller.run(|world| world.bind_card(&id, &body))?;
    Ok(json(StatusCode::CREATED, &CardView::of(&card)))
}
