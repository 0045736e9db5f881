//! `POST /api/webhooks/ioka`. Answers 200 and no other 2xx: Ioka counts only that (its documentation, "Webhooks").

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ReceiveWebhookError, receive_webhook};
use domain::ports::{WebhookError, WebhookRequest};
use serde::Serialize;

use crate::extract::{read_body, request_id};
use crate::problem::{Code, Problem};
use crate::state::AppState;

#[derive(Serialize)]
struct ReceiptView {
    received: bool,
    outcome: &'static str,
}

/// # Errors
/// 400, 401, 413; 5xx if it could not be stored, so that it is delivered again.
pub async fn receive(
    state: web::Data<AppState>,
    request: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Problem> {
    let body = read_body(&request, &mut payload.into_inner()).await?;
    let headers: Vec<(&str, &[u8])> =
        request.headers().iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let webhook = WebhookRequest { headers: &headers, body: &body, received_at: state.house.clock.now() };
    let outcome = receive_webhook(&state.house, webhook, request_id(&request)).await?;
    Ok(HttpResponse::Ok().json(ReceiptView { received: true, outcome: outcome.word() }))
}

impl From<ReceiveWebhookError> for Problem {
    fn from(error: ReceiveWebhookError) -> Self {
        match error {
            ReceiveWebhookError::Webhook(error) => {
                tracing::warn!(error = %error, "webhook.refused");
                Self::new(match error {
                    WebhookError::InvalidSignature(_) => Code::InvalidSignature,
                    WebhookError::MalformedJson(_) => Code::MalformedJson,
                    WebhookError::MalformedEvent(_) => Code::MalformedEvent,
                })
            }
            ReceiveWebhookError::Busy => Self::new(Code::Overloaded),
            ReceiveWebhookError::Store(error) => error.into(),
        }
    }
}
