//! Registration of webhooks. \[API\]

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{self, ServiceConfig};

use super::{Answer, Caller, json};
use crate::engine::{ChangeWebhook, NewWebhook};
use crate::views::WebhookView;

pub(super) fn routes(config: &mut ServiceConfig) {
    config.service(web::resource("/webhooks").route(web::post().to(create)).route(web::get().to(list))).service(
        web::resource("/webhooks/{id}")
            .route(web::get().to(get))
            .route(web::patch().to(change))
            .route(web::delete().to(delete)),
    );
}

/// 201 with the signing key.
async fn create(caller: Caller, body: web::Json<NewWebhook>) -> Answer {
    let webhook = caller.run(|world| world.register_webhook(body.into_inner()))?;
    Ok(json(StatusCode::CREATED, &WebhookView::of(&webhook)))
}

/// 200, a bare array.
async fn list(caller: Caller) -> Answer {
    let webhooks = caller.run(|world| world.webhooks.rows().to_vec());
    let views: Vec<_> =
        webhooks.iter().filter(|webhook| !webhook.deleted).map(|webhook| WebhookView::of(webhook)).collect();
    Ok(json(StatusCode::OK, &views))
}

/// 200.
async fn get(caller: Caller, id: web::Path<String>) -> Answer {
    let webhook = caller.run(|world| world.webhook(&id))?;
    Ok(json(StatusCode::OK, &WebhookView::of(&webhook)))
}

/// 200.
async fn change(caller: Caller, id: web::Path<String>, body: web::Json<ChangeWebhook>) -> Answer {
    let webhook = caller.run(|world| world.change_webhook(&id, body.into_inner()))?;
    Ok(json(StatusCode::OK, &WebhookView::of(&webhook)))
}

/// 204.
async fn delete(caller: Caller, id: web::Path<String>) -> Answer {
    caller.run(|world| world.delete_webhook(&id))?;
    Ok(HttpResponse::NoContent().finish())
}
