//! `GET /api/donations`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ListDonations, list_donations};
use domain::ports::{DonationFilter, DonationScope};
use serde::Serialize;

use crate::extract::{Page, SignedInAccount, encode_cursor};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::{DonationView, Reader};

#[derive(Serialize)]
struct ListView {
    items: Vec<DonationView>,
    next_cursor: Option<String>,
}

/// # Errors
/// 401, 422.
pub async fn list(
    state: web::Data<AppState>,
    request: HttpRequest,
    SignedInAccount(account): SignedInAccount,
) -> Result<HttpResponse, Problem> {
    let Page { limit, after, status } = Page::of(&request)?;
    let filter = DonationFilter { status, ..DonationFilter::default() };
    let list = ListDonations { scope: DonationScope::Account(account.id), filter, after, limit };
    let (donations, next) = list_donations(&state.house, list).await?;
    let items = donations.iter().map(|donation| DonationView::new(donation, &state.site, Reader::Donor)).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: next.as_ref().map(encode_cursor) }))
}
