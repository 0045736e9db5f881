//! `GET /admin/deliveries/{id}`, `POST …/replay`

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use application::{ReplayError, WebhookOutcome, read_delivery, replay_delivery};
use domain::DeliveryId;
use domain::ports::DeliveryOutcome;

use super::id_in_path;
use crate::admin::layout::Section;
use crate::admin::operator::{Operator, notice};
use crate::admin::signed_form::SignedForm;
use crate::admin::views::{DeliveryPage, TroublePage};
use crate::answer::see_other;
use crate::handlers::broken;
use crate::pages::Pages;
use crate::views::address;

const NOTICES: [(&str, &str); 4] = [
    ("applied", "admin-notice-replay-applied"),
    ("duplicate", "admin-notice-replay-duplicate"),
    ("ignored", "admin-notice-replay-ignored"),
    ("unmatched", "admin-notice-replay-unmatched"),
];

/// One webhook, its body without what is nobody's business.
pub(crate) async fn show(pages: web::Data<Pages>, operator: Operator, request: HttpRequest) -> HttpResponse {
    shown(&pages, &operator, &request, None).await
}

/// It is applied once more.
pub(crate) async fn replay(
    pages: web::Data<Pages>,
    operator: Operator,
    request: HttpRequest,
    SignedForm(_): SignedForm,
) -> HttpResponse {
    let Some(id) = id_in_path(&request).map(DeliveryId) else {
        return TroublePage::not_found(&operator, Section::Deliveries).answer();
    };
    let replay = match replay_delivery(&pages.house, id, operator.cause()).await {
        Ok(replay) => replay,
        Err(ReplayError::NotFound) => return TroublePage::not_found(&operator, Section::Deliveries).answer(),
        Err(ReplayError::Unreadable(error)) => {
            tracing::warn!({ delivery.id = %id, error = %error }, "webhook.not_replayed");
            let unreadable = ("admin-trouble-unreadable", StatusCode::CONFLICT);
            return shown(&pages, &operator, &request, Some(unreadable)).await;
        }
        Err(ReplayError::Busy) => {
            let busy = ("admin-trouble-busy", StatusCode::SERVICE_UNAVAILABLE);
            return shown(&pages, &operator, &request, Some(busy)).await;
        }
        Err(ReplayError::Store(error)) => return broken(&error, operator.language),
    };
    let notice = match replay.outcome {
        WebhookOutcome::Duplicate => "duplicate",
        WebhookOutcome::New(DeliveryOutcome::Applied) => "applied",
        WebhookOutcome::New(DeliveryOutcome::Ignored) => "ignored",
        WebhookOutcome::New(DeliveryOutcome::Unmatched) => "unmatched",
    };
    let lang = operator.language.code();
    see_other(&address(&format!("/admin/deliveries/{id}"), &[("lang", lang), ("notice", notice)]))
}

/// The page, and what was not done, if anything was not.
async fn shown(
    pages: &Pages,
    operator: &Operator,
    request: &HttpRequest,
    trouble: Option<(&str, StatusCode)>,
) -> HttpResponse {
    let Some(id) = id_in_path(request).map(DeliveryId) else {
        return TroublePage::not_found(operator, Section::Deliveries).answer();
    };
    match read_delivery(&pages.house, id).await {
        Ok(Some(delivery)) => DeliveryPage::new(operator, &delivery, (notice(request, &NOTICES), trouble)).answer(),
        Ok(None) => TroublePage::not_found(operator, Section::Deliveries).answer(),
        Err(error) => broken(&error, operator.language),
    }
}
