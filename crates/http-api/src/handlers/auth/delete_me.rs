//! `DELETE /api/auth/me`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::accounts::delete_account;

use crate::extract::{SignedInAccount, request_id};
use crate::problem::Problem;
use crate::state::AppState;

/// # Errors
/// 401.
pub async fn delete_me(
    state: web::Data<AppState>,
    request: HttpRequest,
    SignedInAccount(account): SignedInAccount,
) -> Result<HttpResponse, Problem> {
    delete_account(&state.house, &account, request_id(&request)).await?;
    Ok(HttpResponse::NoContent().finish())
}
