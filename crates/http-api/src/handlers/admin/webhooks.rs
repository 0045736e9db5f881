//! `GET /api/admin/webhooks`, `GET /api/admin/webhooks/{id}`, `POST /api/admin/webhooks/{id}/replay`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ReplayError, list_deliveries, read_delivery, replay_delivery};
use domain::DeliveryId;
use serde::Serialize;

use crate::extract::{AdminAccount, Cause, DeliveryPage, PathId, encode_delivery_cursor};
use crate::problem::{Code, Problem};
use crate::state::AppState;
use crate::views::DeliveryView;

#[derive(Serialize)]
struct ListView {
    items: Vec<DeliveryView>,
    next_cursor: Option<String>,
}

#[derive(Serialize)]
struct ReplayView {
    /// What became of it this time.
    outcome: &'static str,
    delivery: DeliveryView,
}

/// `?outcome=` and `?donation=` (its id).
///
/// # Errors
/// 401, 403, 422.
pub async fn list(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let DeliveryPage(query) = DeliveryPage::of(&request)?;
    let (deliveries, next) = list_deliveries(&state.house, query).await?;
    let items = deliveries.iter().map(DeliveryView::new).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: next.as_ref().map(encode_delivery_cursor) }))
}

/// # Errors
/// 401, 403, 404.
pub async fn read(
    state: web::Data<AppState>,
    AdminAccount(_): AdminAccount,
    PathId(id): PathId,
) -> Result<HttpResponse, Problem> {
    let delivery = read_delivery(&state.house, DeliveryId(id)).await?.ok_or(Problem::new(Code::NotFound))?;
    Ok(HttpResponse::Ok().json(DeliveryView::new(&delivery)))
}

/// # Errors
/// 401, 403, 404; 409 for one that nobody can read any longer.
pub async fn replay(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    PathId(id): PathId,
) -> Result<HttpResponse, Problem> {
    let cause = Cause::account(&account, &request);
    let replay = replay_delivery(&state.house, DeliveryId(id), &cause).await?;
    let view = ReplayView { outcome: replay.outcome.word(), delivery: DeliveryView::new(&replay.delivery) };
    Ok(HttpResponse::Ok().json(view))
}

impl From<ReplayError> for Problem {
    fn from(error: ReplayError) -> Self {
        match error {
            ReplayError::NotFound => Self::new(Code::NotFound),
            ReplayError::Unreadable(error) => {
                tracing::warn!(error = %error, "webhook.unreadable");
                Self::new(Code::InvalidState)
            }
            ReplayError::Busy => Self::new(Code::Overloaded),
            ReplayError::Store(error) => error.into(),
        }
    }
}
