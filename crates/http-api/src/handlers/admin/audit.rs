//! `GET /api/admin/audit`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::list_audit;
use serde::Serialize;

use crate::extract::{AdminAccount, AuditPage, encode_audit_cursor};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::AuditView;

#[derive(Serialize)]
struct ListView {
    items: Vec<AuditView>,
    next_cursor: Option<String>,
}

/// `?actor=` (an account's id), `?action=`, `?from=` and `?to=` (which does not count any longer).
///
/// # Errors
/// 401, 403, 422.
pub async fn list(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let AuditPage(query) = AuditPage::of(&request)?;
    let (entries, next) = list_audit(&state.house, query).await?;
    let items = entries.iter().map(AuditView::new).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: next.as_ref().map(encode_audit_cursor) }))
}
