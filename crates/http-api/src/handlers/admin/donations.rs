//! `GET /api/admin/donations`.

use actix_web::{HttpRequest, HttpResponse, web};
use application::{ListDonations, list_donations};
use domain::ports::DonationScope;
use serde::Serialize;

use crate::extract::{AdminAccount, Page, encode_cursor, flag_in_query};
use crate::problem::Problem;
use crate::state::AppState;
use crate::views::{DonationView, Reader, ReviewedView};

#[derive(Serialize)]
struct ListView {
    items: Vec<ReviewedView>,
    next_cursor: Option<String>,
}

/// `?flagged=true` lists what waits for a person.
///
/// # Errors
/// 401, 403, 422.
pub async fn list(
    state: web::Data<AppState>,
    request: HttpRequest,
    AdminAccount(_): AdminAccount,
) -> Result<HttpResponse, Problem> {
    let Page { limit, after, status } = Page::of(&request)?;
    let flagged = flag_in_query(&request, "flagged")?;
    let scope = if flagged { DonationScope::Flagged } else { DonationScope::All };
    let (donations, next) = list_donations(&state.house, ListDonations { scope, status, after, limit }).await?;
    let view = |donation| ReviewedView::new(DonationView::new(donation, &state.site, Reader::Admin), donation);
    let items = donations.iter().map(view).collect();
    Ok(HttpResponse::Ok().json(ListView { items, next_cursor: next.as_ref().map(encode_cursor) }))
}
