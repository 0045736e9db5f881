//! `GET /api/auth/me`.

use actix_web::HttpResponse;

use crate::extract::SignedInAccount;
use crate::problem::Problem;
use crate::views::UserView;

/// # Errors
/// 401.
pub async fn me(SignedInAccount(account): SignedInAccount) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().json(UserView::new(&account)))
}
