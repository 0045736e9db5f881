//! `GET`, `PUT /api/admin/brake`: stops new payments on every server, and lets them go on.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{read_brake, set_brake};
use domain::ports::{Brake, BrakePosition};
use serde::Serialize;

use crate::extract::{AdminAccount, Cause, JsonBody};
use crate::problem::{FieldError, Problem};
use crate::state::AppState;
use crate::views::timestamp;

#[derive(Serialize)]
struct BrakeView {
    on: bool,
    reason: Option<String>,
    changed_at: Option<String>,
    changed_by: Option<String>,
}

impl BrakeView {
    /// One that nobody ever set is off.
    fn new(brake: Option<&Brake>) -> Self {
        Self {
            on: brake.is_some_and(Brake::is_pulled),
            reason: brake.and_then(|brake| brake.reason.as_ref().map(ToString::to_string)),
            changed_at: brake.map(|brake| timestamp(brake.changed_at)),
            changed_by: brake.map(|brake| brake.changed_by.word()),
        }
    }
}

/// # Errors
/// 401, 403.
pub async fn read(state: web::Data<AppState>, _: AdminAccount) -> Result<HttpResponse, Problem> {
    let brake = read_brake(&state.house).await?;
    Ok(HttpResponse::Ok().json(BrakeView::new(brake.as_ref())))
}

/// `{"on": true, "reason": "…"}`; to release it no reason is needed.
///
/// # Errors
/// 401, 403, 422.
pub async fn set(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(account): AdminAccount,
    JsonBody(mut fields): JsonBody,
) -> Result<HttpResponse, Problem> {
    let on = fields.required_flag("on");
    let reason = fields.optional_line("reason");
    if on == Some(true) && reason.is_none() && !fields.is_wrong("reason") {
        fields.wrong(FieldError::new("reason", "required"));
    }
    fields.finish()?;
    let position = if on == Some(true) { BrakePosition::Pulled } else { BrakePosition::Released };
    let brake = set_brake(&state.house, position, reason, &Cause::account(&account, &request)).await?;
    Ok(HttpResponse::Ok().json(BrakeView::new(Some(&brake))))
}
